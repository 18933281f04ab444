"""Users: members, roles and invitations; and that none of it opens a way around two-step verification."""

import re
import threading

import pytest
from house.asking import PAYMENT, app_code, company_of, user_of

from portal.accounts import sign_ins
from portal.companies import invitations, members
from portal.companies.members import LastAdministrator, Readiness
from portal.database import database
from portal.demo import seed
from portal.models.authenticator import Authenticator
from portal.models.challenge import Challenge, Purpose
from portal.models.company import Membership, Role
from portal.models.link import Link, LinkKind
from portal.models.user import User
from portal.refusals import NotBefore
from portal.verification import gate
from portal.verification.gate import Assurance, NotVerified

USERS = "/companies/1/settings/users"
PASSWORD = "four unrelated words surely"


@pytest.fixture
def engines():
    return company_of("Analytical Engines")


@pytest.fixture
def grace(verified):
    return verified().opens(USERS)


def role_of(name: str) -> str | None:
    row = Membership.get_or_none(Membership.user == user_of(name).id, Membership.company == 1)
    return row.role if row else None


def edit(name: str) -> str:
    return f"{USERS}/{user_of(name).id}"


def invited(browser, email="new@example.com", role="Developer") -> str:
    """Invite somebody; the link on the page."""
    browser.opens(USERS).clicks("Invite a user").fills("E-mail address", email).chooses(role_words(browser, role))
    return browser.presses("Make invitation").value("Link").removeprefix("http://localhost")


def role_words(browser, role: str) -> str:
    radios = [each.text for each in browser.page.every("label") if each.first("input", type="radio")]
    return next(words for words in radios if words.startswith(role))


def signs_up(browser, link: str):
    return browser.opens(link).fills("Your name", "New Person").fills("Password", PASSWORD).presses("Sign up and join")


def assured(kit, name: str, company) -> Assurance:
    """Somebody with a verification in force, without any web."""
    by = sign_ins.open_sign_in(kit, user_of(name), "127.0.0.1", "a test")
    now = kit.now
    about = {"sign_in": by, "user": by.user_id, "company": company, "purpose": Purpose.PAYMENT_INFORMATION}
    until = now.replace(hour=now.hour + 1)
    Challenge.create(**about, created_at=now, passed_at=now, open_until=until)
    if not Authenticator.of(by.user_id):
        Authenticator.create(user=by.user_id, kind="phone", place="account_site", number="+12025550100", added_at=now)
    return gate.enter(kit, gate.look(kit, by, company.id))


# Who sees what


def test_members_see_who_belongs_and_what_each_role_may(person):
    alan = person("alan").clicks("Users").sees("Ada Byron", "grace@example.com", "What each role may see and do")
    alan.does_not_see("Invite a user", "Change role")


def test_readiness_is_a_word_and_never_a_number(person):
    alan = person("alan").clicks("Users").sees("Not ready", "One way only", "Ready")
    alan.does_not_see("0143", "0178", "900123", "Work phone")


def test_readiness_counts_authenticators(engines):
    words = {each.user.email.partition("@")[0]: each.readiness for each in members.of(engines)}
    assert (words["ada"], words["mary"], words["grace"]) == (Readiness.NOT_READY, Readiness.ONE_WAY, Readiness.READY)


def test_for_a_stranger_there_is_nothing(person):
    assert person("emmy").opens(USERS).status == 404
    assert person("emmy").opens(f"{USERS}/invite").status == 404


@pytest.mark.parametrize("path", [f"{USERS}/invite", f"{USERS}/2"])
def test_who_is_no_administrator_is_refused(person, path):
    alan = person("alan").opens(path)
    assert (alan.status, alan.heading) == (403, "No access")
    assert alan.sends(path, {"email": "x@example.com", "role": "administrator"}).status_code == 403


# No way around two-step verification


