"""The gate's rules as a table: of all that is in the way at once, what is said is the first, in the order of the FAQ.

No database here: facts are made, and one pure function decides.
"""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import chain, combinations

import pytest

from portal.accounts.staff import Desk
from portal.models.challenge import Challenge
from portal.models.company import Company, Membership, Role
from portal.models.sign_in import SignIn
from portal.models.user import User
from portal.verification import gate
from portal.verification.facts import Facts
from portal.verification.gate import Door

NOW = datetime(2026, 3, 2, 12, tzinfo=UTC)
MINUTE, LASTS = timedelta(minutes=1), timedelta(minutes=15)

# What the FAQ says of each, in its order; "we" are the words of PRODUCT.md, where the FAQ is silent.
IN_THE_WAY = {
    gate.NotAMember: "we: not a company of this person, or none at all; the two look the same",
    gate.NotAdministrator: "You must be an account administrator to access the Payment Information page.",
    gate.AccountLocked: "10 failed verification attempts in a row result in an account lockout.",
    gate.AccountFrozen: "we: after 'this was not me' nothing changes until a new password is set by mail",
    gate.NotAtThisDesk: "The developer support team does not have the ability to add or change your phone number.",
    gate.PasswordNeeded: "we: changing authenticators asks for the password too",
    gate.NoAuthenticator: "If you don't have a phone number or authenticator app, you can't make updates.",
    gate.NotVerified: "Accessing the Payment Information page initiates the two-step verification process.",
}
OF_PAYMENT_INFORMATION = {gate.NotAMember, gate.NotAdministrator}
OF_A_CHANGE = {gate.NotAtThisDesk, gate.PasswordNeeded}
AT = {
    Door.PAYMENT_INFORMATION: set(IN_THE_WAY) - OF_A_CHANGE,
    Door.AUTHENTICATORS: set(IN_THE_WAY) - OF_PAYMENT_INFORMATION - {gate.NoAuthenticator},
    Door.SIGN_IN: set(IN_THE_WAY) - OF_PAYMENT_INFORMATION - OF_A_CHANGE,
}


def passed(minutes_ago: int = 5, **more: object) -> Challenge:
    at = NOW - minutes_ago * MINUTE
    return Challenge(**{"passed_at": at, "open_until": at + LASTS, **more})


def facts(*wrong: type[gate.Obstacle]) -> Facts:
    """Of an administrator who may do everything, but for what is wrong."""
    company = Company(id=1, name="Analytical Engines", second_step_at_sign_in=True)
    user = User(id=1, email="grace@example.com", name="Grace")
    sign_in = SignIn(id=1, user=user, confirmed_at=NOW - MINUTE)
    role = Role.DEVELOPER if gate.NotAdministrator in wrong else Role.ADMINISTRATOR
    membership = Membership(user=user, company=company, role=role)
    if gate.AccountLocked in wrong:
        user.locked_until = NOW + MINUTE
    if gate.AccountFrozen in wrong:
        user.frozen_at = NOW - MINUTE
    if gate.NotAtThisDesk in wrong:
        user.staff = Desk.DEVELOPER_SUPPORT
    if gate.PasswordNeeded in wrong:
        sign_in.confirmed_at = None
    verification = None if gate.NotVerified in wrong else passed()
    return Facts(
        sign_in=sign_in,
        memberships=[membership],
        membership=None if gate.NotAMember in wrong else membership,
        has_authenticator=gate.NoAuthenticator not in wrong,
        recovery_codes=0,
        replacement_is_due=False,
        opened=verification,
        permitting=verification,
    )


def said(known: Facts, door: Door) -> type[gate.Obstacle] | None:
    found = gate.obstacle(known, door, NOW, LASTS)
    return type(found) if found else None


def every_mixture_of(things: set[type[gate.Obstacle]]) -> list[tuple[type[gate.Obstacle], ...]]:
    ordered = [each for each in IN_THE_WAY if each in things]
    return list(chain.from_iterable(combinations(ordered, count) for count in range(len(ordered) + 1)))


@pytest.mark.parametrize("door", [Door.PAYMENT_INFORMATION, Door.AUTHENTICATORS])
def test_of_everything_in_the_way_the_first_is_said(door):
    for wrong in every_mixture_of(AT[door]):
        assert said(facts(*wrong), door) == next(iter(wrong), None), wrong


def test_at_the_door_nothing_is_passed_yet_and_so_the_second_step_is_asked_for():
    for wrong in every_mixture_of(AT[Door.SIGN_IN]):
        assert said(facts(*wrong), Door.SIGN_IN) == next(iter(wrong), gate.NotVerified), wrong


def test_the_door_is_open_to_who_has_taken_the_second_step_and_where_nobody_wants_it():
    known = facts(gate.AccountLocked, gate.NoAuthenticator)
    known.sign_in.second_step_at = NOW - MINUTE
    assert said(known, Door.SIGN_IN) is None
    known.sign_in.second_step_at, known.memberships[0].company.second_step_at_sign_in = None, False
    assert said(known, Door.SIGN_IN) is None
    known.person.staff = Desk.CUSTOMER_SUPPORT
    assert said(known, Door.SIGN_IN) == gate.AccountLocked


def test_what_is_no_rule_of_a_door_is_not_in_the_way_there():
    for door, rules in AT.items():
        others = [each for each in IN_THE_WAY if each not in rules]
        known = facts(*others) if door is not Door.AUTHENTICATORS else replace(facts(*others), has_authenticator=True)
        assert said(known, door) in (None, gate.NotVerified), door


def test_who_has_no_authenticator_changes_them_with_the_password_alone():
    known = facts(gate.NoAuthenticator, gate.NotVerified)
    assert said(known, Door.AUTHENTICATORS) is None
    known.sign_in.confirmed_at = NOW - LASTS
    assert said(known, Door.AUTHENTICATORS) == gate.PasswordNeeded


@pytest.mark.parametrize(
    ("verification", "opens"),
    [
        (passed(0), True),
        (passed(14), True),
        (passed(15), False),  # absolute: 15 minutes, however busy one was
        (passed(-1), False),  # from later than our clock shows
        (passed(5, closed_at=NOW), False),
        (passed(5, open_until=None), False),  # a trial, or a first code that opened nothing
        (Challenge(open_until=NOW + MINUTE), False),
        (None, False),
    ],
)
def test_a_verification_opens_for_its_fifteen_minutes(verification, opens):
    known = replace(facts(), opened=verification, permitting=verification)
    for door in (Door.PAYMENT_INFORMATION, Door.AUTHENTICATORS):
        assert said(known, door) == (None if opens else gate.NotVerified)


def test_an_ended_sign_in_is_as_good_as_locked_everywhere():
    known = facts()
    known.sign_in.ended_at = NOW
    assert {said(known, door) for door in Door} == {gate.AccountLocked}


def test_the_company_is_named_to_its_members_alone():
    assert gate.obstacle(facts(gate.NotVerified), Door.PAYMENT_INFORMATION, NOW, LASTS).company.id == 1
    assert gate.obstacle(facts(gate.NotAMember), Door.PAYMENT_INFORMATION, NOW, LASTS).company is None
    assert gate.obstacle(facts(gate.NotVerified), Door.AUTHENTICATORS, NOW, LASTS).company is None
