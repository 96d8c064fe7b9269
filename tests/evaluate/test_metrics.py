"""What counts as right, as well cited, as rightly declined."""

from dataclasses import replace

from mssqa.evaluate.cases import Case
from mssqa.evaluate.metrics import Outcome, Summary, judge, rank, says, summarise
from mssqa.types import Answer, Article, Claim, Evidence, Hit, Passage, Query, Span, Status

QUERY = Query(question="?", text="?")
FILES = {
    path: f"---\ntitle: Ships\n---\n\nFour\nships sank, says {path}." for path in ("a.md", "b")
}


def passage(path: str) -> Passage:
    article = Article(path=path, title=path, text=f"Four ships sank, says {path}.")
    return Passage(article=article, ordinal=0, start=0, end=len(article.text))


def hit(path: str, *copies: str) -> Hit:
    others = tuple(passage(copy).article for copy in copies)
    return Hit(passage=passage(path), score=1, lexical_rank=1, copies=others)


def case(*answers: str, articles: tuple[str, ...] = ("a.md",), **more: tuple[str, ...]) -> Case:
    return Case(
        id="q1",
        question="?",
        type="fact",
        split="dev",
        written="before",
        answers=answers,
        articles=articles,
        **more,
    )


def answer(*paths: str) -> Answer:
    evidence = tuple(
        Evidence(number=number, passage=passage(path), sentence=Span(0, 16), support=0.9)
        for number, path in enumerate(paths, start=1)
    )
    claims = tuple(Claim(text=e.quote, cites=(e.number,), support=0.9) for e in evidence)
    return Answer(
        query=QUERY,
        status=Status.SUPPORTED if paths else Status.DECLINED,
        text="Four ships sank." if paths else "The articles do not say.",
        claims=claims,
        evidence=evidence,
        generation="1",
        timings_ms={"total": 12.3456},
    )


def outcome(**changed: object) -> Outcome:
    return Outcome.model_validate(
        {
            "id": "q1",
            "type": "fact",
            "split": "dev",
            "written": "before",
            "answerable": True,
            "declined": False,
            "correct": True,
            "first_correct": True,
            "grounded": True,
            "exact_quotes": 0.5,
            "citation_precision": 0.5,
            "citation_recall": 0.5,
            "rank": 2,
            "claims": 2,
            "words": 6,
            "text": "Four ships sank.",
            "timings_ms": {"total": 12.35},
        }
        | changed
    )


DECLINED = {
    "declined": True,
    "grounded": False,
    "exact_quotes": None,
    "citation_precision": None,
    "rank": None,
    "claims": 0,
    "words": 0,
    "text": "The articles do not say.",
}


def test_an_answer_is_judged_by_its_text_and_its_citations() -> None:
    asked = case("four", articles=("a.md", "b.md"))
    hits = [hit("x.md"), hit("a.md")]
    assert judge(asked, answer("a.md", "x.md"), hits, files=FILES) == outcome()


def test_declining_is_right_only_where_the_articles_do_not_say() -> None:
    wrong = outcome(**DECLINED, correct=False, first_correct=False, citation_recall=0.0)
    right = outcome(**DECLINED, answerable=False, first_correct=None, citation_recall=None)
    assert judge(case("four"), answer(), [], files=FILES) == wrong
    assert judge(case(articles=()), answer(), [], files=FILES) == right
    assert not judge(case(articles=()), answer("a.md"), [], files=FILES).correct


def test_an_answer_in_part_is_no_decline() -> None:
    part = replace(answer("a.md"), status=Status.PARTIAL)
    judged = judge(case("four"), part, [], files=FILES)
    assert (judged.declined, judged.correct) == (False, True)


def test_a_quote_that_the_file_does_not_hold_is_not_exact() -> None:
    judged = judge(case("four"), answer("a.md"), [], files={"a.md": "Four ships rose."})
    assert (judged.grounded, judged.exact_quotes) == (True, 0.0)


def test_an_answer_has_one_of_the_wordings_or_all_of_those_that_must_be_there() -> None:
    assert says("FOUR ships", case("three", "four"))
    assert not says("four ships", case("five"))
    assert says("four ships", case(answers_all=("four", "Ships")))
    assert not says("four ships", case(answers_all=("four", "boats")))


def test_the_first_sentence_is_not_asked_for_what_takes_several() -> None:
    asked = case(answers_all=("four", "sank"))
    assert judge(asked, answer("a.md"), [], files=FILES).first_correct is None


def test_an_article_ranks_by_its_best_passage_and_a_copy_where_it_was_folded() -> None:
    hits = [hit("x.md"), hit("x.md"), hit("y.md", "a.md"), hit("a.md")]
    assert rank(hits, {"a.md"}) == 2
    assert rank(hits, {"z.md"}) is None


def test_shares_are_taken_over_the_questions_that_they_concern() -> None:
    silent = {"answerable": False, "first_correct": None, "citation_recall": None}
    outcomes = [
        outcome(rank=1),
        outcome(**DECLINED, correct=False, first_correct=False),
        outcome(**(DECLINED | silent)),
        outcome(**silent, correct=False, grounded=False, rank=None, citation_precision=None),
    ]
    assert summarise(outcomes) == Summary(
        questions=4,
        correct=0.5,
        correct_and_grounded=0.5,
        first_correct=0.5,
        false_declines=0.5,
        declined=0.5,
        declining_precision=0.5,
        citation_precision=0.5,
        citation_recall=0.5,
        exact_quotes=0.5,
        claims=2.0,
        words=6.0,
        hit_at_1=0.5,
        hit_at_5=0.5,
    )


def test_of_no_question_there_is_no_share() -> None:
    assert summarise([]).correct is None