@pytest.mark.parametrize("path", [f"{USERS}/invite", f"{USERS}/5"])
def test_an_open_laptop_is_not_enough_to_make_an_administrator(person, path, kit):
    grace = person("grace").opens(path)
    assert grace.heading == "Enter the code"
    grace.sends(path, {"email": "thief@example.com", "role": "administrator"})
    assert role_of("alan") == "developer"
    assert not Link.select().where(Link.kind == LinkKind.INVITATION.value).exists()
    assert grace.fills("Six-digit code", app_code(kit)).presses("Verify").path == path


def test_an_invitation_that_came_too_late_is_typed_in_again_but_not_made(grace, clock, kit):
    grace.clicks("Invite a user").fills("E-mail address", "new@example.com")
    clock.forward(minutes=16)
    grace.presses("Make invitation").fills("Six-digit code", app_code(kit)).presses("Verify")
    assert (grace.heading, grace.value("E-mail address")) == ("Invite a user", "new@example.com")
    assert not Link.select().where(Link.email == "new@example.com").exists()


def test_the_domain_asks_the_gate_again(kit, engines):
    grace = assured(kit, "grace", engines)
    gate.end(kit, grace)
    for act in (
        lambda: invitations.invite(kit, grace, "x@example.com", Role.ADMINISTRATOR),
        lambda: members.change_role(kit, grace, user_of("alan").id, Role.ADMINISTRATOR),
        lambda: members.remove(kit, grace, user_of("ada").id),
    ):
        with pytest.raises(NotVerified):
            act()
    assert (role_of("alan"), role_of("ada")) == ("developer", "administrator")


# Roles


def test_a_role_is_changed_on_the_record(grace, events):
    grace.opens(edit("alan")).chooses(role_words(grace, "Marketer")).presses("Save role")
    assert (grace.path, grace.status_line) == (USERS, "Alan Mathison is marketer now.")
    assert role_of("alan") == "marketer"
    event = events("member.role_changed")[0]
    assert (event.user, event.details) == (user_of("grace").id, {"member": "alan@example.com", "role": "marketer"})


def test_a_new_administrator_is_told_to_all_of_them(grace, kit):
    grace.opens(edit("alan")).chooses(role_words(grace, "Administrator")).presses("Save role")
    told = {letter["to"] for letter in kit.mail.letters() if letter["subject"].startswith("A new administrator")}
    assert told == {f"{name}@example.com" for name in ("ada", "grace", "mary", "alan")}


def test_a_role_taken_away_acts_on_the_next_click(kit, grace, engines):
    members.set_role(kit, engines, user_of("grace").id, Role.DEVELOPER, address="cli")
    assert grace.opens(PAYMENT).status == 403
    assert grace.opens(f"{USERS}/invite").status == 403


def test_a_role_given_back_does_not_bring_the_verification_back(kit, grace, engines):
    members.set_role(kit, engines, user_of("grace").id, Role.DEVELOPER, address="cli")
    members.set_role(kit, engines, user_of("grace").id, Role.ADMINISTRATOR, address="cli")
    assert grace.opens(PAYMENT).heading == "Enter the code"


def test_a_role_that_is_none_is_refused(grace):
    assert grace.sends(edit("alan"), {"role": "king"}).status_code == 422
    assert grace.sends(edit("alan"), {}).status_code == 422
    assert role_of("alan") == "developer"


@pytest.mark.parametrize("user", ["4", "999", "2147483647"])
def test_somebody_of_another_company_is_nobody_here(grace, user):
    assert grace.opens(f"{USERS}/{user}").status == 404
    assert grace.sends(f"{USERS}/{user}", {"remove": "y"}).status_code == 404


# Removing


def test_a_removed_member_is_out_on_the_next_click(grace, person):
    alan = person("alan")
    grace.opens(edit("alan")).presses("Remove Alan Mathison")
    assert grace.status_line == "Alan Mathison is removed from the company."
    assert alan.opens(USERS).status == 404
    assert alan.opens("/").heading == "No company yet"


