"""One ranking out of several."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mssqa.retrieve.fuse import fuse


def test_scores_are_weighted_sums_of_reciprocal_ranks() -> None:
    assert fuse([["a", "b"], ["c", "a"]], weights=[1, 3], k=1) == (
        ("a", 1 / 2 + 3 / 3),
        ("c", 3 / 2),
        ("b", 1 / 3),
    )


def test_ties_stay_in_the_order_in_which_they_appear() -> None:
    assert [item for item, _ in fuse([["b", "a"], ["a", "b"]], weights=[1, 1])] == ["b", "a"]


def test_nothing_fuses_to_nothing() -> None:
    assert fuse([[], []], weights=[1, 1]) == ()


def test_each_ranking_needs_a_weight() -> None:
    with pytest.raises(ValueError, match="shorter"):
        fuse([["a"], ["b"]], weights=[1])


@given(st.lists(st.integers(), unique=True))
def test_a_ranking_fused_with_itself_keeps_its_order(ranking: list[int]) -> None:
    assert [item for item, _ in fuse([ranking, ranking], weights=[1, 1])] == ranking
