"""What the domain works with in the demo, where everything can be looked at and moved."""

from __future__ import annotations

from dataclasses import dataclass

from portal.config import BadSetting, Settings
from portal.demo.clock import MovableClock
from portal.demo.fake_mail import FakeMail
from portal.demo.fake_phones import FakePhones
from portal.kit import Kit
from portal.seal import Keys


@dataclass(frozen=True)
class DemoKit(Kit):
    """The kit of the demo: its clock can be moved, its phones and its mail be looked at."""

    clock: MovableClock
    telephony: FakePhones
    mail: FakeMail


def pack_demo(settings: Settings, clock: MovableClock | None = None) -> DemoKit:
    """The kit of the demo, which makes what it lacks; by another clock, if one is given. Raises BadSetting for anything
    but a demo."""
    if not settings.demo or settings.telephony != "fake" or settings.mail != "fake":
        raise BadSetting("The demo has phones and mail of its own: PORTAL_TELEPHONY and PORTAL_MAIL must be fake.")
    settings.data.mkdir(parents=True, exist_ok=True)
    if not settings.keys_file.exists():
        Keys.add(settings.keys_file)
    clock = clock or MovableClock(settings.data / "clock")
    fakes = FakePhones(settings.data, clock), FakeMail(settings.data, clock)
    return DemoKit(settings, clock, Keys.read(settings.keys_file), *fakes)
