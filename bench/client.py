"""The client, a process of its own: reads an order from its input, goes on the journeys, prints what each cost."""

from __future__ import annotations

import json
import sys
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict
from pathlib import Path
from queue import Empty, SimpleQueue

from browser import Browser, Connection, Wrong
from figures import Cell, Cost, Order
from gunicorn_settings import COMMIT, SELECT, WRITE
from journeys import JOURNEYS, Journey, Phones
from processes import cpu_ns
from targets import TARGETS


class Crowd:
    """Everybody's browser; they keep their cookies from cell to cell."""

    def __init__(self, order: Order) -> None:
        self.order = order
        self.target = TARGETS[order.target]
        self.phones = Phones(self.target.folder / "texts")
        lines = (self.target.folder / "people.jsonl").read_text().splitlines()
        self.browsers = [Browser(self.target, **json.loads(line)) for line in lines]

    def cost_of(self, cell: Cell) -> Cost:
        browsers = self.browsers[cell.first : cell.first + cell.many]
        if cell.journey == "C":
            self.send(JOURNEYS["challenge"], browsers, cell.at_once)
        cpu, requests, letters = self.readings(browsers)
        self.send(JOURNEYS[cell.journey], browsers, cell.at_once, cell.times)
        cpu_after, requests_after, letters_after = self.readings(browsers)

        each = 1 / (cell.many * cell.times)
        counts = Counter(letters_after[len(letters) :])
        statements = [counts[letter] * each for letter in (SELECT, WRITE, COMMIT)]
        return Cost(cell.journey, (requests_after - requests) * each, (cpu_after - cpu) / 1e6 * each, *statements)

    def readings(self, browsers: list[Browser]) -> tuple[int, int, str]:
        """CPU and requests until now, and the statements as the server has written them down."""
        letters = Path(self.order.statements).read_text() if self.order.statements else ""
        return cpu_ns(self.order.pid), sum(browser.requests for browser in browsers), letters

    def send(self, journey: Journey, browsers: list[Browser], at_once: int, times: int = 1) -> None:
        """Everybody on one journey, over `at_once` connections. Raises Wrong when all are back."""
        waiting = SimpleQueue[Browser]()
        for browser in browsers:
            waiting.put(browser)

        def walk() -> None:
            connection = Connection(self.order.port)
            while browser := next_in(waiting):
                browser.connection = connection
                for _ in range(times):
                    journey(browser, self.phones)
            connection.close()

        with ThreadPoolExecutor(at_once) as threads:
            for walker in [threads.submit(walk) for _ in range(at_once)]:
                walker.result()


def next_in(waiting: SimpleQueue[Browser]) -> Browser | None:
    try:
        return waiting.get_nowait()
    except Empty:
        return None


def main() -> None:
    known = json.load(sys.stdin)
    order = Order(**{**known, "cells": tuple(Cell(**cell) for cell in known["cells"])})
    crowd = Crowd(order)
    try:
        json.dump([asdict(crowd.cost_of(cell)) for cell in order.cells], sys.stdout)
    except Wrong as wrong:
        sys.exit(str(wrong))


if __name__ == "__main__":
    main()
