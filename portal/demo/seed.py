"""The people and companies of the demo. Their passwords and secrets are public: production never makes them."""

from __future__ import annotations

import json
from datetime import timedelta
from pathlib import Path

from portal import schema
from portal.accounts import passwords
from portal.database import database, writing
from portal.demo.kit import DemoKit
from portal.kit import Kit
from portal.models.authenticator import Authenticator, Kind, Place
from portal.models.base import new_id
from portal.models.company import Company, Membership, Role
from portal.models.payment import PaymentVersion
from portal.models.user import User
from portal.payments.bank import BankAccount
from portal.payments.details import Details

PASSWORD = "correct horse battery staple"  # noqa: S105, the demo's own, printed at its start

COMPANIES = {"Analytical Engines": "+12025550199", "Difference Works": "+442079460199"}

PAYEE = Details(
    payee_kind="company",
    payee="Analytical Engines Ltd",
    street="12 St James's Square",
    city="London",
    region="",
    postal_code="SW1Y 4JH",
    country="GB",
    currency="EUR",
    account=BankAccount("DE", "iban", {"iban": "DE89370400440532013000"}),
)

# Address, name, staff role, company to role, My Account number, numbers and apps of the account site.
PEOPLE: tuple[tuple[str, str, str | None, dict[str, str], str, list[str], list[tuple[str, str]]], ...] = (
    (
        "ada@example.com",
        "Ada Byron",
        None,
        {"Analytical Engines": "administrator", "Difference Works": "administrator"},
        "",
        [],
        [],
    ),
    (
        "grace@example.com",
        "Grace Murray",
        None,
        {"Analytical Engines": "administrator"},
        "+12025550143",
        ["+447700900123"],
        [("Work phone", "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP")],
    ),
    (
        "mary@example.com",
        "Mary Somerville",
        None,
        {"Analytical Engines": "administrator", "Difference Works": "administrator"},
        "",
        ["+12025550178"],
        [],
    ),
    (
        "emmy@example.com",
        "Emmy Erlangen",
        None,
        {"Difference Works": "administrator"},
        "+12025550166",
        [],
        [],
    ),
    ("alan@example.com", "Alan Mathison", None, {"Analytical Engines": "developer"}, "+12025550119", [], []),
    (
        "care@example.com",
        "Customer Support",
        "customer_support",
        {},
        "",
        [],
        [("Desk", "KRSXG5CTMVRXEZLUKRSXG5CTMVRXEZLU")],
    ),
    (
        "devsupport@example.com",
        "Developer Support",
        "developer_support",
        {},
        "",
        [],
        [("Desk", "MFRGGZDFMZTWQ2LKMFRGGZDFMZTWQ2LK")],
    ),
)

APPS = {email.partition("@")[0]: apps[0][1] for email, *_, apps in PEOPLE if apps}  # name to the secret of the app


def set_up(kit: DemoKit, *, fresh: bool = False) -> None:
    """Make the database, and the demo people where there is nobody yet; what people did is kept."""
    schema.migrate(kit.settings)
    with database.connection_context():
        empty = not User.select().exists()
    if fresh or empty:
        reset(kit)
    (kit.settings.data / "demo").write_text(kit.settings.url)


def lives_in(folder: Path) -> str | None:
    """The address of the demo that was served from `folder`, if one was: for commands that come from elsewhere."""
    sign = folder / "demo"
    return sign.read_text() if sign.exists() else None


def reset(kit: DemoKit) -> None:
    """Put people, data, phones, mail and clock back to the beginning."""
    with database.connection_context():
        schema.drop_all()
    schema.migrate(kit.settings)
    kit.telephony.clear()
    kit.mail.clear()
    kit.clock.set(timedelta())
    with database.connection_context(), writing():
        fill(kit)


def fill(kit: Kit) -> None:
    now, secret = kit.now, passwords.hashed(PASSWORD)
    companies = {name: Company.create(name=name, phone=phone, created_at=now) for name, phone in COMPANIES.items()}
    for email, name, staff, roles, my_account, numbers, apps in PEOPLE:
        user = User.create(email=email, name=name, password=secret, staff=staff, created_at=now)
        for company, role in roles.items():
            Membership.create(user=user, company=companies[company], role=Role(role))
        for number in filter(None, [my_account]):
            add(kit, user, Kind.PHONE, Place.MY_ACCOUNT, number=number)
        for number in numbers:
            add(kit, user, Kind.PHONE, Place.ACCOUNT_SITE, number=number)
        for label, key in apps:
            add(kit, user, Kind.APP, Place.ACCOUNT_SITE, name=label, secret=key)
        prefer_one(user)
    seed_payment(kit, companies["Analytical Engines"], User.get(User.email == "grace@example.com"))


def add(kit: Kit, user: User, kind: Kind, place: Place, *, secret: str = "", **fields: str) -> None:
    row = Authenticator(id=new_id(), user=user, kind=kind, place=place, added_at=kit.now, **fields)
    row.secret = kit.keys.seal(secret, row.place_of_secret) if secret else None
    row.save(force_insert=True)


def prefer_one(user: User) -> None:
    mine = sorted(Authenticator.of(user.id), key=lambda row: row.kind != Kind.APP)
    for row in mine[:1]:
        Authenticator.update(preferred=True).where(Authenticator.id == row.id).execute()


def seed_payment(kit: Kit, company: Company, by: User) -> None:
    made_at = kit.now - timedelta(days=3)
    row = PaymentVersion(
        id=new_id(), company=company, version=1, changed="", made_by=by, made_at=made_at, takes_effect_at=made_at
    )
    row.details = kit.keys.seal(json.dumps(PAYEE.as_dict()), row.place_of_details)
    row.save(force_insert=True)


def move_clock(kit: DemoKit, offset: timedelta) -> None:
    """Set the distance from real time. Going back, apps forget the steps that are in the future again."""
    kit.clock.set(offset)
    step = int(kit.now.timestamp()) // 30
    with writing():
        Authenticator.update(last_step=step - 2).where(Authenticator.last_step > step + 1).execute()
