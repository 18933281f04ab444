"""What Linux tells about a server: the CPU it has used, the memory it holds; and which core is whose."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterator
from pathlib import Path

CORES = sorted(os.sched_getaffinity(0))
SERVER_CORE, CLIENT_CORE = CORES[0], CORES[min(1, len(CORES) - 1)]


def pinned_to(core: int) -> Callable[[], None]:
    """For a process that is about to start: it and all that it starts keep to `core`."""
    return lambda: os.sched_setaffinity(0, {core})


def tree(pid: int) -> Iterator[int]:
    """The process and all that it started."""
    yield pid
    for children in Path(f"/proc/{pid}/task").glob("*/children"):
        for child in children.read_text().split():
            yield from tree(int(child))


def cpu_ns(pid: int) -> int:
    """CPU time of the whole tree, with the threads that have ended since: by the clock that each process has."""
    return sum(time.clock_gettime_ns(clock_of(each)) for each in tree(pid))


def clock_of(pid: int) -> int:
    """What clock_getcpuclockid(3) answers; Python has it for threads alone."""
    return (~pid << 3) | 2


def memory_mib(pid: int) -> float:
    """Resident memory of the largest process in the tree, which is the one that answers."""
    return max(resident_kib(each) for each in tree(pid)) / 1024


def resident_kib(pid: int) -> int:
    lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("VmRSS"))
