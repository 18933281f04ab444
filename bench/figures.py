"""What is asked of the client, what it answers, and what is known of a target in the end."""

from __future__ import annotations

from dataclasses import dataclass, field

from targets import Target


@dataclass(frozen=True)
class Cell:
    """`many` people, from place `first` on, go on one journey, `at_once` of them at a time, each `times` in a row."""

    journey: str
    first: int
    many: int
    at_once: int = 1
    times: int = 1


@dataclass(frozen=True)
class Order:
    target: str
    port: int
    pid: int  # of the server
    statements: str  # the file in which the server counts them; empty where it does not
    cells: tuple[Cell, ...]


@dataclass(frozen=True)
class Cost:
    """Of one journey, on average over a cell."""

    journey: str
    requests: float
    cpu_ms: float
    selects: float
    writes: float
    commits: float


@dataclass
class Figures:
    target: Target
    start_ms: list[float] = field(default_factory=list)
    first_challenge_ms: list[float] = field(default_factory=list)  # CPU
    idle_mib: float = 0
    loaded_mib: float = 0
    rounds: list[dict[str, Cost]] = field(default_factory=list)  # each by journey
    statements: dict[str, Cost] = field(default_factory=dict)
