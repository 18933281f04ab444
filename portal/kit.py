"""What the domain is given to work with, made once and passed along: no globals, so tests patch nothing."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from portal.clock import Clock, MovableClock
from portal.config import Settings
from portal.mail import connect as mail
from portal.mail.protocol import Mail
from portal.seal import Keys
from portal.telephony import connect as telephony
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


def pack(settings: Settings) -> Kit:
    """The kit that `settings` ask for. Raises BadSetting or BadKeys, with what to do about it."""
    settings.data.mkdir(parents=True, exist_ok=True)
    clock = MovableClock(settings.data / "clock") if settings.demo else Clock()
    if settings.demo and not settings.keys_file.exists():
        Keys.add(settings.keys_file)
    keys = Keys.read(settings.keys_file)
    return Kit(settings, clock, keys, telephony.connect(settings, clock), mail.connect(settings, clock))
