"""A quote that opens with "he" or "its" brings the sentence before it along."""

from collections.abc import Sequence

import pytest
from doubles import FakeParser, MemoryStore

from mssqa.compose.antecedents import points_back, with_antecedents
from mssqa.grammar import Parse
from mssqa.models import load_parser
from mssqa.ports import Parser
from mssqa.types import Article, Claim, Draft, Evidence, Passage, Query, Span

TEXT = "Oslo opened a school. Its 800 pupils came in May. Rain fell."
ARTICLE = Article(path="a.md", title="A", text=TEXT)
PASSAGE = Passage(article=ARTICLE, ordinal=0, start=0, end=len(TEXT))
FIRST, SECOND = Span(0, 21), Span(22, 49)


class PossessiveParser(FakeParser):
    """Knows that "Its" is a possessive."""

    def parse(self, texts: Sequence[str]) -> tuple[Parse, ...]:
        return tuple(
            Parse(
                text=parse.text,
                tokens=tuple(
                    t._replace(role="poss" if t.lemma == "its" else t.role) for t in parse.tokens
                ),
            )
            for parse in super().parse(texts)
        )


def piece(number: int, sentence: Span) -> Evidence:
    return Evidence(number=number, passage=PASSAGE, sentence=sentence, support=0.8)


def draft(*cites: int, evidence: tuple[Evidence, ...]) -> Draft:
    claims = (Claim(text=evidence[0].quote, cites=cites, support=0.8),)
    return Draft(query=Query(question="?", text="?"), claims=claims, evidence=evidence)


def test_the_sentence_before_becomes_evidence_and_is_cited() -> None:
    leaning = draft(1, evidence=(piece(1, SECOND),))
    drafted = with_antecedents(leaning, MemoryStore([ARTICLE]), PossessiveParser())
    assert drafted.claims[0].cites == (1, 2)
    assert drafted.evidence == (piece(1, SECOND), piece(2, FIRST))


def test_a_sentence_that_is_evidence_already_keeps_its_number() -> None:
    leaning = draft(1, evidence=(piece(1, SECOND), piece(2, FIRST)))
    drafted = with_antecedents(leaning, MemoryStore([ARTICLE]), PossessiveParser())
    assert (drafted.claims[0].cites, len(drafted.evidence)) == ((1, 2), 2)


def test_nothing_stands_before_the_first_sentence() -> None:
    opening = draft(1, evidence=(piece(1, FIRST),))
    assert with_antecedents(opening, MemoryStore([ARTICLE]), PossessiveParser()) == opening


@pytest.fixture(scope="module")
def parser() -> Parser:
    return load_parser()


@pytest.mark.model
@pytest.mark.parametrize(
    ("sentence", "leans"),
    [
        ("Its 800 officers arrived in June.", True),
        ("In an interview, he denied it.", True),
        ("They left.", True),
        ("The minister said he would go.", False),
        ("Kenya sent its police.", False),
        ("It is raining in Oslo.", True),
        ("There was no answer.", False),
    ],
)
def test_a_sentence_points_back_by_its_first_subject(
    parser: Parser,
    sentence: str,
    leans: bool,  # noqa: FBT001
) -> None:
    (parse,) = parser.parse([sentence])
    assert points_back(parse) is leans
