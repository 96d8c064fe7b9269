"""What is measured on a public set."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """One number, and what it is to be."""

    what: str
    value: float | None  # 0 to 1; None where nothing was measured
    questions: int  # that it was measured on
    target: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Measured:
    """A set's figures and how they came about."""

    name: str
    conditions: str
    figures: tuple[Figure, ...]
    seconds: float
