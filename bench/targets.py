"""Whom we measure: how each is served and seeded, and what its forms look like to a browser."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import Path

HERE = Path(__file__).resolve().parent
STATE = HERE / "state"
PROJECT = HERE.parent

Value = str | re.Pattern[str]  # of a form's field: as it is, or what the pattern's group finds on the page


@dataclass(frozen=True)
class Form:
    fields: dict[str, Value]
    code: str = "code"  # the field that takes the code
    action: Value = ""  # where it is sent; empty is the address of the page it stands on


NO_FORM = Form({})


@dataclass(frozen=True)
class Target:
    """`app` and `seed` are modules of `apps/`: the one has `application`, the other `seed(people)`."""

    name: str
    venv: str
    app: str
    seed: str
    failures: str  # how many wrong codes its database knows of, in SQL
    wrong: str  # what the page says after a wrong code
    by_app: Form
    ask_for_text: Form = NO_FORM
    by_text: Form = NO_FORM
    journeys: str = "ABCD"
    protected: str = "/payments"
    opened: str = "Verified with two-step verification"  # what the protected page says, and no other
    database: str = "database.sqlite3"
    htmx: dict[str, str] = field(default_factory=dict)  # headers of POSTs and of the redirects that they meet

    @property
    def folder(self) -> Path:
        return STATE / "targets" / self.name


def field_of(name: str) -> re.Pattern[str]:
    """The value of the hidden field `name`."""
    return re.compile(rf'name="{name}"(?: type="hidden")? value="([^"]+)"')


CSRF: dict[str, Value] = {"csrf_token": field_of("csrf_token")}

PRODUCT = Target(
    name="product",
    venv="product",
    app="apps.product",
    seed="apps.product",
    database="portal.sqlite3",
    failures='SELECT sum(failures) FROM "user"',
    protected="/companies/{number}/settings/payments-and-benefits/payment-information",
    opened="Every look at this page",
    wrong="field-error",
    htmx={"HX-Request": "true", "HX-Target": "main#main"},
    by_app=Form(
        {
            **CSRF,
            "verify": "answer-app",
            "use": re.compile(r'name="verify" value="answer-app">\s*<input type="hidden" name="use" value="(\w+)"'),
        }
    ),
    ask_for_text=Form(
        {
            **CSRF,
            "verify": "send",
            "use": re.compile(r'name="use" value="(\w+)">\s*<input type="hidden" name="channel" value="text"'),
            "channel": "text",
        }
    ),
    by_text=Form({**CSRF, "verify": "answer"}),
)

FLOOR = Target(
    name="floor",
    venv="flask",
    app="apps.floor",
    seed="apps.floor",
    failures="SELECT sum(fails) FROM users",
    wrong="not valid",
    by_app=Form(CSRF, action="/verify"),
    ask_for_text=Form(CSRF, action="/verify/send"),
    by_text=Form(CSRF, action="/verify"),
)

DJANGO_CSRF: dict[str, Value] = {"csrfmiddlewaretoken": field_of("csrfmiddlewaretoken"), "next": "/payments"}
OTP_APP: dict[str, Value] = {**DJANGO_CSRF, "otp_device": re.compile(r'<option value="([^"]*totpdevice[^"]*)"')}
OTP_PHONE: dict[str, Value] = {**DJANGO_CSRF, "otp_device": re.compile(r'<option value="([^"]*phonedevice[^"]*)"')}

DJANGO_OTP = Target(
    name="django-otp",
    venv="django",
    app="apps.django_otp.wsgi",
    seed="apps.django_otp.seed",
    failures="SELECT sum(throttling_failure_count) FROM otp_totp_totpdevice",
    wrong="Invalid token",
    by_app=Form(OTP_APP, code="otp_token"),
    ask_for_text=Form({**OTP_PHONE, "otp_challenge": "1"}),
    by_text=Form(OTP_PHONE, code="otp_token"),
)

ALLAUTH = Target(
    name="allauth",
    venv="django",
    app="apps.allauth.wsgi",
    seed="apps.allauth.seed",
    failures="SELECT sum(fails) FROM failures",
    wrong="Incorrect code",
    by_app=Form(DJANGO_CSRF, action="/accounts/2fa/reauthenticate/"),
    journeys="ACD",  # it texts no codes for this
)

SECURITY_VERIFY = re.compile(r'<form action="([^"]+)" method="post" name="us_verify_form"')

FLASK_SECURITY = Target(
    name="flask-security",
    venv="flask",
    app="apps.flask_security",
    seed="apps.flask_security",
    failures="SELECT sum(fails) FROM users",
    wrong="submitted is not valid",
    by_app=Form({**CSRF, "submit": "Submit"}, "passcode", SECURITY_VERIFY),
    ask_for_text=Form(
        {**CSRF, "chosen_method": "sms", "submit_send_code": "Send Code"}, action=re.compile(r'formaction="([^"]+)"')
    ),
    by_text=Form({**CSRF, "submit": "Submit"}, "passcode", SECURITY_VERIFY),
)

TARGETS = {each.name: each for each in (PRODUCT, FLOOR, DJANGO_OTP, ALLAUTH, FLASK_SECURITY)}
