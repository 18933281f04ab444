"""Every page that people of the demo can reach: nothing for axe to find, in light and dark, and no wider than a phone.

The pages are found as people find them, by the links on them; the routes that nobody came to are named at the end.
"""

from __future__ import annotations

import re
from contextlib import suppress
from dataclasses import dataclass, field
from html import unescape

import pytest
from house.asking import app_code
from house.phones import wrong_code
from werkzeug.exceptions import HTTPException

from portal.demo import rooms, seed
from portal.models.payment import PaymentVersion

from .looking import faults_of, structure
from .person import PAYMENT_INFORMATION, Person

pytestmark = pytest.mark.browser

BEGINNINGS = ("/", "/help", "/account", "/support", "/desk", "/sign-up", "/new-password", "/dev/phones")
SETTINGS = "/account/login-and-security/2-step-verification"
NO_PAGES = {"static", "healthz"}


@dataclass
class Visits:
    """What was seen by anybody: which routes, and which kinds of pages."""

    routes: set[str] = field(default_factory=set)
    kinds: set[object] = field(default_factory=set)


@pytest.fixture(scope="module")
def visits():
    return Visits()


@pytest.fixture
def url_map(kit):
    return rooms.program(kit).url_map


@pytest.fixture
def walks(visits, url_map):
    """Follow every link, beginning at the pages that need none; look at each kind of page once."""
    adapter, faults = url_map.bind("localhost"), []

    def walk(somebody: Person, *more: str) -> None:
        todo, done = [*BEGINNINGS, *more], set()
        while todo:
            path = unescape(todo.pop(0)).partition("#")[0]
            if (known := re.sub(r"=[^&]*", "", path)) in done:
                continue
            done.add(known)
            answer = somebody.context.request.get(somebody.url + path)
            arrived = answer.url.removeprefix(somebody.url)
            for each in (path, arrived):
                with suppress(HTTPException):
                    visits.routes.add(adapter.match(each.partition("?")[0])[0])
            if not answer.headers["content-type"].startswith("text/html"):
                continue
            html = answer.text()
            todo += [f"{arrived.partition('?')[0]}{each}" if each[0] == "?" else each for each in LINK.findall(html)]
            if (kind := structure(html)) not in visits.kinds:
                visits.kinds.add(kind)
                faults.extend(faults_of(somebody.opens(arrived).page))

    yield walk
    assert not faults, "\n".join(faults)


LINK = re.compile(r'<a [^>]*href="([/?](?!dev/gallery)[^"]*)"')  # the gallery has tests of its own


def test_every_page_of_somebody_who_is_not_signed_in(visitor, walks, kit):
    for door in ("/sign-up", "/new-password"):
        visitor().opens(door).fills("E-mail address", f"new{len(door)}@example.com").clicks("Send link")
    visitor().opens("/new-password").fills("E-mail address", "mary@example.com").clicks("Send link")
    walks(visitor(), *links_of(kit), "/join/used", "/new-password/used", "/not-me/used", "/dev/phones/+12025550143")


@pytest.mark.parametrize("name", ["ada", "alan", "mary", "emmy"])
def test_every_page_of_somebody_who_has_just_signed_in(person, walks, name):
    walks(person(name), "/companies/3/", "/companies/1/settings/my-account/phone-number")


def test_every_page_of_somebody_who_has_verified(person, walks, kit, visitor):
    grace = person("grace")
    walks(grace)
    grace.opens("/").follows(PAYMENT_INFORMATION).fills("Six-digit code", app_code(kit)).clicks("Verify")
    grace.clicks("Edit").fills("City", "Paris").clicks("Check the changes").clicks("Save payment information")
    PaymentVersion.update(four_eyes=True).where(PaymentVersion.version == 2).execute()
    grace.clicks("Edit").fills("City", "Rome").clicks("Check the changes")
    grace.opens("/companies/1/settings/users/invite").fills("E-mail address", "mary@example.org")
    grace.chooses("Analyst").clicks("Make invitation")
    grace.opens(f"{SETTINGS}/phone").fills("Password", seed.PASSWORD).clicks("Continue")
    grace.fills("Six-digit code", app_code(kit, steps=1)).clicks("Verify")
    waiting = PaymentVersion.get(PaymentVersion.version == 2).id
    approvals = (f"{PAYMENT}/approve/{each}" for each in ("change/2", f"second/{waiting}", "rules/1/0/0"))
    walks(grace, *links_of(kit), f"{PAYMENT}/check", *approvals)
    walks(visitor(), *links_of(kit))


