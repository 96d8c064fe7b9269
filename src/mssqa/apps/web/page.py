"""The page: its tabs, and what stands above them."""

import gradio as gr

from mssqa.apps.feedback import Feedback
from mssqa.apps.web.asking.asking import Asking
from mssqa.apps.web.asking.tab import ask_tab
from mssqa.apps.web.opening import Opening
from mssqa.apps.web.wording import ENGLISH, languages, wording
from mssqa.config import Config

MAX_WAITING = 32  # questions in the queue; more are told to come back
AT_ONCE = 2  # questions answered side by side


def build_page(config: Config, opening: Opening) -> gr.Blocks:
    """The page, not yet served. The index and the models open when somebody comes, at the latest.

    Args:
        config: where the articles, the index and the feedback are.
        opening: what opens the index and the models.
    """
    words = wording(ENGLISH)
    demo: gr.Blocks
    with gr.Blocks(title=words("page.title"), analytics_enabled=False, fill_width=True) as demo:
        gr.HTML(f"<h1>{words('page.title')}</h1>", elem_id="masthead", padding=False)
        language = gr.Dropdown(
            [(name, code) for code, name in languages().items()],
            value=ENGLISH,
            label=words("page.language"),
            visible=len(languages()) > 1,
            elem_id="language",
        )
        with gr.Tabs(elem_id="tabs"):
            with gr.Tab(words("page.ask"), id="ask"):
                ask_tab(Asking(opening, Feedback(config.page.data)))
            with gr.Tab(words("page.articles"), id="articles"):
                pass
    del language
    demo.queue(max_size=MAX_WAITING, default_concurrency_limit=AT_ONCE)
    return demo