def test_who_is_removed_while_verifying_gets_a_sentence_and_nothing_else(kit, person, phone, engines):
    mary = person("mary").opens(PAYMENT).presses("Send code")
    members.put_out(kit, engines, user_of("mary").id, address="cli")
    mary.fills("Six-digit code", phone("+12025550178").newest_code()).presses("Verify")
    assert (mary.status, mary.alert) == (404, "There is nothing at this address.")
    mary.does_not_see("DE89", "3000")


def test_who_removes_themselves_is_shown_out(grace):
    grace.opens(edit("grace")).presses("Remove Grace Murray")
    assert (role_of("grace"), grace.heading) == (None, "No company yet")


# A company always keeps an administrator


@pytest.fixture
def alone(kit, engines):
    for name in ("ada", "mary"):
        members.put_out(kit, engines, user_of(name).id, address="cli")


def test_the_last_administrator_is_not_demoted(alone, grace):
    grace.opens(edit("grace")).chooses(role_words(grace, "Analyst")).presses("Save role")
    assert grace.status == 409
    assert "a company always keeps one" in grace.alert
    assert role_of("grace") == "administrator"


def test_the_last_administrator_is_not_removed(alone, grace):
    grace.opens(edit("grace")).presses("Remove Grace Murray")
    assert (grace.status, role_of("grace")) == (409, "administrator")


def test_two_administrators_who_demote_each_other_at_once_leave_one(kit, engines):
    members.put_out(kit, engines, user_of("ada").id, address="cli")
    pair = {"grace": "mary", "mary": "grace"}
    assurances = {name: assured(kit, name, engines) for name in pair}
    start, failures = threading.Barrier(2), []

    def demote(by: str) -> None:
        with database.connection_context():
            start.wait()
            try:
                members.change_role(kit, assurances[by], user_of(pair[by]).id, Role.DEVELOPER)
            except (gate.Obstacle, LastAdministrator) as refused:
                failures.append(refused)

    threads = [threading.Thread(target=demote, args=(name,)) for name in pair]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted([role_of("grace"), role_of("mary")]) == ["administrator", "developer"]
    assert len(failures) == 1


# Invitations


def test_an_invitation_is_mailed_and_copyable(grace, kit):
    link = invited(grace)
    assert "mailed the link to new@example.com" in grace.status_line
    assert kit.mail.letters()[-1]["body"].count(link) == 1
    grace.sees("Copy link").clicks("Back to Users").sees("new@example.com", "As developer, works until")


def test_the_token_is_not_in_the_database(grace):
    link = invited(grace)
    assert link.rpartition("/")[2] not in str(list(Link.select().tuples()))


def test_without_mail_the_link_is_there_all_the_same(grace, kit, monkeypatch):
    def broken(_):
        raise OSError("no route")

    monkeypatch.setattr(kit.mail.__class__, "send", lambda self, letter: broken(letter))
    link = invited(grace)
    assert "could not be mailed" in grace.alert
    assert link.startswith("/join/")


def test_who_is_new_signs_up_and_is_in(grace, visitor, events):
    new = signs_up(visitor(), invited(grace))
    assert (new.heading, new.status) == ("Home", 200)
    assert Membership.get(Membership.user == User.get(User.email == "new@example.com").id).role == "developer"
    assert len(events("invitation.accepted")) == 1


def test_an_invitation_works_once(grace, visitor):
    link = invited(grace)
    signs_up(visitor(), link)
    again = visitor().opens(link)
    assert (again.status, again.heading) == (410, "This link does not work any more")


def test_an_invitation_expires(grace, visitor, clock):
    link = invited(grace)
    clock.forward(days=7, minutes=1)
    assert visitor().opens(link).status == 410


def test_a_newer_invitation_takes_the_place_of_an_older_one(grace, visitor):
    old, new = invited(grace), invited(grace, role="Analyst")
    assert visitor().opens(old).status == 410
    visitor().opens(new).sees("as analyst")


