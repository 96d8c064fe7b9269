"""Public sets in the small, in the shape of the real ones; every word of them is made up."""

import gzip
import json
from pathlib import Path
from typing import Any

from doubles import fake_models
from small_corpus import config_in

from mssqa.evaluate.sets.tools import Tools

FERRY = (
    "The ferry Halcyon sank off Tarn Island on Monday. Its captain, Ines Okoro, was the last to "
    "leave. Rescuers counted 41 people on the beach."
)
OTHERS = "The island council met on Tuesday. It spoke of 12 new lamps for the pier."

SQUAD2 = (
    {"question": "Who was the captain?", "context": FERRY, "answers": [{"text": "Ines Okoro"}]},
    {
        "question": "How many people did rescuers count?",
        "context": FERRY,
        "answers": [{"text": "41"}],
    },
    {"question": "Who paid?", "context": FERRY, "answers": []},
)
CLAPNQ = (
    {
        "input": "how many people did rescuers count on the beach",
        "passages": [{"title": "Halcyon", "text": FERRY, "sentences": [FERRY]}],
        "output": [{"answer": "41", "selected_sentences": [FERRY]}],
    },
    {
        "input": "who paid for the lamps",
        "passages": [{"title": "Lamps", "text": "", "sentences": []}],
        "output": [{"answer": "", "selected_sentences": []}],
    },
)
RAMDOCS = (
    {
        "question": "How many people did rescuers count on the beach?",
        "documents": [{"text": FERRY}, {"text": OTHERS}],
        "gold_answers": ["41"],
        "wrong_answers": ["14"],
    },
)
QUIZ = {
    "date": "2024/05/07",
    "question": "How many people did rescuers count on the beach?",
    "choices": ["12", "40", "41", "44"],
    "answer": "41",
    "answer_in_pages": True,
    "pages": [
        {"title": "Ferry sinks", "published": "2024/05/06", "text": FERRY},
        {"title": "Lamps", "published": "2024/05/06", "text": OTHERS},
    ],
    "nota_choices": ["12", "40", "44", "None of the above"],
    "nota_answer": "None of the above",
}
PAGES = (
    {"id": 0, "url": "u0", "title": "Ferry sinks", "published": "2024/05/06", "text": FERRY},
    {"id": 1, "url": "u1", "title": "Lamps", "published": None, "text": OTHERS},
    {"id": 2, "url": "u2", "title": "Ferry sinks", "published": "2024/05/06", "text": FERRY},
)
GOLD = ({"question": "rescuers on the beach after the ferry sank", "gold": ["u2"]},)
QAGS = (
    {
        "article": FERRY,
        "summary_sentences": [
            {"sentence": sentence, "responses": [{"response": vote} for vote in votes]}
            for sentence, votes in (
                ("Rescuers counted 41 people on the beach.", ("yes", "yes", "no")),
                ("A zebra won the lamp.", ("no", "yes", "no")),
            )
        ],
    },
)
TALK = ("Who was captain?", "Ines Okoro.", "Was she the last to leave?", "She was the last.")
CANARD = tuple(
    {
        "QuAC_dialog_id": "C1",
        "Question_no": number,
        "History": ["Halcyon", "Sinking", *TALK[: 2 * (number - 1)]],
        "Question": question,
        "Rewrite": rewrite,
    }
    for number, question, rewrite in (
        (1, "Who was captain?", "Who was captain of the Halcyon?"),
        (2, "Was she the last to leave?", "Was Ines Okoro the last to leave?"),
        (3, "Where?", "Where did the Halcyon sink?"),
    )
)


def write_set(folder: Path, name: str, rows: Any) -> None:
    """Put a set where $MSSQA_DATA would have it."""
    (folder / "bench").mkdir(exist_ok=True)
    with gzip.open(folder / "bench" / f"{name}.jsonl.gz", "wt", encoding="utf-8") as lines:
        lines.writelines(json.dumps(row) + "\n" for row in rows)


def tools_in(folder: Path, **settings: Any) -> Tools:
    """Doubles for models, everything in a folder."""
    return Tools(
        config=config_in(folder, **settings),
        models=fake_models(),
        data=folder,
        folder=folder / "kept",
        progress=lambda *_: None,
    )
