"""The Articles tab: one component of our own, and which of their events does what.

Whoever may not manage the corpus is shown a line that says so: every event looks at who sent it.
As on the Ask tab, the template is constant, for Gradio would run `{{...}}` in it as script.
"""

from collections.abc import Callable, Iterator
from dataclasses import asdict
from pathlib import Path
from typing import Any

import gradio as gr
from gradio.utils import get_upload_folder

from mssqa.apps.web.articles.adding import MOST_BYTES, MOST_FILES, Given
from mssqa.apps.web.articles.asked import Change, Look, Open, Upload
from mssqa.apps.web.articles.changing import Changing, Stage
from mssqa.apps.web.articles.looking import Looking, Seen
from mssqa.apps.web.articles.outcome import note
from mssqa.apps.web.guard import is_admin
from mssqa.apps.web.look import static
from mssqa.apps.web.trouble import of_request
from mssqa.apps.web.wording import Wording, languages, wording
from mssqa.ingest.page import one_line
from mssqa.ingest.read import SUFFIXES

AT_ONCE = 8  # changes; all but one wait for their turn, or are told that they must

_BEGIN = """mssqa.articles(element, {
    change: (sent) => trigger('alter', sent), upload, watch, props, server,
})"""

Sent = dict[str, Any]


def articles_tab(looking: Looking, changing: Changing) -> None:
    """Put the tab's component on the page that is being built, and wire it."""
    tab = gr.HTML(
        None,
        html_template="${shell}",
        shell=static("articles.html"),
        words={code: wording(code).table("articles") for code in languages()},
        suffixes=SUFFIXES,
        most_files=MOST_FILES,
        most_bytes=MOST_BYTES,
        js_on_load=_BEGIN,
        server_functions=_functions(looking),
        elem_id="keeping",
        apply_default_css=False,
    )

    def change(event: gr.EventData, request: gr.Request) -> Iterator[Sent]:
        sent = Change.model_validate(event._data)  # noqa: SLF001
        words = wording(sent.language)
        if not is_admin(request):
            told = note(words("articles.locked"), look="bad")
            yield asdict(Stage(run=sent.run, told=told, ended=True))
            return
        files = tuple(map(_given, sent.files))
        for stage in changing.change(sent, files, words):
            yield asdict(stage)

    quiet: Any = {"api_visibility": "private", "show_progress": "hidden"}
    # Each press counts, also one that comes while Gradio still closes the last. The event is not
    # named `change`: Gradio sends one of that name, of its own accord, with each new value.
    tab.alter(change, None, tab, concurrency_limit=AT_ONCE, trigger_mode="multiple", **quiet)


def _functions(looking: Looking) -> list[Callable[..., Any]]:
    """What the script may call: each gives `{"value": ...}` or `{"trouble": ...}`."""

    def generation(sent: Sent, words: Wording) -> str:
        del sent, words
        return looking.generation

    def look(sent: Sent, words: Wording) -> Any:
        return asdict(looking.look(Look.model_validate(sent), words))

    def open(sent: Sent, words: Wording) -> str:  # noqa: A001
        return looking.open(Open.model_validate(sent).article, words)

    return [_told(each) for each in (generation, look, open)]


def _told(function: Callable[[Sent, Wording], Any]) -> Callable[..., Any]:
    """The function for those who may, with its errors in words."""

    def answered(sent: Sent, request: gr.Request) -> Any:
        words = wording(str(sent.get("language")))
        if not is_admin(request):
            return {"value": asdict(Seen(locked=words("articles.locked")))}
        try:
            return {"value": function(sent, words)}
        except Exception as error:  # noqa: BLE001 - told in words
            return {"trouble": asdict(of_request(error, words))}

    answered.__name__ = function.__name__  # by which the script calls it
    return answered


def _given(upload: Upload) -> Given:
    """An upload, if it is one: a path that lies anywhere else is none."""
    folder = Path(get_upload_folder()).resolve()
    file = Path(upload.path).resolve() if upload.path else None
    if file is not None and not file.is_relative_to(folder):
        file = None
    return Given(name=one_line(upload.name) or "?", bytes=upload.bytes, file=file)
