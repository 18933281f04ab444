"""The operator's commands: what they do, what they refuse, and what stands on the record."""

import json

import pytest
from click.testing import CliRunner
from house.asking import PAYMENT, company_of, user_of
from house.world import close

from portal import cli
from portal.accounts import passwords
from portal.database import database
from portal.demo import seed
from portal.models.authenticator import Authenticator
from portal.models.company import Membership
from portal.models.link import Link
from portal.models.recovery_code import RecoveryCode
from portal.models.user import User

PASSWORD = "four unrelated words surely"


@pytest.fixture
def portal(kit, monkeypatch):
    """The command as in a shell of its own, in the folder of this test's demo."""
    monkeypatch.setenv("PORTAL_DATA", str(kit.settings.data))
    monkeypatch.setenv("PORTAL_DATABASE", kit.settings.database)
    (kit.settings.data / "demo").write_text("http://localhost")

    def run(*words, typed="", status=0):
        close(database.obj)
        done = CliRunner().invoke(cli.main, list(words), input=typed)
        assert done.exit_code == status, done.output
        return done.output

    return run


# Whose folder


def test_the_folder_of_a_demo_needs_no_settings(portal, monkeypatch, kit):
    monkeypatch.delenv("PORTAL_DATA")
    assert "grace@example.com" in portal("user", "list", "--data", str(kit.settings.data))


def test_outside_a_demo_the_fakes_are_refused(portal, kit):
    (kit.settings.data / "demo").unlink()
    assert "PORTAL_TELEPHONY" in portal("user", "list", status=2)


def test_a_folder_with_nothing_in_it_is_not_made_into_one(portal, tmp_path, monkeypatch):
    monkeypatch.delenv("PORTAL_DATABASE")
    empty = tmp_path / "empty"
    assert "There is no console in" in portal("user", "list", "--data", str(empty), status=2)
    assert not empty.exists()


def test_serving_a_demo_marks_its_folder(kit):
    assert seed.lives_in(kit.settings.data) is None
    seed.set_up(kit)
    assert seed.lives_in(kit.settings.data) == kit.settings.url


@pytest.mark.parametrize(
    "words", [["user"], ["company"], ["member"], ["staff"], ["user", "reset-2sv"], ["member", "role"]]
)
def test_every_command_explains_itself(portal, words):
    assert "Usage: " in portal(*words, "--help")


# People


def test_an_account_is_made_with_a_typed_password(portal, events):
    output = portal("user", "add", "New@example.com", "--name", "New", typed=f"{PASSWORD}\n{PASSWORD}\n")
    assert (PASSWORD in output, passwords.is_right(user_of("new"), PASSWORD)) == (False, True)
    assert [(event.user, event.address) for event in events("user.added")] == [(user_of("new").id, "cli")]


def test_a_password_may_come_from_standard_input(portal):
    portal("user", "add", "new@example.com", "--name", "New", "--password-stdin", typed=f"{PASSWORD}\n")
    assert passwords.is_right(user_of("new"), PASSWORD)


@pytest.mark.parametrize(
    ("words", "typed", "sentence"),
    [
        (["nobody"], "", "is no e-mail address"),
        (["alan@example.com", "--name", "A", "--password-stdin"], PASSWORD, "has an account already"),
        (["new@example.com", "--name", "A", "--password-stdin"], "short", "at least 15"),
        (["new@example.com", "--name", "A\u202eB", "--password-stdin"], PASSWORD, "printable"),
        (["new@example.com", "--name", "x" * 101, "--password-stdin"], PASSWORD, "100"),
        (["new@example.com"], "", "Give a name"),
        (["new@example.com", "--invite", "--name", "A"], "", "leave the others out"),
        (["alan@example.com", "--invite"], "", "has an account already"),
    ],
)
def test_an_account_that_cannot_be_made_is_refused_in_a_sentence(portal, words, typed, sentence):
    assert sentence in portal("user", "add", *words, typed=typed, status=2)
    assert User.get_or_none(User.email == "new@example.com") is None


def test_a_link_to_sign_up_works(portal, visitor, kit):
    link = portal("user", "add", "new@example.com", "--invite").split()[0]
    Link.update(made_at=kit.now).execute()  # the command looked at the real clock
    new = visitor().opens(link.removeprefix("http://localhost")).fills("Your name", "New").fills("Password", PASSWORD)
    assert new.fills("Company name", "Newer").presses("Sign up").heading == "Home"


def test_lists_are_json_if_one_likes(portal):
    people = [json.loads(line) for line in portal("user", "list", "--json").splitlines()]
    grace = next(each for each in people if each["email"] == "grace@example.com")
    assert (grace["companies"], grace["locked"]) == ({"Analytical Engines": "administrator"}, False)
    assert json.loads(portal("company", "list", "--json").splitlines()[0])["name"] == "Analytical Engines"


def test_a_list_shows_no_password_and_no_number(portal):
    shown = portal("user", "list", "--json") + portal("user", "authenticators", "grace@example.com", "--json")
    shown += portal("user", "authenticators", "grace@example.com")
    assert not [secret for secret in ("argon2", "0143", "900123", "JBSWY") if secret in shown]
    assert "phone ending 43  My Account" in shown


def test_looking_is_on_the_record(portal, events):
    portal("user", "authenticators", "grace@example.com")
    assert [(event.user, event.address) for event in events("operator.looked")] == [(user_of("grace").id, "cli")]


def test_somebody_who_is_not_there(portal):
    assert portal("user", "lock", "x@y.org", status=2) == "portal: There is no user x@y.org.\n"


