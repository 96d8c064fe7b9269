"""Opening the index in the background, and what comes after it."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from threading import Event

from doubles import FakeEmbedder, FakeReader, fake_models
from small_corpus import config_in, page, write_files

from mssqa.apps.web.opening import READ_FIRST, Opening
from mssqa.build import build_index
from mssqa.qa import QA
from mssqa.types import Reading

FILES = {
    f"{name}.md": page(title, f"The {name} was opened on Monday.")
    for name, title in (
        *(("basin", "A basin opens"), ("bridge", "The bridge"), ("market", "???")),
        *(("hall", "x" * 3_000), ("quay", "A quay")),
    )
}


def test_it_reads_before_it_is_open_and_what_is_to_follow_follows(tmp_path: Path) -> None:
    config, models, followed = config_in(tmp_path), fake_models(), Event()
    write_files(config, FILES)
    build_index(config, embedder=FakeEmbedder())
    asked = list[str]()

    class Listening(FakeReader):
        def read(
            self, question: str, passages: Sequence[str], *, headlines: Sequence[str] = ()
        ) -> tuple[tuple[Reading, ...], ...]:
            asked.append(question)
            return super().read(question, passages, headlines=headlines)

    opening = Opening(lambda: QA(config, replace(models, reader=Listening())))
    opening.then(followed.set)
    opening.start()
    assert followed.wait(10)
    assert opening.is_open
    assert 0 < len(set(asked)) <= READ_FIRST  # some headlines are no question
