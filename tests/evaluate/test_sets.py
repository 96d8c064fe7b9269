"""The public sets, in the small and with doubles."""

from pathlib import Path

import pytest
from small_sets import (
    CANARD,
    CLAPNQ,
    FERRY,
    GOLD,
    OTHERS,
    PAGES,
    QAGS,
    QUIZ,
    RAMDOCS,
    SQUAD2,
    tools_in,
    write_set,
)

from mssqa.errors import ConfigError
from mssqa.evaluate.figures import Figure
from mssqa.evaluate.sets import (
    canard,
    clapnq,
    headlines,
    measure,
    qags,
    ramdocs,
    realtimeqa,
)
from mssqa.evaluate.sets.canard import conversations
from mssqa.evaluate.sets.clapnq import overlap
from mssqa.evaluate.sets.rows import read
from mssqa.evaluate.sets.spans import newsqa, squad2
from mssqa.evaluate.sets.tools import Page, asked
from mssqa.types import Status


def values(figures: tuple[Figure, ...]) -> dict[str, float | None]:
    return {figure.what: figure.value for figure in figures}


def test_the_reader_is_measured_forced_and_declining(tmp_path: Path) -> None:
    """Of the captain the double reads the whole sentence, of the people the figure."""
    figures = squad2(SQUAD2, tools_in(tmp_path, reader__min_support=0.3), most=0)
    assert values(figures) == pytest.approx(
        {
            "F1, answerable, forced": (0.4 + 1) / 2,
            "exact match, answerable, forced": 0.5,
            "F1, declining under the product's least support": (0.4 + 1 + 1) / 3,
            "F1, declining at even odds": (0.4 + 0 + 1) / 3,
            "F1 if all were declined": 1 / 3,
        }
    )
    assert [figure.questions for figure in figures] == [2, 2, 3, 3, 3]
    assert [figure.target for figure in figures] == ["≥ .80", "", "≥ .66", "", ""]


def test_where_every_question_has_an_answer_it_is_measured_forced(tmp_path: Path) -> None:
    exact = {"exact match, answerable, forced": 1.0}
    assert values(newsqa(SQUAD2[1:2], tools_in(tmp_path), most=0)).items() >= exact.items()


def test_declining_and_citing_are_measured_on_one_passage(tmp_path: Path) -> None:
    assert values(clapnq.measure(CLAPNQ, tools_in(tmp_path), most=0)) == {
        "declining precision": 1.0,
        "declining recall": 1.0,
        "cited-sentence F1, answerable": 1.0,
        "cited-sentence F1, answered": 1.0,
    }


def test_a_quote_cites_the_sentences_that_it_holds_or_stands_in() -> None:
    sentences = ["Rice rose , again .", "Beans fell .", ""]
    assert overlap(sentences, ["Rice rose, again."], ["Rice rose , again ."]) == 1.0
    assert overlap(sentences, ["Beans"], ["Rice rose , again ."]) == 0.0
    assert overlap(sentences, [], []) == 0.0


def test_all_right_answers_and_no_wrong_one_are_sought_in_the_sentences(tmp_path: Path) -> None:
    assert values(ramdocs.measure(RAMDOCS, tools_in(tmp_path), most=0)) == {
        "all right answers and no wrong one": 1.0,
        "all right answers": 1.0,
        "a wrong answer": 0.0,
        "declined": 0.0,
    }


def test_a_quiz_is_answered_from_its_own_pages(tmp_path: Path) -> None:
    assert values(realtimeqa.measure([QUIZ], tools_in(tmp_path), most=0)) == {
        "right option, answer in pages": 1.0,
        "right option, all": 1.0,
        "none of the above recognised": 1.0,
        "the same, answer in pages": 1.0,
        "right option beside none of the above, in pages": None,
        "none-of-the-above form right, all": 1.0,
        "declined, answer in pages": 0.0,
        "declined, answer not in pages": None,
    }


def test_the_right_page_counts_also_where_a_copy_of_it_is_indexed(tmp_path: Path) -> None:
    write_set(tmp_path, "realtimeqa_2022_pages", PAGES)
    found = values(headlines.measure(GOLD, tools_in(tmp_path), most=0))
    assert found == {"hit@1": 1.0, "hit@5": 1.0, "hit@10": 1.0}


def test_a_sentence_that_is_voted_for_is_to_be_supported_better(tmp_path: Path) -> None:
    (auc,) = qags.measure(QAGS, tools_in(tmp_path), most=0)
    assert (auc.what, auc.questions) == ("ROC-AUC of a sentence's support", 2)
    assert auc.value is not None


def test_a_follow_up_seeks_the_answer_of_its_own_turn() -> None:
    answers, (asked_second,) = conversations(CANARD, 0)
    assert answers == ["Ines Okoro.", "She was the last."]
    assert (asked_second.question, answers[asked_second.answer]) == (
        "Was she the last to leave?",
        "She was the last.",
    )
    assert [turn.answer for turn in asked_second.history] == ["Ines Okoro."]


def test_a_follow_up_is_ranked_as_asked_as_resolved_and_as_rewritten(tmp_path: Path) -> None:
    assert list(values(canard.measure(CANARD, tools_in(tmp_path), most=0)).values()) == [
        1.0,
        1.0,
        1.0,
    ]


def test_pages_without_an_article_are_declined(tmp_path: Path) -> None:
    answer, hits = asked("Who?", [Page(text="")], tools_in(tmp_path))
    assert (answer.status, hits) == (Status.DECLINED, ())


def test_an_index_that_was_kept_is_used_again(tmp_path: Path) -> None:
    tools, pages = tools_in(tmp_path), [Page(text=FERRY), Page(text=OTHERS)]
    first, again = (asked("How many people on the beach?", pages, tools)[0] for _ in "12")
    assert first == again
    assert len(list((tmp_path / "kept").iterdir())) == 1


def test_sets_are_measured_one_after_the_other_and_their_size_is_told(tmp_path: Path) -> None:
    write_set(tmp_path, "squad2_dev_half", SQUAD2)
    write_set(tmp_path, "newsqa_dev", SQUAD2[:2])
    done = list(measure(["newsqa", "squad2"], tools_in(tmp_path), most=1))
    assert [(one.name, one.conditions.partition(";")[0]) for one in done] == [
        ("newsqa", "a sample of 1 rows"),
        ("squad2", "a sample of 1 rows"),
    ]


def test_a_set_that_is_missing_or_broken_is_named(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match=r"cannot read '.*qags_cnndm\.jsonl\.gz'"):
        list(read(tmp_path, "qags_cnndm"))
    write_set(tmp_path, "broken", [])
    (tmp_path / "bench" / "broken.jsonl.gz").write_bytes(b"no gzip")
    with pytest.raises(ConfigError, match="cannot read"):
        list(read(tmp_path, "broken"))
