import pytest

from mssqa.evaluate.wording import f1
from mssqa.types import Span
from training.calibrate import calibrate
from training.decode import Reading
from training.examples import Example
from training.measure import Outcome, best_threshold, measured, outcome


def answered(margin: float, f1: float = 1.0) -> Outcome:
    return Outcome(margin=margin, f1=f1, exact=float(f1 == 1.0), answerable=True)


def silent(margin: float) -> Outcome:
    return Outcome(margin=margin, f1=0.0, exact=0.0, answerable=False)


OUTCOMES = (answered(5.0), answered(2.0, 0.5), answered(-1.0, 0.4), silent(-3.0), silent(1.0))


def test_a_reading_is_compared_with_the_nearest_mark() -> None:
    example = Example(
        source="s",
        title="t",
        question="?",
        passage="on 3 May 2024",
        answers=(Span(0, 4), Span(3, 13)),
    )
    found = outcome(example, Reading(span=Span(5, 13), margin=1.0))
    assert found == Outcome(margin=1.0, f1=0.8, exact=0.0, answerable=True)


@pytest.mark.parametrize(
    ("answer", "marked", "agreement"),
    [("the dukes", "dukes", 1.0), ("$52.4 million", "52.4", 2 / 3), ("", "x", 0.0)],
)
def test_words_are_compared_as_squad_does(answer: str, marked: str, agreement: float) -> None:
    assert f1(answer, marked) == pytest.approx(agreement)


def test_the_threshold_is_where_answering_pays() -> None:
    assert best_threshold(OUTCOMES) == 2.0


def test_all_the_numbers_of_a_set() -> None:
    found = measured(OUTCOMES, 2.0)
    assert (found.forced_exact, found.forced_f1) == pytest.approx((100 / 3, 190 / 3))
    assert found.f1 == pytest.approx(70.0)
    assert (found.declining_precision, found.declining_recall) == pytest.approx((2 / 3, 1.0))


def test_support_rises_with_the_margin() -> None:
    found = calibrate(OUTCOMES)
    assert found.threshold == 2.0
    assert found.scale > 0
