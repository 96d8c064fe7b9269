"""Near-duplicates: the same words under another title, and not merely the same topic."""

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from mssqa.ingest.duplicates import signature, similarity, stories

WIRE = """
The harbour authority of Port Salé said on Monday that its third basin will open in May, a year
later than planned, after divers found cracks in the northern wall. Repairs have cost 41 million
dollars so far, according to the authority's director, Awa Ndiaye, who spoke to reporters beside
the empty dock. The first container ship is expected on 12 May. Dockers' unions welcomed the date
but asked for the written safety report, which the ministry of transport has kept to itself since
the inspection in November. Freight companies have sent their ships to two neighbouring ports in
the meantime, and some of them say they may stay there.
"""
WIRE_ELSEWHERE = (
    "(Wire) "
    + WIRE.replace("said on Monday", "said Monday").replace("dollars so far", "dollars to date")
    + "Reporting by our staff in the capital."
)
SAME_TOPIC = """
Port Salé's long-awaited third basin is to be inaugurated in the second week of May, the director
of the harbour authority announced beside the dry dock. Awa Ndiaye put the bill for mending the
cracked northern wall at 41 million dollars. Union leaders, who have pressed for months to see the
inspectors' report, called the announcement a first step. Shipping lines that moved their traffic
along the coast last winter have not decided whether they will come back, a spokesman for one of
them told this newspaper, since berths elsewhere have turned out to be cheaper than expected.
"""
OTHER = """
Farmers in the delta have begun to plant a rice that stands a week under water, three seasons
after floods took half of their harvest. The seed comes from an institute in the hills.
"""


def found(**texts: str) -> tuple[tuple[str, ...], ...]:
    return stories({name: signature(text) for name, text in texts.items()}, min_similarity=0.7)


def test_a_wire_story_under_two_titles_is_one_story() -> None:
    assert found(a=WIRE, b=OTHER, c=WIRE_ELSEWHERE) == (("a", "c"),)


def test_two_reports_of_one_event_in_different_words_are_two_stories() -> None:
    assert found(a=WIRE, b=SAME_TOPIC, c=OTHER) == ()


def test_case_accents_and_punctuation_make_no_other_story() -> None:
    assert similarity(signature(WIRE), signature(WIRE.upper().replace("É", "E"))) == 1.0


def test_a_chain_of_rewritings_is_one_story() -> None:
    second = WIRE.replace("The first container ship is expected on 12 May. ", "")
    third = second.replace("Freight companies have sent their ships to two", "Ships went to two")
    assert found(a=WIRE, b=second, c=third) == (("a", "b", "c"),)


def test_texts_without_five_words_are_compared_whole() -> None:
    assert found(a="Closed today.", b="closed TODAY", c="Open today.", d="") == (("a", "b"),)


def test_many_copies_are_found_in_good_time() -> None:
    copies = {f"{number:04d}": signature(WIRE) for number in range(20)}
    many = {f"{name}{n}": row for name, row in copies.items() for n in range(100)}
    assert stories(many, min_similarity=0.7) == (tuple(sorted(many)),)


@settings(max_examples=20)
@given(st.permutations(range(12)), st.integers(0, 2**16))
def test_what_is_found_does_not_depend_on_the_order(order: list[int], seed: int) -> None:
    random = np.random.default_rng(seed)
    rows = np.repeat(random.integers(0, 2**32, (4, 128), dtype=np.uint32), 3, axis=0)
    rows[random.random(rows.shape) < 0.15] = 0
    given_in = {f"{number:02d}": rows[number] for number in range(12)}
    shuffled = {f"{number:02d}": rows[number] for number in order}
    assert stories(shuffled, min_similarity=0.7) == stories(given_in, min_similarity=0.7)


def test_the_estimate_is_near_the_true_share_of_runs() -> None:
    words = [f"w{n}" for n in range(1000)]
    one, other = " ".join(words[:800]), " ".join(words[200:])
    assert abs(similarity(signature(one), signature(other)) - 596 / 996) < 0.12