def test_a_lock_closes_what_is_open_until_it_is_lifted(portal, verified, events):
    grace = verified()
    portal("user", "lock", "grace@example.com", "--reason", "stolen laptop")
    assert grace.opens(PAYMENT).heading == "Verification is locked"
    assert "locked until support lifts it" in portal("user", "list")
    assert events("account.locked")[0].details["reason"] == "stolen laptop"
    portal("user", "unlock", "grace@example.com")
    assert grace.opens(PAYMENT).heading == "Enter the code"
    assert events("account.unlocked")[0].address == "cli"


def test_starting_over_takes_everything_away(portal, verified, kit, events):
    RecoveryCode.create(user=user_of("grace"), digest="x", made_at=kit.now)
    grace = verified()
    portal("user", "reset-2sv", "grace@example.com", "--reason", "lost everything", "--yes")
    assert (Authenticator.of(user_of("grace").id), RecoveryCode.unused(user_of("grace").id)) == ([], [])
    assert grace.opens(PAYMENT).heading == "Sign in"
    assert kit.mail.letters()[-1]["subject"].startswith("Your two-step verification was reset")
    event = events("user.started_over")[0]
    assert (event.address, event.details) == ("cli", {"reason": "lost everything"})


def test_starting_over_asks_first(portal):
    output = portal("user", "reset-2sv", "grace@example.com", "--reason", "lost", typed="n\n", status=1)
    assert "portal: Nothing was changed." in output
    assert len(Authenticator.of(user_of("grace").id)) == 3


@pytest.mark.parametrize("why", [[], ["--reason", " "]])
def test_starting_over_needs_a_reason(portal, why):
    portal("user", "reset-2sv", "grace@example.com", "--yes", *why, status=2)
    assert len(Authenticator.of(user_of("grace").id)) == 3


def test_mail_that_does_not_work_is_one_line_and_no_failure(portal, monkeypatch):
    def broken(self, letter):
        raise OSError("no route")

    monkeypatch.setattr("portal.demo.fake_mail.FakeMail.send", broken)
    assert "Traceback" not in portal("user", "reset-2sv", "grace@example.com", "--reason", "lost", "--yes")


# Companies, members, desks


def test_a_company_begins_with_an_administrator(portal, events):
    portal("company", "add", " Compilers  Inc ", "--administrator", "alan@example.com")
    made = Membership.get(Membership.company == company_of("Compilers Inc").id)
    assert (made.user_id, made.role) == (user_of("alan").id, "administrator")
    assert events("company.created")[0].address == "cli"
    portal("company", "add", "Nobody's", status=2)


def test_members_come_change_and_go(portal, events):
    portal("member", "add", "Difference Works", "alan@example.com")
    portal("member", "role", "2", "alan@example.com", "analyst")
    assert Membership.get(Membership.user == user_of("alan"), Membership.company == 2).role == "analyst"
    portal("member", "remove", "Difference Works", "alan@example.com")
    assert Membership.get_or_none(Membership.user == user_of("alan"), Membership.company == 2) is None
    kinds = [event.kind for event in events() if event.kind.startswith("member.") and event.address == "cli"]
    assert kinds == ["member.added", "member.role_changed", "member.removed"]


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (["add", "1", "alan@example.com"], "belongs to Analytical Engines already"),
        (["add", "Nowhere", "alan@example.com"], "There is no company Nowhere."),
        (["add", "99999999999", "alan@example.com"], "There is no company"),
        (["role", "2", "alan@example.com", "analyst"], "does not belong to Difference Works"),
        (["role", "1", "alan@example.com", "king"], "king"),
        (["remove", "2", "alan@example.com"], "does not belong to Difference Works"),
        (["remove", "2", "x@y.org"], "There is no user x@y.org."),
    ],
)
def test_what_cannot_be_meant_is_said(portal, words, sentence):
    assert sentence in portal("member", *words, status=2)


def test_two_companies_of_one_name_are_told_apart_by_number(portal):
    portal("company", "add", "Twins", "--administrator", "alan@example.com")
    portal("company", "add", "Twins", "--administrator", "alan@example.com")
    assert "2 companies are called Twins" in portal("member", "add", "Twins", "ada@example.com", status=2)


def test_the_last_administrator_stays_for_the_operator_too(portal):
    portal("company", "add", "One", "--administrator", "alan@example.com")
    assert "always keeps one" in portal("member", "remove", "One", "alan@example.com", status=1)
    assert "always keeps one" in portal("member", "role", "One", "alan@example.com", "developer", status=1)


def test_a_role_taken_by_the_operator_acts_on_the_next_click(portal, verified):
    grace = verified()
    portal("member", "role", "1", "grace@example.com", "developer")
    assert grace.opens(PAYMENT).status == 403


def test_a_desk_is_given_and_taken(portal, events):
    portal("member", "remove", "1", "alan@example.com")
    portal("staff", "grant", "alan@example.com", "developer-support")
    assert user_of("alan").staff == "developer_support"
    portal("staff", "revoke", "alan@example.com")
    assert user_of("alan").staff is None
    assert "has no desk" in portal("staff", "revoke", "alan@example.com", status=2)
    assert [event.address for kind in ("staff.granted", "staff.revoked") for event in events(kind)] == ["cli", "cli"]


def test_who_belongs_to_a_company_gets_no_desk(portal, events):
    said = portal("staff", "grant", "ada@example.com", "customer-support", status=1)
    assert "ada@example.com belongs to Analytical Engines, Difference Works" in said
    assert "a sign-in of staff belongs to no company" in said
    assert "Nothing was changed." in said
    assert user_of("ada").staff is None
    assert Membership.select().where(Membership.user == user_of("ada")).count() == 2
    assert events("staff.granted") == []
