"""What the domain is given to work with, made once and passed along: no globals, so tests patch nothing."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from portal.clock import Clock
from portal.config import BadSetting, Settings
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
    if settings.demo:
        raise BadSetting("A demo is served by `portal demo serve`, and by nothing else.")
    keys = Keys.read(settings.keys_file)
    return Kit(settings, Clock(), keys, telephony.connect(settings), mail.connect(settings))
