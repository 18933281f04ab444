"""Approving the change, not the visit: no account is committed without an unused approval of exactly it."""

import ast
import re
from dataclasses import replace
from pathlib import Path

import pytest
from house.asking import company_of, user_of
from house.phones import Phone

from portal.accounts import protection
from portal.models.company import Company, Membership, Role
from portal.models.payment import PaymentVersion
from portal.payments import approvals, changes, information, rules
from portal.payments.bank import BankAccount
from portal.payments.rules import Rules
from portal.telephony.protocol import Channel
from portal.verification import challenges, gate, lockout, sending

PORTAL = Path(__file__).parent.parent / "portal"
MARY = "+12025550178"


@pytest.fixture
def mary(asked):
    """Mary, with Payment Information of Analytical Engines open in front of her."""
    return asked("mary").passes()


@pytest.fixture
def strict():
    Company.update(every_change=True).execute()


def details_of(kit, payee="Somebody else", number="DE89370400440532013000"):
    there = information.standing(kit, company_of("Analytical Engines")).in_force.details
    return replace(there, payee=payee, account=BankAccount("DE", "iban", {"iban": number}))


def newest(who):
    return information.standing(who.kit, who.question.company).newest


def saves(who, details, seen=None):
    """What pressing the button does: with the approval that there is."""
    seen = newest(who) if seen is None else seen
    act = information.act_of(who.question.company, details, seen)
    return information.save(who.kit, approvals.obtain(who.kit, who.enters(), act), details, seen)


def approves(who, details, seen=None):
    """Ask for the code that approves exactly this, and answer it; the words of its text."""
    act = information.act_of(who.question.company, details, newest(who) if seen is None else seen)
    question = approvals.question_for(who.kit, who.enters(), act)
    sending.send(who.kit, question, who.authenticator().id, Channel.TEXT)
    phone = Phone(who.kit.telephony, who.authenticator().number)
    assert who.notes(challenges.answer(who.kit, question, phone.newest_code())).outcome == "passed"
    return phone.newest["body"]


def test_the_verification_that_opened_the_page_approves_one_change(mary, kit):
    assert saves(mary, details_of(kit)).version == 2


def test_a_second_change_asks_for_a_code_of_its_own(mary, kit):
    saves(mary, details_of(kit))
    with pytest.raises(approvals.Needed):
        saves(mary, details_of(kit, payee="A third one"))


def test_under_every_change_the_first_one_asks_too(mary, kit, strict):
    with pytest.raises(approvals.Needed):
        saves(mary, details_of(kit))


def test_the_installation_can_demand_every_change(asked, kit_with):
    mary = asked("mary")
    mary.kit = kit_with(payment_approval="every-change")
    mary.passes()
    with pytest.raises(approvals.Needed):
        saves(mary, details_of(mary.kit))


def test_the_text_names_the_company_and_the_last_four_digits(mary, kit, strict):
    assert "to pay Analytical Engines to the account ending 3000" in approves(mary, details_of(kit))


def test_an_approved_change_is_saved_once(mary, kit, strict):
    approves(mary, details_of(kit), seen=1)
    assert saves(mary, details_of(kit), seen=1).version == 2
    with pytest.raises(approvals.Needed):
        saves(mary, details_of(kit), seen=1)


def test_changing_one_digit_after_the_code_was_sent_makes_it_useless(mary, kit, strict):
    approves(mary, details_of(kit))
    with pytest.raises(approvals.Needed):
        saves(mary, details_of(kit, number="DE89370400440532013001"))


def test_an_approval_of_one_change_does_not_save_another(mary, kit, strict, events):
    approves(mary, details_of(kit))
    act = information.act_of(mary.question.company, details_of(kit), 1)
    approval = approvals.obtain(kit, mary.enters(), act)
    with pytest.raises(approvals.Mismatch):
        information.save(kit, approval, details_of(kit, payee="Thief"), 1)
    assert [newest(mary), len(events("approval.refused"))] == [1, 1]


def test_an_approval_is_for_one_sign_in(asked, mary, kit, strict):
    approves(mary, details_of(kit))
    thief = asked("mary").passes()
    with pytest.raises(approvals.Needed):
        saves(thief, details_of(kit))


def test_an_approval_is_for_one_company(asked, mary, kit, strict):
    approves(mary, details_of(kit), seen=0)
    elsewhere = asked("mary", "Difference Works").passes()
    with pytest.raises(approvals.Needed):
        saves(elsewhere, details_of(kit), seen=0)


def obtained(mary, kit):
    approves(mary, details_of(kit))
    return approvals.obtain(kit, mary.enters(), information.act_of(mary.question.company, details_of(kit), 1))


