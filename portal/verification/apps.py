"""Authenticator apps: TOTP of RFC 6238 with SHA-1, 6 digits, 30 seconds, by pyotp."""

from __future__ import annotations

from datetime import datetime, timedelta

import pyotp
import qrcode
from pyotp.exceptions import OTPVerificationError
from qrcode.image.svg import SvgPathImage

from portal.clock import between
from portal.kit import Kit
from portal.models.authenticator import Authenticator
from portal.models.challenge import Challenge

DRIFT = 1  # steps before and after the present one that are accepted (RFC 6238 5.2)
SECRET_LENGTH = 32  # base32 characters, 160 bits (RFC 4226 4)


def step_of(secret: str, digits: str, now: datetime) -> int | None:
    """The time step in which `digits` is the code of `secret`, if that is close enough to `now`."""
    try:
        return pyotp.TOTP(secret).verify_and_get_timecode(digits, for_time=now, valid_window=DRIFT)
    except OTPVerificationError:
        return None


def secret_of(kit: Kit, app: Authenticator) -> str:
    return kit.keys.open(app.secret or "", app.place_of_secret)


def begin(kit: Kit, challenge: Challenge) -> None:
    """Give `challenge` a new secret to prove; it is no authenticator before that."""
    challenge.secret = kit.keys.seal(pyotp.random_base32(SECRET_LENGTH), challenge.place_of_secret)
    challenge.created_at = kit.now
    challenge.save()


def is_enrolling(kit: Kit, challenge: Challenge) -> bool:
    """Whether `challenge` has a secret that may still be proved; an abandoned one runs out by itself."""
    end = challenge.created_at + timedelta(minutes=kit.settings.verification_minutes)
    waiting = challenge.secret and not challenge.passed_at and not challenge.closed_at
    return bool(waiting) and between(challenge.created_at, kit.now, end)


def pending_secret(kit: Kit, challenge: Challenge) -> str:
    return kit.keys.open(challenge.secret or "", challenge.place_of_secret)


def uri(secret: str, *, person: str, brand: str) -> str:
    return pyotp.TOTP(secret).provisioning_uri(name=person, issuer_name=brand)


def qr(text: str) -> str:
    """`text` as a QR code, an <svg> that needs no style and no file."""
    image = qrcode.make(text, image_factory=SvgPathImage, border=2)
    return str(image.to_string(encoding="unicode"))
