"""Django's settings for both peers, at their best: cached templates, lasting connections, the cheapest cache."""

from __future__ import annotations

from typing import Any

from apps.common import DATABASE, SIGNING_KEY, page

TEMPLATES = {"payments.html": "payments.html", "challenge.html": "challenge_of_django_otp.html"}
LOADERS = [
    (
        "django.template.loaders.cached.Loader",
        [
            ("django.template.loaders.locmem.Loader", {name: page(file) for name, file in TEMPLATES.items()}),
            "django.template.loaders.app_directories.Loader",
        ],
    )
]
CONTEXT = [
    "django.template.context_processors.request",
    "django.contrib.auth.context_processors.auth",
    "django.contrib.messages.context_processors.messages",
]
SILENT = {"handlers": ["nowhere"], "level": "ERROR", "propagate": False}


def base(urls: str, apps: list[str], middleware: list[str], **more: Any) -> dict[str, Any]:
    """The settings that both share, with the `apps` and `middleware` of one peer."""
    return {
        "SECRET_KEY": SIGNING_KEY,
        "ALLOWED_HOSTS": ["127.0.0.1"],
        "ROOT_URLCONF": urls,
        "USE_TZ": True,
        "USE_I18N": False,
        "DEFAULT_AUTO_FIELD": "django.db.models.BigAutoField",
        "INSTALLED_APPS": [
            "django.contrib.auth",
            "django.contrib.contenttypes",
            "django.contrib.sessions",
            "django.contrib.messages",
            *apps,
            "apps.django_base",
        ],
        "MIDDLEWARE": [
            "django.middleware.security.SecurityMiddleware",
            "django.contrib.sessions.middleware.SessionMiddleware",
            "django.middleware.common.CommonMiddleware",
            "django.middleware.csrf.CsrfViewMiddleware",
            "django.contrib.auth.middleware.AuthenticationMiddleware",
            "django.contrib.messages.middleware.MessageMiddleware",
            *middleware,
            "django.middleware.clickjacking.XFrameOptionsMiddleware",
        ],
        "DATABASES": {
            "default": {
                "ENGINE": "django.db.backends.sqlite3",
                "NAME": DATABASE,
                "CONN_MAX_AGE": None,
                "OPTIONS": {
                    "timeout": 10,
                    "transaction_mode": "IMMEDIATE",
                    "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;",
                },
            }
        },
        "CACHES": {
            "default": {
                "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
                "OPTIONS": {"MAX_ENTRIES": 1_000_000},
            }
        },
        "SESSION_COOKIE_AGE": 14 * 24 * 60 * 60,
        "TEMPLATES": [
            {
                "BACKEND": "django.template.backends.django.DjangoTemplates",
                "OPTIONS": {"loaders": LOADERS, "context_processors": CONTEXT},
            }
        ],
        "LOGIN_REDIRECT_URL": "/payments",
        "LOGGING": {
            "version": 1,
            "disable_existing_loggers": False,
            "handlers": {"nowhere": {"class": "logging.NullHandler"}},
            "root": {"handlers": ["nowhere"], "level": "ERROR"},
            "loggers": {"django.request": SILENT, "two_factor": SILENT},
        },
        **more,
    }
