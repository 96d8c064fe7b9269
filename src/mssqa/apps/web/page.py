"""The page: its tabs, and what stands above them."""

import gradio as gr

from mssqa.apps.feedback import Feedback, shaping
from mssqa.apps.web.articles import Changing, Looking, articles_tab
from mssqa.apps.web.asking.asking import Asking
from mssqa.apps.web.asking.suggestions import suggestions
from mssqa.apps.web.asking.tab import ask_tab
from mssqa.apps.web.doors import doors
from mssqa.apps.web.look import static
from mssqa.apps.web.opening import Opening
from mssqa.apps.web.wording import ENGLISH, languages, wording
from mssqa.config import Config

MAX_WAITING = 32  # events in the queue; more are told to come back
UPLOAD_CHECKED = 10 * 60  # seconds between looks for uploads that were never added
UPLOAD_KEPT = 60 * 60  # seconds that one may wait to be added

_BEGIN = """mssqa.masthead(element, {
    props, speakTabs: (language) => trigger('speak', language),
})"""


def build_page(config: Config, opening: Opening) -> gr.Blocks:
    """The page, not yet served. The index and the models open when somebody comes, at the latest.

    Args:
        config: where the articles, the index and the feedback are.
        opening: what opens the index and the models.
    """
    words = wording(ENGLISH)
    demo: gr.Blocks
    with gr.Blocks(
        title=words("page.title"),
        analytics_enabled=False,
        fill_width=True,
        delete_cache=(UPLOAD_CHECKED, UPLOAD_KEPT),
    ) as demo:
        doors(config, opening)  # first: an event of the page would take their names
        top = _masthead()
        with gr.Tabs(elem_id="tabs"):
            with gr.Tab(words("page.ask"), id="ask") as ask:
                ask_tab(_asking(config, opening))
            with gr.Tab(words("page.articles"), id="articles") as articles:
                articles_tab(Looking(config), Changing(config, opening.embedder))
        top.speak(_tabs, None, [ask, articles], api_visibility="private", show_progress="hidden")
    demo.queue(max_size=MAX_WAITING)
    return demo


def _asking(config: Config, opening: Opening) -> Asking:
    feedback = Feedback(config.page.data, settings=shaping(config))
    asking = Asking(opening, feedback, suggestions=suggestions(config, opening))
    opening.then(asking.examples)  # they are there before anybody comes
    return asking


def _masthead() -> gr.HTML:
    """What stands above the tabs."""
    return gr.HTML(
        None,
        html_template="${shell}",
        shell=static("masthead.html"),
        words={code: wording(code).table("page") for code in languages()},
        names=languages(),
        js_on_load=_BEGIN,
        elem_id="masthead",
        apply_default_css=False,
    )


def _tabs(event: gr.EventData) -> tuple[gr.Tab, gr.Tab]:
    """The tabs in the reader's language, which the event tells."""
    words = wording(str(event._data))  # noqa: SLF001
    return gr.Tab(label=words("page.ask")), gr.Tab(label=words("page.articles"))