@pytest.mark.parametrize(
    ("happens", "obstacle"),
    [
        (lambda kit, user: Membership.update(role=Role.ANALYST.value).execute(), gate.NotAdministrator),
        (lambda kit, user: lockout.lock(kit, user, kit.now.replace(year=2030)), gate.AccountLocked),
        (lambda kit, user: protection.protect(kit, user), gate.Obstacle),
    ],
    ids=["the role is gone", "the account is locked", "this was not me"],
)
def test_an_approval_is_worthless_once(mary, kit, strict, happens, obstacle):
    approval = obtained(mary, kit)
    happens(kit, user_of("mary"))
    with pytest.raises(obstacle):
        information.save(kit, approval, details_of(kit), 1)
    assert newest(mary) == 1


def test_a_save_that_met_a_conflict_leaves_the_approval_unused(asked, mary, kit):
    grace = asked("grace").passes()
    saves(grace, details_of(kit))
    with pytest.raises(information.Conflict):
        saves(mary, details_of(kit, payee="Mine"), seen=1)
    assert saves(mary, details_of(kit, payee="Mine"), seen=2).version == 3


def test_a_change_waits_its_hours_and_takes_effect_by_itself(mary, kit, clock):
    Company.update(waiting_hours=24).execute()
    saves(mary, details_of(kit))
    company = mary.question.company
    assert information.standing(kit, company).in_force.version == 1
    clock.forward(hours=24, seconds=1)
    assert information.standing(kit, company).in_force.version == 2


def test_a_second_change_cannot_be_saved_while_one_waits(mary, kit, clock):
    Company.update(waiting_hours=24).execute()
    saves(mary, details_of(kit))
    approves(mary, details_of(kit, payee="Third"))
    with pytest.raises(information.Waiting):
        saves(mary, details_of(kit, payee="Third"))


def mailed_token(kit, to="grace@example.com"):
    """What holds the change, from the mail about it."""
    body = [letter["body"] for letter in kit.mail.letters() if letter["to"] == to][-1]
    return re.search(r"http://localhost/hold/(\S+)", body)[1]


def test_a_waiting_change_is_held_by_one_click_from_the_mail(mary, kit):
    Company.update(waiting_hours=24).execute()
    saves(mary, details_of(kit))
    changes.hold_by_link(kit, mailed_token(kit), "127.0.0.1")
    standing = information.standing(kit, mary.question.company)
    assert (standing.in_force.version, standing.waiting) == (1, None)


def test_a_hold_after_a_waiting_change_took_effect_is_refused(mary, kit, clock):
    Company.update(waiting_hours=24).execute()
    saves(mary, details_of(kit))
    clock.forward(hours=25)
    for _ in range(2):  # the link is as it was
        with pytest.raises(changes.TooLate):
            changes.hold_by_link(kit, mailed_token(kit), "127.0.0.1")
    assert information.standing(kit, mary.question.company).in_force.version == 2


def test_a_change_in_force_at_once_is_answered_by_holding_payouts(mary, kit):
    saves(mary, details_of(kit))
    changes.hold_by_link(kit, mailed_token(kit), "127.0.0.1")
    assert Company.get(Company.name == "Analytical Engines").payouts_held_at


def second(who, version):
    act = changes.act_of_second(PaymentVersion.get_by_id(version))
    return changes.second(who.kit, approvals.obtain(who.kit, who.enters(), act), version)


def test_four_eyes_means_another_administrator(asked, mary, kit):
    Company.update(four_eyes=True).execute()
    change = saves(mary, details_of(kit)).row.id
    with pytest.raises((changes.SamePerson, approvals.Needed)):
        second(mary, change)
    grace = asked("grace").passes()
    second(grace, change)
    assert information.standing(kit, mary.question.company).in_force.version == 2


def test_weaker_rules_need_a_code_of_their_own(mary, kit):
    with pytest.raises(approvals.Needed):
        approvals.obtain_own(kit, mary.enters(), rules.act_of(mary.question.company, Rules(False, 0, False)))


def functions_that_call(name: str) -> set[str]:
    """`module.function` of everything that calls `name`; the gallery aside, whose world is a stage of its own."""
    found = set()
    for path in (path for path in PORTAL.rglob("*.py") if "gallery" not in path.parts):
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.FunctionDef):
                calls = {ast.unparse(call.func) for call in ast.walk(node) if isinstance(call, ast.Call)}
                if name in calls:
                    found.add(f"{path.stem}.{node.name}")
    return found


def test_only_one_function_makes_versions_and_its_one_caller_spends_an_approval():
    assert functions_that_call("PaymentVersion") == {"information.write", "seed.seed_payment"}
    assert functions_that_call("PaymentVersion.create") == functions_that_call("PaymentVersion.insert") == set()
    assert functions_that_call("write") >= {"information.save"}
    source = ast.parse((PORTAL / "payments" / "information.py").read_text())
    save = next(node for node in source.body if isinstance(node, ast.FunctionDef) and node.name == "save")
    order = [ast.unparse(call.func) for call in ast.walk(save) if isinstance(call, ast.Call)]
    assert "approvals.spend" in order
    assert save.args.args[1].arg == "approval"


def test_a_version_changes_only_by_a_second_administrator_or_a_hold():
    assert functions_that_call("PaymentVersion.update") == {"changes.second", "changes.stop"}
