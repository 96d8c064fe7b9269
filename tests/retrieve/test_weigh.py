"""Signs weighed into a support."""

import pytest
from doubles import MemoryStore, fake_models

from mssqa.retrieve.candidates import candidates
from mssqa.retrieve.signs import Signs
from mssqa.retrieve.weigh import seen, support, supports, weights
from mssqa.types import Article, Query

STORY = "The harbour of Oslo closed in 2019. Some 400 ships wait outside."
STORE = MemoryStore([Article(path="wire.md", title="Harbour closed", text=STORY)])
QUIET = Signs(*[0.0] * len(Signs._fields))


def test_weights_name_signs_that_there_are() -> None:
    assert weights().keys() <= {*Signs._fields, "bias"}


def test_a_higher_margin_never_lowers_a_support() -> None:
    low, high = (support(QUIET._replace(margin=margin), weights()) for margin in (-3.0, 3.0))
    assert 0 <= low < high <= 1


def test_a_sentence_that_lacks_a_name_is_less_sure() -> None:
    lacking = QUIET._replace(names_lacking=1.0)
    assert support(lacking, weights()) < support(QUIET, weights())


def test_nothing_found_has_no_supports() -> None:
    query = Query(question="?", text="?")
    assert supports(query, (), fake_models()) == ()
    assert seen(query, (), fake_models()) == ()
    assert candidates((), (), STORE.sentences) == ()


@pytest.mark.parametrize("margin", [-1e6, 1e6])
def test_a_support_lies_between_0_and_1(margin: float) -> None:
    assert 0 <= support(QUIET._replace(margin=margin), weights()) <= 1
