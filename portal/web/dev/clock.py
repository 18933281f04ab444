"""/dev/clock: the demo's clock, to be moved."""

from __future__ import annotations

from datetime import timedelta
from typing import cast

from flask import Blueprint, Response, abort, flash, request

from portal import demo
from portal.kit import DemoKit
from portal.language import moment
from portal.web.pages import go, page
from portal.web.plugs import kit

room = Blueprint("dev_clock", __name__, url_prefix="/dev/clock")

JUMPS = {"1 minute": 60, "9 minutes": 540, "30 minutes": 1800, "1 hour": 3600, "1 day": 86400}


def demo_kit() -> DemoKit:
    return cast(DemoKit, kit())


@room.get("")
def clock() -> Response:
    return page("dev/clock.html", now=kit().now, ahead=distance(demo_kit().clock.offset), jumps=JUMPS)


def distance(offset: timedelta) -> str:
    """How far the clock is from real time, in words; empty where it is not."""
    minutes, seconds = divmod(abs(round(offset.total_seconds())), 60)
    hours, minutes = divmod(minutes, 60)
    days, hours = divmod(hours, 24)
    counts = {"day": days, "hour": hours, "minute": minutes, "second": seconds}
    words = [f"{count} {unit}{'' if count == 1 else 's'}" for unit, count in counts.items() if count]
    return f"{', '.join(words)} {'ahead of' if offset > timedelta() else 'behind'} real time." if words else ""


@room.post("")
def move() -> Response:
    jump = request.form.get("jump", "")
    if jump not in JUMPS and jump != "back":
        abort(400)
    ahead = demo_kit().clock.offset + timedelta(seconds=JUMPS[jump]) if jump in JUMPS else timedelta()
    demo.move_clock(demo_kit(), ahead)
    flash(f"The clock shows {moment(kit().now)}.", "success")
    return go("dev_clock.clock")
