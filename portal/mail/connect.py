"""Which way out for mail the settings ask for."""

from __future__ import annotations

from portal.config import BadSetting, Settings
from portal.mail.protocol import Mail
from portal.mail.smtp import Smtp


def connect(settings: Settings) -> Mail:
    """Raises BadSetting for the fake, which is for the demo."""
    if settings.mail.startswith(("smtp://", "smtps://")):
        return Smtp(settings.mail, settings.mail_sender)
    raise BadSetting("PORTAL_MAIL has to look like smtp://user:password@mail.example.com:587 (or smtps://…).")
