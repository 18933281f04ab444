"""The product as it is served: its own `create_app()` on production settings and the production clock.

What differs is named here: texts end in a file, as everybody's do, and limits that one client would meet who plays
a thousand people are as high as they go. Nothing else of `bench/` imports `portal`.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from datetime import timedelta

from apps import common
from apps.common import FOLDER, Person
from portal import schema
from portal.accounts import sign_ins
from portal.app import create_app
from portal.clock import Clock
from portal.config import Settings
from portal.database import database, writing
from portal.kit import Kit
from portal.models.authenticator import Authenticator, Kind, Place
from portal.models.base import new_id
from portal.models.company import Company, Membership, Role
from portal.models.payment import PaymentVersion
from portal.models.user import User
from portal.payments.bank import BankAccount
from portal.payments.details import Details
from portal.seal import Keys
from portal.telephony.protocol import Message, Receipt

SETTINGS = Settings.read(
    {
        "PORTAL_DATA": str(FOLDER),
        "PORTAL_URL": "https://127.0.0.1",
        "PORTAL_SENDS_PER_ADDRESS_AN_HOUR": "1000000",
        "PORTAL_SENDS_A_DAY": "1000000",
        "PORTAL_VERIFICATION_MINUTES": str(common.FRESH_SECONDS // 60),
        "PORTAL_SIGN_IN_IDLE_MINUTES": str(common.FRESH_SECONDS // 60),
    }
)
PAYEE = Details(
    payee_kind="company",
    payee="Example Studio Ltd",
    street="12 High Street",
    city="London",
    region="",
    postal_code="SW1Y 4JH",
    country="GB",
    currency="EUR",
    account=BankAccount("DE", "iban", {"iban": "DE89370400440532013000"}),
)
BROWSER = "Mozilla/5.0 (X11; Linux x86_64) Firefox/140"


class FilePhones:
    def send(self, message: Message) -> Receipt:
        common.text(message.to, re.findall(r"\d{6}", message.body)[0])
        return Receipt(accepted=True)


class NoMail:
    def send(self, letter: object) -> None:
        """There is none on these journeys."""


if not SETTINGS.keys_file.exists():
    Keys.add(SETTINGS.keys_file)
kit = Kit(SETTINGS, Clock(), Keys.read(SETTINGS.keys_file), FilePhones(), NoMail())
application = create_app(kit=kit)


def seed(people: list[Person]) -> list[dict[str, str]]:
    """Each the administrator of a company, which has payment information; its id is the person's number."""
    schema.migrate(SETTINGS)
    with database.connection_context(), writing():
        return [signed_in(make(person)) for person in people]


def make(person: Person) -> User:
    before = kit.now - timedelta(days=3)
    user = User.create(email=person.email, name=f"Dev {person.number}", password="", created_at=before)
    company = Company.create(id=person.number, name=f"Example Studio {person.number}", created_at=before)
    Membership.create(user=user, company=company, role=Role.ADMINISTRATOR)
    for authenticator in authenticators_of(person, user):
        authenticator.added_at = before
        authenticator.save(force_insert=True)
    version = PaymentVersion(
        id=new_id(), company=company, version=1, changed="", made_by=user, made_at=before, takes_effect_at=before
    )
    version.details = kit.keys.seal(json.dumps(PAYEE.as_dict()), version.place_of_details)
    version.save(force_insert=True)
    return user


def authenticators_of(person: Person, user: User) -> Iterator[Authenticator]:
    """The app, which is asked for first, and the phone."""
    app = Authenticator(id=new_id(), user=user, kind=Kind.APP, place=Place.ACCOUNT_SITE, name="My app", preferred=True)
    app.secret = kit.keys.seal(person.secret_as_typed, app.place_of_secret)
    yield app
    yield Authenticator(id=new_id(), user=user, kind=Kind.PHONE, place=Place.MY_ACCOUNT, number=person.phone)


def signed_in(user: User) -> dict[str, str]:
    row = sign_ins.open_sign_in(kit, user, "127.0.0.1", BROWSER)
    signer = application.session_interface.get_signing_serializer(application)
    return {application.config["SESSION_COOKIE_NAME"]: signer.dumps({"_fresh": True, "_user_id": row.token})}
