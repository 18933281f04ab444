"""The figures as Markdown, for docs/measurements.md: medians over the rounds, and ratios that are paired by round."""

from __future__ import annotations

import platform
import re
import sqlite3
import subprocess
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from statistics import median

from figures import Figures
from processes import CORES
from targets import FLOOR, PRODUCT, PROJECT

WORDS = {"A": "step-up by app", "B": "step-up by text", "C": "a wrong code", "D": "a look"}
HEADS = [f"{journey}, {words}" for journey, words in WORDS.items()]
PROCESS_HEADS = ["target", "idle", "after the rounds", "start to the first 200", "CPU of the first challenge"]
NONE = "–"


def markdown(every: list[Figures], journeys: int, at_once: int) -> str:
    parts = [
        circumstances(len(every[0].rounds), journeys, at_once),
        "CPU of one journey in milliseconds, median of the rounds, and the requests that it takes:",
        table(["target", *HEADS], [[name(each), *(cpu(each, journey) for journey in WORDS)] for each in every]),
        "Paired ratios of that CPU, median [least..most] of the rounds:",
        table(["ratio", *HEADS], list(ratios(every))),
        "SQL of one journey, SELECTs / writes / commits:",
        table(["target", *HEADS], [[name(each), *(statements(each, journey) for journey in WORDS)] for each in every]),
        "Memory of the process that answers, in MiB, and its start in milliseconds, median [least..most]:",
        table(PROCESS_HEADS, [[name(each), *memory_and_start(each)] for each in every]),
    ]
    return "\n\n".join(parts)


def circumstances(rounds: int, journeys: int, at_once: int) -> str:
    return (
        f"Measured on {datetime.now(UTC):%Y-%m-%d} at commit {commit()}: {len(CORES)} cores of {processor()}, "
        f"Python {platform.python_version()}, SQLite {sqlite3.sqlite_version} with `synchronous=FULL`; gunicorn, one "
        f"process of four threads; {rounds} interleaved rounds of {journeys} journeys, {at_once} at once."
    )


def commit() -> str:
    """The commit that is checked out; `+` says that the product was changed since."""
    head = git("rev-parse", "--short", "HEAD")
    return f"{head}+" if git("status", "--porcelain", "--", "portal", "templates", "static") else head


def git(*words: str) -> str:
    return subprocess.run(["git", *words], cwd=PROJECT, capture_output=True, text=True, check=True).stdout.strip()


def processor() -> str:
    found = re.search(r"model name\s*: (.+)", Path("/proc/cpuinfo").read_text())
    return found[1] if found else platform.machine()


def ratios(every: list[Figures]) -> Iterator[list[str]]:
    """How far the product is above the floor, and how far each peer is above the product."""
    by_name = {each.target.name: each for each in every}
    product, floor = by_name.get(PRODUCT.name), by_name.get(FLOOR.name)
    if product and floor:
        yield [f"{name(product)} / {name(floor)}", *(paired(product, floor, journey) for journey in WORDS)]
    for peer in every:
        if product and peer not in (product, floor):
            yield [f"{name(peer)} / {name(product)}", *(paired(peer, product, journey) for journey in WORDS)]


def paired(above: Figures, below: Figures, journey: str) -> str:
    if journey not in above.target.journeys or journey not in below.target.journeys:
        return NONE
    rounds = zip(above.rounds, below.rounds, strict=True)
    found = [one[journey].cpu_ms / other[journey].cpu_ms for one, other in rounds]
    return f"{median(found):.2f} [{min(found):.2f}..{max(found):.2f}]"


def name(figures: Figures) -> str:
    return figures.target.name


def cpu(figures: Figures, journey: str) -> str:
    costs = [costs[journey] for costs in figures.rounds if journey in costs]
    if not costs:
        return NONE
    return f"{median(cost.cpu_ms for cost in costs):.2f} in {costs[0].requests:.3g}"


def statements(figures: Figures, journey: str) -> str:
    cost = figures.statements.get(journey)
    return f"{cost.selects:g} / {cost.writes:g} / {cost.commits:g}" if cost else NONE


def memory_and_start(figures: Figures) -> list[str]:
    memory = [f"{figures.idle_mib:.0f}", f"{figures.loaded_mib:.0f}"]
    return [*memory, spread(figures.start_ms), spread(figures.first_challenge_ms)]


def spread(values: list[float]) -> str:
    return f"{median(values):.0f} [{min(values):.0f}..{max(values):.0f}]"


def table(heads: list[str], rows: list[list[str]]) -> str:
    """A table of Markdown."""
    above, *below = (f"| {' | '.join(cells)} |" for cells in (heads, *rows))
    return "\n".join([above, f"|{'---|' * len(heads)}", *below])
