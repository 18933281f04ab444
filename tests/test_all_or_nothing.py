"""What is done by a link or a button is done as a whole, or not at all; and then it can be done again."""

from datetime import timedelta
from functools import partial

import pytest
from house.asking import PAYMENT, company_of, user_of
from house.desk import newest_case, signed_in
from house.faults import all_or_nothing
from house.payouts import IBAN, types

from portal.accounts.staff import Desk
from portal.companies import invitations
from portal.database import writing
from portal.models.company import Company, Membership, Role
from portal.models.link import Link, LinkKind
from portal.models.payment import PaymentDraft, PaymentVersion
from portal.models.replacement import Replacement
from portal.payments import changes
from portal.support import cases
from portal.verification import replacement

STRONG = "violet otter climbs nine ladders"
DAY = timedelta(days=1)


@pytest.fixture
def link(kit):
    """The path of a link in a mail to somebody of the demo."""

    def make(kind: LinkKind, path: str, name: str = "grace", **about: object) -> str:
        user = user_of(name)
        return f"/{path}/{Link.make(kind, user.email, kit.now, DAY, **{'user': user, **about})}"

    return make


def sends(browser, path, said=200, **fields):
    """An act at this address, and that it was answered so, where it was not our fault."""

    def act() -> None:
        answer = browser.sends(path, fields)
        assert answer.status_code in (said, 503), answer.status

    return act


# Links


def test_this_was_not_me_by_link(kit, visitor, link):
    path = link(LinkKind.NOT_ME, "not-me")
    assert all_or_nothing(kit, sends(visitor().opens(path), path)) > 10
    assert user_of("grace").frozen_at
    assert newest_case().urgent
    assert visitor().opens(path).status == 410


def test_a_waiting_change_held_by_link(kit, visitor, verified, link):
    Company.update(waiting_hours=24).execute()
    path = link_to_hold(kit, verified())
    assert all_or_nothing(kit, sends(visitor().opens(path), path)) > 10
    assert PaymentVersion.get(PaymentVersion.version == 2).held_at
    assert visitor().opens(path).status == 410


def test_payouts_held_by_link(kit, visitor, verified):
    path = link_to_hold(kit, verified())
    assert all_or_nothing(kit, sends(visitor().opens(path), path)) > 10
    assert company_of("Analytical Engines").payouts_held_at
    assert visitor().opens(path).status == 410


def link_to_hold(kit, grace) -> str:
    """Of a change that she just saved, to Mary."""
    types(grace.opens(f"{PAYMENT}/edit"), "France", "EUR", IBAN).presses("Check the changes")
    grace.presses("Save payment information")
    row = PaymentVersion.get(PaymentVersion.version == 2)
    return f"/hold/{changes.hold_link(kit, row, user_of('mary'))}"


def test_a_replacement_cancelled_by_link(kit, visitor, link):
    with writing():
        case = cases.opened(kit, signed_in(kit, "grace"), Desk.CUSTOMER_SUPPORT, "chat")
        replacement.begin(kit, signed_in(kit, "care"), case)
    path = link(LinkKind.REPLACEMENT, "replacement")
    assert all_or_nothing(kit, sends(visitor().opens(path), path)) > 10
    assert Replacement.get().cancelled_at
    assert visitor().opens(path).status == 410


def test_a_new_password_by_link(kit, visitor, link):
    path = link(LinkKind.RESET, "new-password")
    before = user_of("grace").password
    assert all_or_nothing(kit, sends(visitor().opens(path), path, 303, password=STRONG)) > 10
    assert user_of("grace").password != before
    assert visitor().opens(path).status == 410


def test_signing_up_by_link(kit, visitor):
    path = f"/join/{Link.make(LinkKind.SIGN_UP, 'new@example.com', kit.now, DAY)}"
    fields = {"name": "Nia", "company": "Nia & Co", "password": STRONG}
    assert all_or_nothing(kit, sends(visitor().opens(path), path, 303, **fields)) > 10
    assert Membership.get(Membership.user == user_of("new")).company == company_of("Nia & Co")
    assert visitor().opens(path).status == 410


def test_signing_up_by_invitation(kit, visitor):
    about = {"company": company_of("Analytical Engines"), "role": "administrator"}
    path = f"/join/{Link.make(LinkKind.INVITATION, 'new@example.com', kit.now, DAY, **about)}"
    assert all_or_nothing(kit, sends(visitor().opens(path), path, 303, name="Nia", password=STRONG)) > 10
    assert Membership.get(Membership.user == user_of("new")).is_administrator


def test_an_invitation_accepted(kit, person, link):
    about = {"company": company_of("Difference Works"), "role": "administrator", "user": None}
    path = link(LinkKind.INVITATION, "invitations", "alan", **about)
    alan = person("alan").opens(path)
    assert all_or_nothing(kit, sends(alan, path, 303)) > 10
    assert Membership.get(Membership.user == user_of("alan"), Membership.company == about["company"]).is_administrator
    assert alan.opens(path).status == 410


# Buttons


def test_this_was_not_me(kit, person):
    grace, elsewhere = person("grace").opens("/account/activity"), person("grace")
    assert all_or_nothing(kit, sends(grace, "/account/activity/not-me", 303)) > 10
    assert user_of("grace").frozen_at
    assert newest_case().urgent
    assert elsewhere.opens("/").heading == "Sign in"


def test_a_save_with_the_end_of_its_draft(kit, verified):
    grace = verified().opens(f"{PAYMENT}/edit")
    types(grace, "France", "EUR", IBAN).presses("Check the changes")
    assert all_or_nothing(kit, sends(grace, f"{PAYMENT}/check", 303, seen="1")) > 10
    assert PaymentVersion.select().count() == 2
    assert PaymentDraft.select().count() == 0


@pytest.mark.parametrize(
    ("path", "fields"),
    [
        ("/companies/new", {"name": "Another"}),
        ("/account/login-and-security/name", {"name": "Grace"}),
        ("/account/login-and-security/sign-out-others", {}),
        ("/support/chat/customer", {"message": "My phone is gone."}),
        ("/support/call-back", {"number": "202 555 0143", "when": "now"}),
        ("/companies/1/settings/company-profile/edit", {"name": "Analytical Engines Ltd"}),
        ("/companies/1/settings/company-profile/second-step-at-sign-in/on", {}),
        ("/companies/1/settings/users/5", {"role": "administrator"}),
        ("/companies/1/settings/users/5/remove", {}),
        (f"{PAYMENT}/edit/discard", {}),
        (f"{PAYMENT}/end", {}),
        ("/sign-out", {}),
    ],
)
def test_every_button(kit, verified, path, fields):
    assert all_or_nothing(kit, sends(verified(), path, 303, **fields)) >= 2


# Mails with a link


@pytest.mark.parametrize(
    ("path", "email"),
    [("/new-password", "grace@example.com"), ("/sign-up", "new@example.com"), ("/sign-up", "grace@example.com")],
)
def test_a_mail_that_is_asked_for_at_the_door(kit_with, app, visitor, path, email):
    kit = app.extensions["kit"] = kit_with(mails_an_hour=1)
    assert all_or_nothing(kit, sends(visitor().opens(path), path, email=email)) > 3
    assert [letter["to"] for letter in kit.mail.letters()] == [email]


def test_an_invitation_with_its_mail(kit, asked):
    assurance = asked("grace").passes().enters()
    invite = partial(invitations.invite, kit, assurance, "new@example.com", Role.DEVELOPER)
    assert all_or_nothing(kit, invite) > 10
    assert [letter["to"] for letter in kit.mail.letters()] == ["new@example.com"]
