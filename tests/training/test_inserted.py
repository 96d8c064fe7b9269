import random
from dataclasses import replace

from mssqa.types import Span
from training.examples import Example
from training.inserted import modified, restricted, roles_exchanged

SENTENCE = "In 1990 Ruth Moyo opened the mine in Kitwe (founded in 1936)."
OPENED = Example(
    source="s",
    title="t",
    question="Who opened the mine?",
    passage=f"{SENTENCE} In 1994 Paul Banda closed it in Ndola.",
    answers=(Span(8, 17),),
)


def asked(*, rightly: bool) -> set[str]:
    seeds = (random.Random(n) for n in range(40))
    return {restricted(OPENED, SENTENCE, rightly=rightly, rng=rng).question for rng in seeds}


def test_a_right_year_or_place_is_one_of_the_answering_sentence_outside_brackets() -> None:
    assert asked(rightly=True) == {"Who opened the mine in 1990?", "Who opened the mine in Kitwe?"}


def test_a_wrong_one_is_not_of_the_answering_sentence() -> None:
    found = asked(rightly=False)
    assert {"Who opened the mine in 1994?", "Who opened the mine in Ndola?"} <= found
    assert "Who opened the mine in 1990?" not in found


def test_only_the_rightly_restricted_question_keeps_its_answer() -> None:
    rng = random.Random(1)
    assert restricted(OPENED, SENTENCE, rightly=True, rng=rng).answers == OPENED.answers
    assert restricted(OPENED, SENTENCE, rightly=False, rng=rng).answers == ()


def test_a_question_for_a_year_is_not_restricted_to_one() -> None:
    when = replace(OPENED, question="When was the mine in Kitwe opened, and where?")
    assert restricted(when, SENTENCE, rightly=True, rng=random.Random(0)) == when


def test_names_exchange_their_roles() -> None:
    beat = replace(OPENED, question="When did Ruth Moyo sue Paul Banda?")
    exchanged = roles_exchanged(beat, random.Random(0))
    assert (exchanged.question, exchanged.answers) == ("When did Paul Banda sue Ruth Moyo?", ())


def test_names_in_one_role_stay() -> None:
    met = replace(OPENED, question="When did Ruth Moyo and Paul Banda meet?")
    assert roles_exchanged(met, random.Random(0)) == met


def test_a_modifier_that_the_passage_lacks_stands_before_a_noun() -> None:
    found = modified(OPENED, random.Random(0))
    before, _, after = found.question.partition("the ")
    assert (before, after.split()[-1], found.answers) == ("Who opened ", "mine?", ())


def test_an_ordered_noun_is_not_modified() -> None:
    first = replace(OPENED, question="Who opened the first mine?")
    assert modified(first, random.Random(0)) == first
