"""The application, with its settings."""

from __future__ import annotations

from django.conf import settings
from django.core.wsgi import get_wsgi_application

from apps.common import FRESH_SECONDS
from apps.django_base.settings import base

settings.configure(
    **base(
        "apps.allauth.views",
        ["allauth", "allauth.account", "allauth.mfa"],
        ["allauth.account.middleware.AccountMiddleware"],
        AUTHENTICATION_BACKENDS=[
            "django.contrib.auth.backends.ModelBackend",
            "allauth.account.auth_backends.AuthenticationBackend",
        ],
        ACCOUNT_ADAPTER="apps.allauth.adapter.SecondFactorOnly",
        ACCOUNT_REAUTHENTICATION_REQUIRED=True,
        ACCOUNT_REAUTHENTICATION_TIMEOUT=FRESH_SECONDS,
        ACCOUNT_EMAIL_VERIFICATION="none",
        ACCOUNT_RATE_LIMITS={"login_failed": "10/300s/key"},
        MFA_TOTP_TOLERANCE=1,
        MFA_SUPPORTED_TYPES=["totp", "recovery_codes"],
    )
)
application = get_wsgi_application()
