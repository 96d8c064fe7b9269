"""The chat page: where things stand, and which press does what."""

from typing import Any

import gradio as gr

from mssqa.apps.feedback import Feedback, Verdict
from mssqa.apps.web.chat import Chat
from mssqa.apps.web.opening import Opening
from mssqa.config import Config

MAX_QUESTION = 2_000  # characters
MAX_WAITING = 32  # questions in the queue; more are told to come back
AT_ONCE = 2  # questions answered side by side

REASONS = tuple(each.capitalize() for each in Verdict if each not in {Verdict.GOOD, Verdict.BAD})
PLACEHOLDER = "Ask about the articles. Each sentence of an answer comes with its quote."


def build_page(config: Config, opening: Opening) -> gr.Blocks:
    """The page, not yet served. The index and the models open when somebody comes, at the latest.

    Args:
        config: where feedback is kept.
        opening: what opens the index and the models.
    """
    chat = Chat(opening, Feedback(config.page.data))
    demo: gr.Blocks
    with gr.Blocks(title="mssqa", analytics_enabled=False, fill_height=True) as demo:
        gr.HTML("<h1>Ask the articles</h1>", padding=False)
        status = gr.HTML("<p>Opening the articles …</p>", padding=False)
        talk: gr.State = gr.State(())
        chatbot = gr.Chatbot(
            label="Conversation",
            placeholder=PLACEHOLDER,
            buttons=["copy"],
            latex_delimiters=[],
            feedback_options=("Like", "Dislike", *REASONS),
            scale=1,
        )
        question = gr.Textbox(
            label="Question",
            placeholder="What happened?",
            max_length=MAX_QUESTION,
            submit_btn="Ask",
            autofocus=True,
        )
        _wire(chat, demo, status, talk, chatbot, question)
    demo.queue(max_size=MAX_WAITING, default_concurrency_limit=AT_ONCE)
    return demo


def _wire(
    chat: Chat,
    demo: gr.Blocks,
    status: gr.HTML,
    talk: gr.State,
    chatbot: gr.Chatbot,
    question: gr.Textbox,
) -> None:
    def greet() -> tuple[str, gr.Chatbot]:
        told, examples = chat.greet()
        return told, gr.Chatbot(examples=examples)

    def take_example(event: gr.SelectData) -> str:
        return str(event.value["text"])

    quiet: dict[str, Any] = {"api_visibility": "private", "show_progress": "hidden"}
    ask = (chat.answer, [question, talk], [chatbot, talk])
    empty = (lambda: "", None, question)
    demo.load(greet, None, [status, chatbot], **quiet)
    question.submit(*ask, api_name="ask", show_progress="hidden").then(*empty, **quiet)
    chatbot.example_select(take_example, None, question, **quiet).then(*ask, **quiet).then(
        *empty, **quiet
    )
    chatbot.clear(lambda: (), None, talk, **quiet)
    chatbot.like(chat.judge, talk, None, **quiet)