def test_a_withdrawn_invitation_is_dead(grace, visitor, events):
    link = invited(grace)
    grace.opens(USERS).presses("Withdraw the invitation of new@example.com").does_not_see("Open invitations")
    assert visitor().opens(link).status == 410
    assert len(events("invitation.withdrawn")) == 1


def test_an_invitation_of_another_company_cannot_be_withdrawn(grace, person):
    invited(grace)
    link = Link.get(Link.kind == LinkKind.INVITATION.value)
    emmy = person("emmy")
    emmy.sends(f"/companies/2/settings/users/invitations/{link.id}/withdraw")
    assert Link.get_by_id(link.id).used_at is None


def test_who_is_signed_in_joins_with_one_button(grace, person, events):
    link = invited(grace, "emmy@example.com", "Administrator")
    emmy = person("emmy").opens(link).presses("Join Analytical Engines as administrator")
    assert emmy.status_line == "You belong to Analytical Engines now."
    assert role_of("emmy") == "administrator"
    assert emmy.opens(link).status == 410


def test_who_has_an_account_signs_in_first(grace, visitor):
    link = invited(grace, "emmy@example.com")
    emmy = visitor().opens(link)
    assert emmy.heading == "Sign in"
    emmy.fills("E-mail address", "emmy@example.com").fills("Password", seed.PASSWORD).presses("Sign in")
    assert emmy.heading == "You are invited"


def test_an_invitation_opened_by_another_person_says_whose_it_is(grace, person):
    link = invited(grace, "emmy@example.com")
    alan = person("alan").opens(link)
    assert (alan.status, alan.heading) == (403, "This invitation is for somebody else")
    assert alan.alert == "It is for e•••@example.com, and you are signed in as alan@example.com."
    accept = link.replace("/join/", "/invitations/")
    assert alan.sends(accept).status_code == 403
    assert Link.get(Link.email == "emmy@example.com").used_at is None


def test_an_invitation_is_not_accepted_twice_at_once(grace, person, kit):
    link = invited(grace, "emmy@example.com").replace("/join/", "/invitations/")
    emmy = person("emmy").opens(link)
    assert [emmy.sends(link).status_code for _ in range(2)] == [303, 410]


@pytest.mark.parametrize("path", ["/join/nothing", "/invitations/nothing"])
def test_a_link_that_never_was_is_dead(person, path):
    assert person("alan").opens(path).status == 410


def test_a_member_is_not_invited_again(grace):
    grace.clicks("Invite a user").fills("E-mail address", "Alan@Example.com").presses("Make invitation")
    assert (grace.status, "already" in grace.error_beside("E-mail address")) == (422, True)


@pytest.mark.parametrize("email", ["", "nobody", "a b@example.com", "ü@example.com", "x" * 1_000_000, "a@b\u202e.com"])
def test_an_address_looks_like_one(grace, email):
    grace.clicks("Invite a user").fills("E-mail address", email).presses("Make invitation")
    assert (grace.status, bool(grace.error_beside("E-mail address"))) == (422, True)


def test_a_company_makes_a_number_of_invitations_a_day(kit_with, engines):
    few = kit_with(invitations_a_day=1)
    grace = assured(few, "grace", engines)
    invitations.invite(few, grace, "one@example.com", Role.ANALYST)
    with pytest.raises(NotBefore):
        invitations.invite(few, grace, "two@example.com", Role.ANALYST)


@pytest.mark.parametrize("name", ["🧮 Ada", "עדה", "<script>alert(1)</script>", "a" * 100])
def test_odd_names_stand_in_the_list_as_they_are(person, name):
    User.update(name=name).where(User.email == "alan@example.com").execute()
    grace = person("grace").opens(USERS).sees(name)
    assert not re.search(r"<script>alert", grace.html)
