"""How this machine's processor is put to work."""

import os
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import torch


def cores() -> int:
    """The processor cores that this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def multiplies_bfloat16() -> bool:
    """Whether the processor has instructions for it; where they are emulated, float32 is faster."""
    capabilities = torch.cpu.get_capabilities()
    return bool(capabilities.get("avx512_bf16") or capabilities.get("amx_bf16"))


def chosen_precision(precision: str) -> torch.dtype:
    """The arithmetic that a setting named `precision` comes to on this machine.

    >>> chosen_precision("float32")
    torch.float32
    """
    if precision == "auto":
        return torch.bfloat16 if multiplies_bfloat16() else torch.float32
    return {"float32": torch.float32, "bfloat16": torch.bfloat16}[precision]


def workers(threads: int) -> ThreadPoolExecutor:
    """Threads that compute side by side, each on one core.

    One operation split over cores waits for the slowest of them, spinning: on a busy machine that
    costs most of the time. Whole batches side by side wait for nobody.
    """
    before = torch.get_num_threads()
    pool = ThreadPoolExecutor(threads, initializer=_stay_on_one_core)
    all_started = Barrier(threads)
    list(pool.map(lambda _: all_started.wait(), range(threads)))
    torch.set_num_threads(before)  # a worker's limit became the default of threads yet to come
    return pool


def _stay_on_one_core() -> None:
    torch.get_num_threads()  # takes over the default now, or else later, over the limit
    torch.set_num_threads(1)
