"""Flask-Security-Too: the step-up of its unified sign-in ("freshness"), with its Peewee datastore.

Secrets are sealed as it ships them. What it leaves to the program is written as its docs advise: a code taken once
(`get_last_counter`, `set_last_counter`), a durable counter that locks (`track_failed_authn`), and who sends texts.
"""

from __future__ import annotations

import json
import re
import time
from datetime import timedelta
from functools import cache
from typing import Any

from flask import Flask, render_template, request
from flask_security import (
    PeeweeUserDatastore,
    RoleMixin,
    Security,
    SmsSenderBaseClass,
    SmsSenderFactory,
    UserMixin,
    auth_required,
    current_user,
)
from flask_security.totp import Totp
from jinja2 import DictLoader
from peewee import BooleanField, ForeignKeyField, IntegerField, Model, SqliteDatabase, TextField

from apps import common
from apps.common import PAYMENT_COLUMNS, SIGNING_KEY, Person, page

FRESH = timedelta(seconds=common.FRESH_SECONDS)
PRAGMAS = {"journal_mode": "wal", "synchronous": "full", "busy_timeout": 10_000}

database = SqliteDatabase(common.DATABASE, pragmas=PRAGMAS)
application = Flask(__name__)
application.jinja_loader = DictLoader({"payments.html": page("payments.html")})
application.config.update(
    SECRET_KEY=SIGNING_KEY,
    SECURITY_PASSWORD_SALT=SIGNING_KEY,
    SECURITY_UNIFIED_SIGNIN=True,
    SECURITY_US_ENABLED_METHODS=["authenticator", "sms"],
    SECURITY_US_MFA_REQUIRED=[],
    SECURITY_US_TOKEN_VALIDITY=120,
    SECURITY_SMS_SERVICE="file",
    SECURITY_TOTP_SECRETS={"1": SIGNING_KEY[:43]},
    SECURITY_TOTP_ISSUER="bench",
    SECURITY_FRESHNESS=FRESH,
    SECURITY_FRESHNESS_GRACE_PERIOD=timedelta(0),
    SECURITY_SEND_REGISTER_EMAIL=False,
    WTF_CSRF_TIME_LIMIT=None,
)


class FilePhone(SmsSenderBaseClass):
    def send_sms(self, from_number: str, to_number: str, msg: str) -> None:
        common.text(to_number, re.findall(r"\d{6}", msg)[-1])


class Base(Model):
    class Meta:
        database = database


class Role(RoleMixin, Base):
    name = TextField(unique=True)
    description = TextField(null=True)


class User(UserMixin, Base):
    email = TextField(unique=True)
    password = TextField(null=True)
    active = BooleanField(default=True)
    fs_uniquifier = TextField(unique=True)
    us_totp_secrets = TextField(null=True)
    us_phone_number = TextField(null=True)
    last_step = IntegerField(default=0)
    fails = IntegerField(default=0)
    locked_at = IntegerField(null=True)

    class Meta:
        table_name = "users"

    def track_failed_authn(self, auth_type: str, tfa: bool = False) -> None:
        now = int(time.time())
        with database.atomic("IMMEDIATE"):
            User.update(fails=User.fails + 1).where(User.id == self.id).execute()
            too_many = (User.id == self.id) & (User.fails >= common.FAILURES_BEFORE_LOCKOUT)
            User.update(locked_at=now).where(too_many).execute()
            Audit.create(user_id=self.id, at=now, event=common.FAILED, ip=request.remote_addr)


class UserRoles(Base):
    user = ForeignKeyField(User, backref="roles")
    role = ForeignKeyField(Role, backref="users")

    @property
    def name(self) -> str:
        return self.role.name

    def get_permissions(self) -> Any:
        return self.role.get_permissions()


class Payment(Base):
    user_id = IntegerField(primary_key=True)


for column in PAYMENT_COLUMNS:
    Payment._meta.add_field(column, TextField())


class Audit(Base):
    user_id = IntegerField()
    at = IntegerField()
    event = TextField()
    ip = TextField()

    class Meta:
        indexes = ((("user_id", "at"), False),)


class OnceOnlyTotp(Totp):
    def get_last_counter(self, user: User) -> int | None:
        return user.last_step or None

    def set_last_counter(self, user: User, tmatch: Any) -> None:
        now = int(time.time())
        with database.atomic("IMMEDIATE"):
            User.update(last_step=tmatch.counter, fails=0).where(User.id == user.id).execute()
            Audit.create(user_id=user.id, at=now, event=common.PASSED, ip=request.remote_addr)


SmsSenderFactory.senders["file"] = FilePhone
security = Security(application, PeeweeUserDatastore(database, User, Role, UserRoles), totp_cls=OnceOnlyTotp)


@application.get("/healthz")
def healthz() -> str:
    return "ok"


@application.get("/payments")
@auth_required("session", within=lambda: FRESH, grace=lambda: timedelta(0))
def payments() -> str:
    row = Payment.get_by_id(current_user.id)
    fields = [(name, getattr(row, name)) for name in PAYMENT_COLUMNS]
    return render_template("payments.html", email=current_user.email, fields=fields)


def seed(people: list[Person]) -> list[dict[str, str]]:
    """Each signed in yesterday: still in, no longer fresh."""
    with database.connection_context():
        database.create_tables([Role, User, UserRoles, Payment, Audit])
        with database.atomic():
            for each in people:
                User.create(
                    id=each.number,
                    email=each.email,
                    fs_uniquifier=uniquifier(each),
                    us_totp_secrets=sealed(each.secret),
                    us_phone_number=each.phone,
                )
                Payment.create(user_id=each.number, **each.payment)
    signer = application.session_interface.get_signing_serializer(application)
    yesterday = {"_fresh": True, "fs_cc": "set", "fs_paa": time.time() - 24 * 60 * 60, "identity_": 1}
    return [{"session": signer.dumps({"_user_id": uniquifier(each), **yesterday})} for each in people]


def uniquifier(person: Person) -> str:
    return f"u{person.number:032d}"


@cache
def sealed(secret: bytes) -> str:
    """The secrets of one person, for the app and for texts, as the library keeps them."""
    make = security.totp_factory._totp
    keys = {"authenticator": secret, "sms": secret[::-1]}
    return json.dumps({method: make(key=key, format="raw").to_json(encrypt=True) for method, key in keys.items()})
