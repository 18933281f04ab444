#!/usr/bin/env python3
"""Measure the product beside a bare Flask app and its peers: `python3 bench/run.py`, or `--quick` for a look.

Sets up what is missing under `bench/state/`, measures in interleaved rounds, and prints Markdown. Linux alone.
"""

from __future__ import annotations

import argparse
import signal
import subprocess
import sys
from contextlib import ExitStack

import report
import server
import venvs
from figures import Cell, Cost, Figures
from server import Server, Trouble, running
from targets import TARGETS

AT_ONCE = 16
WARM_UP = 40  # people of one journey before anything is written down: templates compile in each thread
COUNTED = 10  # people of one journey whose SQL statements are counted
LOOKS = 6  # of each person in one round; one look is too short to measure well


class Line:
    """Everybody in it goes on each of A, B and C once, so that no code is ever used twice."""

    def __init__(self, wish: argparse.Namespace) -> None:
        self.people = 3 * (WARM_UP + wish.rounds * wish.journeys + 2 * COUNTED)
        self.next = 0

    def take(self, many: int, at_once: int = AT_ONCE) -> list[Cell]:
        """One round: `many` other people for each of A, B and C; those of A look again in D."""
        a, b, c = (self.next + many * turn for turn in range(3))
        self.next += 3 * many
        step_ups = [Cell(journey, first, many, at_once) for journey, first in (("A", a), ("B", b), ("C", c))]
        return [*step_ups, Cell("D", a, many, at_once, LOOKS)]


def main() -> None:
    wish = parse()
    every = [Figures(TARGETS[name]) for name in wish.targets]
    line = Line(wish)
    for figures in every:
        say(f"{figures.target.name}: setting up, and {line.people} people …")
        venvs.prepare(figures.target.venv)
        server.seed(figures.target, line.people)
    measure_starts(every, wish.starts)
    measure_rounds(every, line, wish.rounds, wish.journeys)
    count_statements(every, line)
    print(report.markdown(every, wish.journeys, AT_ONCE))


def measure_starts(every: list[Figures], starts: int) -> None:
    """How long until the first 200, and what the first challenge costs then, with its templates to compile."""
    for start in range(starts + 1):
        say(f"start {start} of {starts} …")
        for figures in every:
            with running(figures.target) as it:
                [first] = it.walk(Cell("challenge", first=0, many=1))
            if start:  # the first one also writes the bytecode
                figures.start_ms.append(it.start_ms)
                figures.first_challenge_ms.append(first.cpu_ms)


def measure_rounds(every: list[Figures], line: Line, rounds: int, journeys: int) -> None:
    """Every round visits every target once, each time another one first; all of them run all the time."""
    with ExitStack() as stack:
        servers = [(figures, stack.enter_context(running(figures.target))) for figures in every]
        for figures, it in servers:
            figures.idle_mib = it.memory_mib()
        warm_up = line.take(WARM_UP)
        for _, it in servers:
            walk(it, warm_up)
        for number in range(rounds):
            say(f"round {number + 1} of {rounds} …")
            cells, turn = line.take(journeys), number % len(servers)
            for figures, it in servers[turn:] + servers[:turn]:
                figures.rounds.append(walk(it, cells))
        for figures, it in servers:
            figures.loaded_mib = it.memory_mib()


def count_statements(every: list[Figures], line: Line) -> None:
    """One journey after the other on servers that count, which are not those that were measured."""
    warm_up, cells = line.take(COUNTED, at_once=4), line.take(COUNTED, at_once=1)
    say("SQL statements …")
    for figures in every:
        with running(figures.target, counted=True) as it:
            walk(it, warm_up)
            figures.statements = walk(it, cells)


def walk(it: Server, cells: list[Cell]) -> dict[str, Cost]:
    """The journeys that this target has."""
    own = [cell for cell in cells if cell.journey in it.target.journeys]
    return {cost.journey: cost for cost in it.walk(*own)}


def parse() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="Measure the product beside its floor and its peers.")
    parser.add_argument("--rounds", type=count, default=7, help="interleaved rounds (7)")
    parser.add_argument("--journeys", type=count, default=100, help="journeys of each kind in a round (100)")
    parser.add_argument("--starts", type=count, default=5, help="starts of each server (5)")
    parser.add_argument("--targets", type=names, default=list(TARGETS), help=f"some of {','.join(TARGETS)}")
    parser.add_argument("--quick", action="store_true", help="2 rounds of 16 journeys, 1 start: does it work?")
    wish = parser.parse_args()
    if wish.quick:
        wish.rounds, wish.journeys, wish.starts = 2, 16, 1
    return wish


def count(text: str) -> int:
    if not text.isdecimal() or int(text) < 1:
        raise argparse.ArgumentTypeError("has to be a whole number from 1 on")
    return int(text)


def names(text: str) -> list[str]:
    if unknown := set(text.split(",")) - TARGETS.keys():
        raise argparse.ArgumentTypeError(f"there is no {', '.join(sorted(unknown))}")
    return text.split(",")


def say(sentence: str) -> None:
    print(sentence, file=sys.stderr, flush=True)


if __name__ == "__main__":
    signal.signal(signal.SIGTERM, lambda *_: sys.exit("Stopped."))  # on the way out the servers are stopped
    try:
        main()
    except KeyboardInterrupt:
        sys.exit("\nStopped.")
    except (Trouble, subprocess.CalledProcessError) as trouble:
        sys.exit(str(trouble))