PAYMENT = "/companies/1/settings/payments-and-benefits/payment-information"


def test_every_page_of_a_company_without_payout_details(person, walks, phone):
    emmy = person("emmy").follows(PAYMENT_INFORMATION).clicks("Send code")
    emmy.fills("Six-digit code", phone("+1 202 555 0166").code()).clicks("Verify").is_at("Payment Information")
    walks(emmy)


def test_every_page_that_says_what_is_wrong(person, visitor, phone, kit):
    faults = []

    def looks(somebody: Person, heading: str) -> Person:
        faults.extend(faults_of(somebody.is_at(heading).page))
        return somebody

    door = visitor().opens("/sign-in").fills("E-mail address", "ada").fills("Password", "no").clicks("Sign in")
    looks(door, "Sign in")

    ada = person("ada").follows(PAYMENT_INFORMATION).fills("Phone number", "12").clicks("Send code")
    looks(ada, "Add a phone number").fills("Phone number", "+1 202 555 0101").clicks("Send code")
    looks(ada, "Enter the code").fills("Six-digit code", wrong_code(phone("+1 202 555 0101").code())).clicks("Verify")
    looks(ada, "Enter the code").another_tab().opens("/dev/phones")
    faults.extend(faults_of(ada.context.pages[-1]))

    mary = person("mary").follows(PAYMENT_INFORMATION).clicks("Send code")
    for _ in range(10):
        mary.fills("Six-digit code", wrong_code(phone("+1 202 555 0178").code())).clicks("Verify")
    looks(mary, "Verification is locked")

    grace = person("grace").follows(PAYMENT_INFORMATION).fills("Six-digit code", app_code(kit)).clicks("Verify")
    grace.clicks("Edit").fills("Legal name", "").fills("IBAN", "DE00").clicks("Check the changes")
    looks(grace, "Edit payment information").fills("Legal name", "Engines").fills("IBAN", "DE75512108001245126199")
    looks(grace.clicks("Check the changes"), "Check the changes").clicks("Save payment information")
    looks(grace.clicks("Show account number"), "Payment Information")
    grace.opens(f"{SETTINGS}/recovery-codes").fills("Password", seed.PASSWORD).clicks("Continue")
    grace.fills("Six-digit code", app_code(kit, steps=1)).clicks("Verify").clicks("Make recovery codes")
    looks(grace, "Recovery codes").opens("/account/activity").clicks("This wasn’t me")
    looks(grace.opens("/").follows(PAYMENT_INFORMATION), "Your account is protected")
    assert not faults, "\n".join(faults)


def test_every_page_of_the_desks_and_of_those_who_write_to_them(person, visitor, walks, kit):
    mary = person("mary").opens("/support/chat/customer").fills("Message", "My phone is lost.").clicks("Send message")
    mary.opens("/support/chat/developer").fills("Message", "Where is my money?").clicks("Send message")
    care, devsupport = (at_the_desk(person, name, walks, kit) for name in ("care", "devsupport"))
    care.opens("/desk/cases/1").clicks("Take case").chooses("Called back")
    care.fills("Which number, or which facts", "The number of the company").clicks("Record it")
    care.clicks("Replace lost phones and apps").is_told("The replacement has begun.")
    devsupport.opens("/desk/cases/2").clicks("Take case").fills("Answer", "On its way.").clicks("Send answer")
    walks(care)
    walks(mary)
    walks(visitor(), *links_of(kit))
    devsupport.clicks("Close case")
    walks(devsupport, "/desk?closed=1")
    walks(mary)


def at_the_desk(person, name, walks, kit):
    staff = person(name)
    walks(staff, "/sign-in/second-step")
    return staff.opens("/").fills("Six-digit code", app_code(kit, name)).clicks("Verify")


def links_of(kit) -> list[str]:
    """The links in the mails that have gone out."""
    bodies = "\n".join(letter["body"] for letter in kit.mail.letters())
    return [each.removeprefix(kit.settings.url) for each in re.findall(r"https?://\S+", bodies)]


def test_no_page_was_forgotten(visits, url_map, request):
    asked = [each for each in request.session.items if each.path == request.path]
    if len(asked) < 10:
        pytest.skip("only some of these tests were asked for")
    pages = {rule.endpoint for rule in url_map.iter_rules() if "GET" in rule.methods} - NO_PAGES
    assert not pages - visits.routes, f"Nobody came to {sorted(pages - visits.routes)}."
