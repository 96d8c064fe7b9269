"""The Ask tab: one component of our own, and which of its events does what.

The component's template is constant. What changes comes as its value, which the script puts into
the page: so nothing that a reader has in hand, a focus or an open panel, is ever drawn anew.
A template must not hold `{{...}}` with an article's words: Gradio would run them as script.
"""

from collections.abc import Callable, Iterator
from dataclasses import asdict
from functools import wraps
from typing import Any

import gradio as gr

from mssqa.apps.feedback import Verdict
from mssqa.apps.web.asking.asked import Asked
from mssqa.apps.web.asking.asking import Asking
from mssqa.apps.web.asking.export import Style
from mssqa.apps.web.guard import counted_as
from mssqa.apps.web.look import static
from mssqa.apps.web.trouble import of_request
from mssqa.apps.web.wording import languages, wording
from mssqa.types import Span

_BEGIN = """mssqa.ask(element.querySelector('.asking'), {
    ask: (asked) => trigger('ask', asked), stop: () => trigger('stop', {}), watch, props, server,
})"""

LONGEST_TITLE = 200  # characters, of a conversation

Sent = dict[str, Any]


def ask_tab(asking: Asking) -> gr.HTML:
    """Put the tab's component on the page that is being built, and wire it."""
    tab = gr.HTML(
        None,
        html_template="${shell}",
        shell=static("asking.html"),
        words={code: wording(code).table("ask") for code in languages()},
        time={code: wording(code).table("time") for code in languages()},
        js_on_load=_BEGIN,
        server_functions=functions(asking),
        elem_id="asking",
        apply_default_css=False,
    )

    def ask(event: gr.EventData, request: gr.Request) -> Iterator[Sent]:
        asked = Asked.model_validate(event._data)  # noqa: SLF001
        for stage in asking.ask(asked, who=counted_as(request)):
            yield asdict(stage)

    quiet: Any = {"api_visibility": "private", "show_progress": "hidden"}
    asked = tab.ask(ask, None, tab, concurrency_limit=None, **quiet)  # the gate lets them in
    tab.stop(None, None, None, cancels=[asked], **quiet)
    return tab


def functions(asking: Asking) -> list[Callable[[Sent], Any]]:
    """What the script may call: each takes one object, and gives one or `{"trouble": ...}`."""

    def greet(sent: Sent) -> Any:
        words = wording(str(sent["language"]))
        return asdict(asking.greet(words))

    def read(sent: Sent) -> Any:
        quote = Span(int(sent["start"]), int(sent["end"]))
        return asking.open(str(sent["article"]), quote, wording(str(sent["language"])))

    def show(sent: Sent) -> Any:
        return asking.show(sent["exchanges"], wording(str(sent["language"])))

    def judge(sent: Sent) -> Any:
        return asking.judge(str(sent["token"]), Verdict(sent["verdict"]))

    def export(sent: Sent) -> Any:
        style: Style = "json" if sent["style"] == "json" else "markdown"
        words = wording(str(sent["language"]))
        kept, title = sent["exchanges"], str(sent["title"])[:LONGEST_TITLE]
        return asdict(asking.export(kept, title=title, style=style, words=words))

    def is_running(sent: Sent) -> Any:
        return asking.is_running(str(sent["run"]))

    def examples(sent: Sent) -> Any:
        del sent
        return asking.examples()

    def follow_ups(sent: Sent) -> Any:
        return asking.follow_ups(sent["exchanges"])

    functions = (greet, read, show, judge, export, is_running, examples, follow_ups)
    return [_told(each) for each in functions]


def _told(function: Callable[[Sent], Any]) -> Callable[[Sent], Any]:
    """The function, with its errors in words."""

    @wraps(function)
    def answered(sent: Sent) -> Any:
        words = wording(str(sent.get("language")))
        try:
            return {"value": function(sent)}
        except Exception as error:  # noqa: BLE001 - told in words
            return {"trouble": asdict(of_request(error, words))}

    return answered
