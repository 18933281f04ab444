"""What the domain is given to work with, made once and passed along: no globals, so tests patch nothing."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from portal.clock import Clock, MovableClock
from portal.config import BadSetting, Settings
from portal.mail import connect as mail
from portal.mail.fake import FakeMail
from portal.mail.protocol import Mail
from portal.seal import Keys
from portal.telephony import connect as telephony
from portal.telephony.fake import FakePhones
from portal.telephony.protocol import Telephony


@dataclass(frozen=True)
class Kit:
    settings: Settings
    clock: Clock
    keys: Keys
    telephony: Telephony
    mail: Mail

    @property
    def now(self) -> datetime:
        return self.clock.now()


@dataclass(frozen=True)
class DemoKit(Kit):
    """The kit of the demo: its clock can be moved, its phones and its mail be looked at."""

    clock: MovableClock
    telephony: FakePhones
    mail: FakeMail


def pack(settings: Settings) -> Kit:
    """The kit that `settings` ask for. Raises BadSetting or BadKeys, with what to do about it."""
    if settings.demo:
        return pack_demo(settings)
    keys = Keys.read(settings.keys_file)
    return Kit(settings, Clock(), keys, telephony.connect(settings), mail.connect(settings))


def pack_demo(settings: Settings) -> DemoKit:
    """The kit of the demo, which makes what it lacks. Raises BadSetting for anything but a demo."""
    if not settings.demo or settings.telephony != "fake" or settings.mail != "fake":
        raise BadSetting("The demo has phones and mail of its own: PORTAL_TELEPHONY and PORTAL_MAIL must be fake.")
    settings.data.mkdir(parents=True, exist_ok=True)
    if not settings.keys_file.exists():
        Keys.add(settings.keys_file)
    clock = MovableClock(settings.data / "clock")
    fakes = FakePhones(settings.data, clock), FakeMail(settings.data, clock)
    return DemoKit(settings, clock, Keys.read(settings.keys_file), *fakes)
