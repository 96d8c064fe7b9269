"""Training on processor cores: one process of one thread for each, gradients summed between them.

Weights are bfloat16, their masters float32 in one flat vector. Everything that training needs to
go on stands in the run's folder after every `save_every` steps; the same seed gives the same run.
"""

import json
import os
import time
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

import torch
import torch.distributed as dist
from safetensors.torch import load_file, save_file
from torch import nn
from transformers import BertForQuestionAnswering

from training.batches import Batch, Pair, collate, plan, together

FORBIDDEN = -1e4  # a logit that no answer has
SOFTNESS = 2.0  # margins are divided by it before their loss


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """How a run goes."""

    start: Path  # folder of the model to start from
    folder: Path  # where the run is kept
    passes: int = 1
    steps: int = 1_000_000  # at most; the learning rate falls to 0 at the last
    peak: float = 1e-4  # learning rate, which falls to 0
    warm_up: float = 0.05  # share of the steps
    tokens: int = 2048  # of one batch of one worker
    workers: int = 2
    frozen_layers: int = 0  # beside the embeddings
    save_every: int = 100  # steps
    seed: int = 1
    margin_weight: float = 0.3  # of the loss on the margin, beside that on the spans
    together_weight: float = 1.0  # of the loss over all passages of a question


def load_model(folder: Path, *, dtype: torch.dtype) -> BertForQuestionAnswering:
    """A span reader without dropout: few passes need none, and it halves the speed here."""
    model: BertForQuestionAnswering = BertForQuestionAnswering.from_pretrained(
        folder,
        dtype=dtype,
        attn_implementation="eager",  # heads of 32 make flash attention slow on a processor
        attention_probs_dropout_prob=0.0,
        hidden_dropout_prob=0.0,
    )
    return model


def logits(model: nn.Module, batch: Batch) -> tuple[torch.Tensor, torch.Tensor]:
    """(start, end) scores in float32, with all but the passage and position 0 ruled out."""
    output = model(
        input_ids=batch.ids, token_type_ids=batch.segments, attention_mask=batch.attended
    )
    start, end = output.start_logits.float(), output.end_logits.float()
    return start.masked_fill(~batch.allowed, FORBIDDEN), end.masked_fill(~batch.allowed, FORBIDDEN)


def loss_of(
    model: nn.Module, batch: Batch, *, margin_weight: float = 0.0, together_weight: float = 0.0
) -> torch.Tensor:
    """Cross-entropy of the marked starts and ends, averaged over the marks.

    To it come, with their weights, the cross-entropy of "there is an answer" under the margin, and
    the cross-entropy of the marks among the spans of all passages that a question meets at once.
    """
    start, end = logits(model, batch)
    starts = start.log_softmax(1).gather(1, batch.starts)
    ends = end.log_softmax(1).gather(1, batch.ends)
    loss = -((starts + ends) * batch.weights).sum(1).mean() / 2
    if together_weight:
        both = _among_all(start, batch.starts, batch) + _among_all(end, batch.ends, batch)
        loss = loss + together_weight * both / 2
    if margin_weight:
        margins = start[:, 1:].amax(1) + end[:, 1:].amax(1) - start[:, 0] - end[:, 0]
        answerable = (batch.starts[:, 0] > 0).float()
        told = nn.functional.binary_cross_entropy_with_logits(margins / SOFTNESS, answerable)
        loss = loss + margin_weight * told
    return loss


def _among_all(scores: torch.Tensor, marks: torch.Tensor, batch: Batch) -> torch.Tensor:
    """Cross-entropy of the marks where the passages of a question share one softmax.

    Scores are taken less that of position 0 of their passage, as margins are, and beside them
    stands one 0 for "no passage says" (shared normalisation, Clark and Gardner 2018,
    arXiv:1710.10723, with that 0 added).
    """
    over = scores - scores[:, :1]
    of_question = nn.functional.one_hot(batch.askings).T.bool()  # (questions, rows)
    of_rows = over[:, 1:].logsumexp(1).expand(of_question.shape)
    nothing = scores.new_zeros((len(of_question), 1))
    total = torch.cat([nothing, of_rows.masked_fill(~of_question, FORBIDDEN)], 1).logsumexp(1)
    answered = (marks[:, 0] > 0).float()
    marked = (over.gather(1, marks) * batch.weights).sum(1) * answered
    count = of_question.float() @ answered
    mean = (of_question.float() @ marked) / count.clamp(min=1)
    return (total - mean).mean()


def learning_rate(step: int, steps: int, *, peak: float, warm_up: float) -> float:
    """Linear up to `peak`, then linear down to 0.

    >>> [learning_rate(n, 10, peak=1.0, warm_up=0.2) for n in (0, 1, 2, 6)]
    [0.5, 1.0, 1.0, 0.5]
    """
    warm = max(1, int(steps * warm_up))
    return peak * min((step + 1) / warm, (steps - step) / max(1, steps - warm))


