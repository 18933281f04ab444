"""/dev/clock: the demo's clock, to be moved."""

from __future__ import annotations

from datetime import timedelta
from typing import cast

from flask import Blueprint, Response, abort, flash, request

from portal.demo import seed
from portal.demo.kit import DemoKit
from portal.language import Unit, length, moment
from portal.language import gettext as _
from portal.web.current import kit
from portal.web.pages import go, page

room = Blueprint("dev_clock", __name__, url_prefix="/dev/clock")

JUMPS: dict[str, tuple[int, Unit]] = {
    "1 minute": (1, "minute"),
    "9 minutes": (9, "minute"),
    "30 minutes": (30, "minute"),
    "1 hour": (1, "hour"),
    "1 day": (1, "day"),
}


def demo_kit() -> DemoKit:
    return cast(DemoKit, kit())


@room.get("")
def clock() -> Response:
    return page("dev/clock.html", now=kit().now, ahead=distance(demo_kit().clock.offset), jumps=jumps())


def jumps() -> dict[str, str]:
    """How far the clock can be moved at once, and that in words."""
    return {jump: length(*far) for jump, far in JUMPS.items()}


def distance(offset: timedelta) -> str:
    """How far the clock is from real time, in words; empty where it is not."""
    minutes, seconds = divmod(abs(round(offset.total_seconds())), 60)
    hours, minutes = divmod(minutes, 60)
    days, hours = divmod(hours, 24)
    counts: dict[Unit, int] = {"day": days, "hour": hours, "minute": minutes, "second": seconds}
    apart = ", ".join(length(count, unit) for unit, count in counts.items() if count)
    if not apart:
        return ""
    if offset > timedelta():
        return _("%(length)s ahead of real time.", length=apart)
    return _("%(length)s behind real time.", length=apart)


@room.post("")
def move() -> Response:
    jump = request.form.get("jump", "")
    if jump not in JUMPS and jump != "back":
        abort(400)
    seed.move_clock(demo_kit(), demo_kit().clock.offset + far(jump) if jump in JUMPS else timedelta())
    flash(_("The clock shows %(moment)s.", moment=moment(kit().now)), "success")
    return go("dev_clock.clock")


def far(jump: str) -> timedelta:
    count, unit = JUMPS[jump]
    return timedelta(**{f"{unit}s": count})
