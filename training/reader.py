"""Makes the reader: `python -m training.reader train | measure | ship`.

$MSSQA_DATA/reading → examples → recipe → pairs → run/model → measured → shipped folder
"""

import json
import random
import shutil
import time
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from hashlib import sha256
from pathlib import Path
from typing import Annotated

import torch
import typer

from training import news
from training.batches import encode, load_tokenizer
from training.calibrate import calibrate, outcomes_alike, questions
from training.decode import Reader
from training.examples import Example, load, split
from training.loop import Plan, load_model
from training.loop import train as train_on
from training.measure import (
    load_bench,
    load_clapnq,
    measured,
    read_all,
)
from training.recipe import recipe

app = typer.Typer(no_args_is_help=True, add_completion=False)
Data = Annotated[Path, typer.Option(envvar="MSSQA_DATA", help="the folder of reading/ and bench/")]


@app.command()
def train(
    run: Annotated[Path, typer.Argument(help="folder of the run; an interrupted one goes on")],
    data: Data,
    start: Annotated[Path, typer.Option(help="folder of the model to start from")],
    share: Annotated[float, typer.Option(help="of the examples made of reading/, 0 to 1")] = 1.0,
    stories: Annotated[
        tuple[int, int], typer.Option(help="times that those of few and of many articles are met")
    ] = (2, 2),
    steps: Annotated[int, typer.Option(help="optimiser steps at most")] = 1_000_000,
    peak: Annotated[float, typer.Option(help="highest learning rate")] = 1e-4,
    seed: Annotated[int, typer.Option(help="of the recipe and the batches")] = 1,
) -> None:
    """Train on the titles of reading/ and on the stories that are not held out."""
    examples, _ = split(load(data / "reading"))
    told, _ = news.split()
    read = list(recipe(examples, seed=seed))
    random.Random(seed).shuffle(read)
    asked = list(news.rounds(told, stories, seed=seed))
    typer.echo(f"{len(asked)} examples of stories", err=True)
    taken = (*asked, *read[: round(share * len(read))])
    pairs = encode(taken, load_tokenizer(start, max_tokens=384))
    typer.echo(f"{len(pairs)} pairs, {sum(len(pair.ids) for pair in pairs)} tokens", err=True)
    plan = Plan(
        start=start,
        folder=run,
        steps=steps,
        peak=peak,
        seed=seed,
    )
    (run / "model").mkdir(parents=True, exist_ok=True)
    _copy_tokenizer(start, run / "model")
    train_on(pairs, plan)


@app.command()
def average(
    models: Annotated[list[Path], typer.Argument(help="folders of models of one descent")],
    target: Annotated[Path, typer.Option(help="new folder of the model with their mean weights")],
) -> None:
    """Average the weights of successive rounds, which forgets less of what each learned."""
    states = [load_model(folder, dtype=torch.float32).state_dict() for folder in models]
    mean = load_model(models[0], dtype=torch.float32)
    mean.load_state_dict(
        {name: torch.stack([state[name] for state in states]).mean(0) for name in states[0]}
    )
    mean.save_pretrained(target)
    _copy_tokenizer(models[0], target)


def _copy_tokenizer(source: Path, target: Path) -> None:
    for name in ("tokenizer.json", "tokenizer_config.json"):
        shutil.copy(source / name, target)


@app.command()
def measure(
    model: Annotated[Path, typer.Argument(help="folder of a model")],
    data: Data,
    sample: Annotated[int, typer.Option(help="questions of each set at most")] = 1_000_000,
    threads: Annotated[int, typer.Option(help="processor threads")] = 2,
) -> None:
    """Set the threshold on held-out titles, then measure on bench/; writes measured.json."""
    reader = Reader(model, threads=threads)
    _, held_out = split(load(data / "reading"))
    asked = questions(held_out, seed=1)
    outcomes = read_all(reader, asked)
    overall = calibrate(outcomes)
    alike = outcomes_alike(held_out, asked, outcomes, reader)
    rows = {"held out": asdict(measured(outcomes, overall.threshold))}
    for name, examples in _bench(data / "bench", sample=sample):
        threshold = calibrate(alike[name]).threshold if name in alike else overall.threshold
        began = time.monotonic()
        found = read_all(reader, examples)
        pace = len(examples) / (time.monotonic() - began)
        rows[name] = asdict(measured(found, threshold)) | {
            "questions_a_second": pace,
            "at_overall_threshold": asdict(measured(found, overall.threshold)),
        }
        typer.echo(f"{name}: {json.dumps(rows[name])}", err=True)
    text = json.dumps({"calibration": asdict(overall), "sets": rows}, indent=1)
    (model / "measured.json").write_text(text + "\n", "utf-8")
    typer.echo(text)


def _bench(folder: Path, *, sample: int) -> Iterator[tuple[str, tuple[Example, ...]]]:
    yield "squad2_dev_half", _sample(load_bench(folder / "squad2_dev_half.jsonl.gz"), sample)
    yield "clapnq_dev", _sample(load_clapnq(folder / "clapnq_dev.jsonl.gz"), sample)
    yield "newsqa_dev", _sample(load_bench(folder / "newsqa_dev.jsonl.gz"), sample)


def _sample(examples: Sequence[Example], most: int) -> tuple[Example, ...]:
    shuffled = list(examples)
    random.Random(7).shuffle(shuffled)
    return tuple(shuffled[:most])


@app.command()
def ship(
    model: Annotated[Path, typer.Argument(help="folder of a measured model")],
    target: Annotated[Path, typer.Argument(help="new folder for float16 weights and settings")],
) -> None:
    """Write what the package carries, and print the weights' SHA-256."""
    target.mkdir(parents=True)
    load_model(model, dtype=torch.float16).save_pretrained(target)
    _copy_tokenizer(model, target)
    calibration = json.loads((model / "measured.json").read_text("utf-8"))["calibration"]
    (target / "reader.json").write_text(json.dumps(calibration, indent=1) + "\n", "utf-8")
    typer.echo(sha256((target / "model.safetensors").read_bytes()).hexdigest())


if __name__ == "__main__":
    app()