class Masters:
    """The trained weights in one float32 vector, with AdamW's two moments."""

    def __init__(self, model: BertForQuestionAnswering, frozen_layers: int) -> None:
        frozen = [model.bert.embeddings, *model.bert.encoder.layer[:frozen_layers]]
        for module in frozen:
            module.requires_grad_(requires_grad=False)
        self.weights = [weight for weight in model.parameters() if weight.requires_grad]
        self.flat = nn.Parameter(torch.cat([w.detach().float().flatten() for w in self.weights]))
        self.flat.grad = torch.zeros_like(self.flat)
        self.optimizer = torch.optim.AdamW([self.flat], weight_decay=0.0, fused=True)

    def step(self, rate: float, workers: int) -> None:
        """Sums the workers' gradients, clips their mean to length 1 and takes a step."""
        grad = self.flat.grad
        assert grad is not None
        torch.cat([_grad(weight) for weight in self.weights], out=grad)
        if workers > 1:
            dist.all_reduce(grad)
            grad /= workers
        nn.utils.clip_grad_norm_([self.flat], 1.0)
        self.optimizer.param_groups[0]["lr"] = rate
        self.optimizer.step()
        self.copy_back()

    @torch.no_grad()
    def copy_back(self) -> None:
        """Rounds the masters into the model and forgets its gradients."""
        sizes = [weight.numel() for weight in self.weights]
        for weight, values in zip(self.weights, torch.split(self.flat, sizes), strict=True):
            weight.copy_(values.view_as(weight))
            weight.grad = None

    def state(self) -> dict[str, torch.Tensor]:
        """What must be saved to go on."""
        moments = self.optimizer.state[self.flat]
        return {"weights": self.flat.detach(), **moments}

    def restore(self, state: dict[str, torch.Tensor]) -> None:
        """Goes on from `state()`."""
        with torch.no_grad():
            self.flat.copy_(state.pop("weights"))
        self.optimizer.state[self.flat] = dict(state)
        self.copy_back()


def _grad(weight: nn.Parameter) -> torch.Tensor:
    if weight.grad is None:
        return torch.zeros(weight.numel())
    return weight.grad.float().flatten()


def train(pairs: Sequence[Pair], run: Plan) -> None:
    """Trains on all the pairs, goes on where an interrupted run stopped, and saves the model."""
    run.folder.mkdir(parents=True, exist_ok=True)
    os.environ.setdefault("MASTER_ADDR", "127.0.0.1")
    os.environ.setdefault("MASTER_PORT", "29511")
    context = torch.multiprocessing.get_context("fork")
    others = [
        context.Process(target=_work, args=(rank, pairs, run)) for rank in range(1, run.workers)
    ]
    for process in others:
        process.start()
    pids = [os.getpid(), *(process.pid for process in others)]
    (run.folder / "PID").write_text(" ".join(str(pid) for pid in pids), "utf-8")
    _work(0, pairs, run)
    for process in others:
        process.join()


def _work(rank: int, pairs: Sequence[Pair], run: Plan) -> None:
    torch.set_num_threads(1)
    torch.manual_seed(run.seed)
    if run.workers > 1:
        dist.init_process_group("gloo", rank=rank, world_size=run.workers)
    model = load_model(run.start, dtype=torch.bfloat16).train()
    masters = Masters(model, run.frozen_layers)
    batches = _batches(pairs, run)
    steps = min(run.steps, len(batches) // run.workers)
    for step in range(_resume(masters, run), steps):
        began = time.monotonic()
        chosen = batches[step * run.workers + rank]
        loss = loss_of(
            model,
            collate([pairs[n] for n in chosen]),
            margin_weight=run.margin_weight,
            together_weight=run.together_weight,
        )
        torch.autograd.backward(loss)
        rate = learning_rate(step, steps, peak=run.peak, warm_up=run.warm_up)
        masters.step(rate, run.workers)
        if rank == 0:
            seconds = time.monotonic() - began
            _log(run, step=step, steps=steps, loss=loss.item(), seconds=seconds)
            if (step + 1) % run.save_every == 0 or step + 1 == steps:
                _save(model, masters, step + 1, run)


def _batches(pairs: Sequence[Pair], run: Plan) -> tuple[tuple[int, ...], ...]:
    groups, lengths = together(pairs), [len(pair.ids) for pair in pairs]
    return tuple(
        batch
        for n in range(run.passes)
        for batch in plan(groups, lengths, tokens=run.tokens, seed=run.seed + n)
    )


def _log(run: Plan, **values: float) -> None:
    with (run.folder / "log.jsonl").open("a", encoding="utf-8") as log:
        log.write(json.dumps({k: round(v, 4) for k, v in values.items()}) + "\n")


def _resume(masters: Masters, run: Plan) -> int:
    """The step to go on from; 0 for a new run."""
    saved = run.folder / "state.safetensors"
    if not saved.exists():
        return 0
    state = load_file(saved)
    step = int(state.pop("next_step"))
    masters.restore(state)
    return step


def _save(model: BertForQuestionAnswering, masters: Masters, step: int, run: Plan) -> None:
    state = masters.state() | {"next_step": torch.tensor(step)}
    beside = run.folder / "state.part"
    save_file({name: value.contiguous() for name, value in state.items()}, beside)
    model.save_pretrained(run.folder / "model")
    (run.folder / "run.json").write_text(
        json.dumps(asdict(run), default=str, indent=1, sort_keys=True), "utf-8"
    )
    beside.replace(run.folder / "state.safetensors")
