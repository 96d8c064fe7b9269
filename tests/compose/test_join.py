"""The parts of a question share their evidence."""

from mssqa.compose.join import joined
from mssqa.types import Article, Claim, Draft, Evidence, Passage, Query, Span

TEXT = "Rain fell. Rice rose."
ARTICLE = Article(path="a.md", title="A", text=TEXT)
PASSAGE = Passage(article=ARTICLE, ordinal=0, start=0, end=len(TEXT))
RAIN, RICE = Span(0, 10), Span(11, 21)


def piece(number: int, sentence: Span) -> Evidence:
    return Evidence(number=number, passage=PASSAGE, sentence=sentence, support=0.8)


def draft(text: str, *evidence: Evidence) -> Draft:
    claims = [Claim(text=one.quote, cites=(one.number,), support=0.8) for one in evidence]
    return Draft(query=Query(question=text, text=text), claims=tuple(claims), evidence=evidence)


def test_one_draft_stays_as_it_is() -> None:
    alone = draft("?", piece(1, RAIN), piece(2, RICE))
    assert joined([alone]) == (alone,)


def test_evidence_is_numbered_through_and_what_two_drafts_cite_has_one_number() -> None:
    first, second = joined([draft("?", piece(1, RICE)), draft("!", piece(1, RAIN), piece(2, RICE))])
    assert first.evidence == second.evidence == (piece(1, RICE), piece(2, RAIN))
    assert [claim.cites for claim in second.claims] == [(2,), (1,)]
