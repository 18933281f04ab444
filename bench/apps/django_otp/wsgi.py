"""The application, with its settings."""

from __future__ import annotations

from django.conf import settings
from django.core.wsgi import get_wsgi_application

from apps.django_base.settings import base

APPS = [
    "django_otp",
    "django_otp.plugins.otp_static",
    "django_otp.plugins.otp_totp",
    "two_factor",
    "two_factor.plugins.phonenumber",
    "phonenumber_field",
]
settings.configure(
    **base(
        "apps.django_otp.views",
        APPS,
        ["django_otp.middleware.OTPMiddleware"],
        LOGIN_URL="/verify",
        OTP_LOGIN_URL="/verify",
        TWO_FACTOR_SMS_GATEWAY="apps.django_otp.views.FilePhone",
        TWO_FACTOR_PHONE_THROTTLE_FACTOR=1,
    )
)
application = get_wsgi_application()
