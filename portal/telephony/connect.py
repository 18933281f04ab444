"""Which provider the settings ask for."""

from __future__ import annotations

from portal.config import BadSetting, Settings
from portal.telephony.protocol import Telephony
from portal.telephony.twilio import Twilio
from portal.telephony.webhook import Webhook


def connect(settings: Settings) -> Telephony:
    """Raises BadSetting for the fake, which is for the demo, and for a provider without what it needs."""
    match settings.telephony:
        case "fake":
            raise BadSetting("PORTAL_TELEPHONY is fake, which is for the demo. Choose twilio or webhook.")
        case "twilio":
            require(settings, "telephony_account", "telephony_secret", "telephony_sender")
            account, secret = settings.telephony_account, settings.telephony_secret
            return Twilio(account, secret, settings.telephony_sender, settings.telephony_url)
        case "webhook":
            require(settings, "telephony_url", "telephony_secret")
            return Webhook(settings.telephony_url, settings.telephony_secret)
    raise BadSetting(f"PORTAL_TELEPHONY is {settings.telephony!r}; it has to be fake, twilio or webhook.")


def require(settings: Settings, *names: str) -> None:
    for name in names:
        if not getattr(settings, name):
            raise BadSetting(f"PORTAL_TELEPHONY={settings.telephony} needs PORTAL_{name.upper()} too.")
