"""One act, one route: what no route knows does nothing, and the address of an act leads to the page of its button."""

import re

import pytest
from house.asking import PAYMENT, app_code, user_of
from house.payouts import ACCOUNTS, types

from portal.demo import seed
from portal.models.authenticator import Authenticator, Kind
from portal.models.company import Company, Membership
from portal.models.payment import PaymentDraft, PaymentVersion
from portal.payments import rules

USERS = "/companies/1/settings/users"
PROFILE = "/companies/1/settings/company-profile"
SETTINGS = "/account/login-and-security/2-step-verification"
CHANGED_BY_ACTS = (Authenticator, Company, Membership, PaymentDraft, PaymentVersion)
ACTS = ["act", "number", "hold", "end", "discard", "another_country", "remove", "prefer", "rename", "approve", "on"]
EVERY_ACT = {**dict.fromkeys(ACTS, "y"), "act": "remove", "name": "Changed"}


def state() -> list[object]:
    return [sorted(map(str, model.select().dicts())) for model in CHANGED_BY_ACTS]


@pytest.fixture
def grace(verified):
    return verified()


@pytest.fixture
def app_of_grace():
    return Authenticator.get(Authenticator.user == user_of("grace"), Authenticator.kind == Kind.APP.value).id


@pytest.fixture
def permitted(grace, kit, clock):
    """Grace before one of her authenticators, which she may change once."""

    def before(authenticator: str):
        clock.forward(seconds=30)
        grace.opens(f"{SETTINGS}/{authenticator}").fills("Password", seed.PASSWORD).presses("Continue")
        return grace.fills("Six-digit code", app_code(kit)).presses("Verify")

    return before


# An act that is none


@pytest.mark.parametrize("act", [*ACTS, "nonsense", ""])
def test_payment_information_does_nothing_that_it_was_not_asked_for_by_its_address(grace, act):
    before = state()
    assert grace.sends(PAYMENT, {"act": act, act: "y"}).status_code == 405
    assert grace.sends(f"{PAYMENT}/nonsense", {"act": act}).status_code == 404
    assert state() == before
    assert grace.opens(PAYMENT).heading == "Payment Information"


@pytest.mark.parametrize("act", ["", "nonsense", "Remove", "remove/", "remove/remove"])
def test_a_user_is_not_changed_by_an_act_that_is_none(grace, act):
    before, alan = state(), f"{USERS}/{user_of('alan').id}"
    assert grace.sends(f"{alan}/{act}").status_code in (404, 405)
    assert grace.sends(alan, {"act": "remove", "remove": "y"}).status_code == 422
    assert state() == before


@pytest.mark.parametrize("act", ["", "nonsense", "remove/", "name/x"])
def test_an_authenticator_is_not_changed_by_an_act_that_is_none(permitted, app_of_grace, act):
    grace = permitted(app_of_grace)
    before = state()
    assert grace.sends(f"{SETTINGS}/{app_of_grace}/{act}", EVERY_ACT).status_code in (404, 405)
    assert grace.sends(f"{SETTINGS}/{app_of_grace}", {"act": "remove", "remove": "y"}).status_code == 405
    assert state() == before
    assert grace.opens(f"{SETTINGS}/{app_of_grace}").presses("Remove the app").status == 200


@pytest.mark.parametrize("act", ["", "/nonsense", "/on/off"])
def test_the_second_step_at_sign_in_is_not_switched_by_an_act_that_is_none(grace, act):
    before = state()
    assert grace.sends(f"{PROFILE}/second-step-at-sign-in{act}", {"on": "y"}).status_code in (404, 405)
    assert state() == before


@pytest.mark.parametrize("button", ["nonsense", "discard", "act"])
def test_an_unknown_button_of_the_form_is_the_one_that_checks(grace, button):
    before = state()
    assert grace.sends(f"{PAYMENT}/edit", {"city": "", button: "y"}).status_code == 422
    assert state() == before


NO_APPROVALS = [
    "",
    "/nonsense",
    "/change",
    "/change/",
    "/change/x",
    "/change/-1",
    "/change/1",  # nothing was typed
    "/change/9999999999",
    "/change-1",
    "/second",
    "/second/0",
    "/second-0",
    "/rules",
    "/rules/1/0",
    "/rules/2/0/0",
    "/rules/0/0/2",
    "/rules/0/-1/0",
    f"/rules/0/{rules.LONGEST_WAIT + 1}/0",
    "/rules/0/soon/0",
    "/rules-1-0-0",
]


@pytest.mark.parametrize("what", NO_APPROVALS)
def test_there_is_no_code_for_what_nobody_can_do(grace, kit, what):
    before = state()
    assert grace.client.get(f"{PAYMENT}/approve{what}").status_code == 404
    phone = Authenticator.get(Authenticator.user == user_of("grace"), Authenticator.kind == Kind.PHONE.value).id
    form = {"verify": "send", "use": phone, "channel": "text"}
    assert grace.sends(f"{PAYMENT}/approve{what}", form).status_code == 404
    assert (state(), kit.telephony.messages()) == (before, [])


# Each act at its own address


def test_an_authenticator_gets_a_new_name(permitted, app_of_grace):
    grace = permitted(app_of_grace).fills("Name", " Old  phone ").presses("Save name")
    assert (grace.path, grace.status_line) == (SETTINGS, "The name is saved.")
    assert Authenticator.get_by_id(app_of_grace).name == "Old phone"


def test_an_authenticator_without_a_name_keeps_the_one_it_has(permitted, app_of_grace):
    grace = permitted(app_of_grace).fills("Name", " ")
    before = state()
    grace.presses("Save name")
    assert (grace.status, "1 to" in grace.error_beside("Name"), state()) == (422, True, before)
    assert grace.presses("Remove the app").path == SETTINGS  # nothing was spent


def test_an_authenticator_is_preferred(permitted):
    phone = Authenticator.get(Authenticator.user == user_of("grace"), ~Authenticator.preferred).id
    assert permitted(phone).presses("Make preferred").path == SETTINGS
    assert Authenticator.get_by_id(phone).preferred


def test_an_authenticator_is_removed(permitted, app_of_grace):
    assert permitted(app_of_grace).presses("Remove the app").path == SETTINGS
    assert Authenticator.get_or_none(Authenticator.id == app_of_grace) is None


def test_the_code_for_rules_leads_to_their_button_with_all_of_them_filled_in(grace, kit, clock):
    grace.clicks("Approval rules").fills("Hours before a change takes effect", "24")
    grace.field("A second administrator approves each change").attrs["checked"] = ""
    grace.presses("Save approval rules")
    assert grace.path == f"{PAYMENT}/approve/rules/0/24/1"
    clock.forward(seconds=30)
    grace.fills("Six-digit code", app_code(kit)).presses("Verify")
    assert rules.present(Company.get_by_id(1)) == rules.Rules(False, 0, False)
    assert (grace.path, grace.value("Hours before a change takes effect")) == (f"{PAYMENT}/rules", "24")
    assert grace.presses("Save approval rules").status_line == "The approval rules are saved."
    assert rules.present(Company.get_by_id(1)) == rules.Rules(False, 24, True)


def test_the_code_of_a_second_administrator_leads_to_their_button(grace, kit, clock):
    Company.update(every_change=True, four_eyes=True).execute()
    made = PaymentVersion.get()
    like = {name: getattr(made, name) for name in ("company", "changed", "details", "made_at", "takes_effect_at")}
    row = PaymentVersion(id="second", version=2, made_by=user_of("mary"), four_eyes=True, **like)
    row.details = kit.keys.seal(kit.keys.open(made.details, made.place_of_details), row.place_of_details)
    row.save(force_insert=True)
    grace.opens(PAYMENT).presses("Approve the change")
    assert grace.path == f"{PAYMENT}/approve/second/second"
    clock.forward(seconds=30)
    grace.fills("Six-digit code", app_code(kit)).presses("Verify")
    assert (grace.path, PaymentVersion.get_by_id("second").seconded_at) == (PAYMENT, None)
    assert grace.presses("Approve the change").status_line == "You approved the change."


# An act has no page


def test_nothing_is_carried_out_by_looking_at_the_address_of_an_act(app, grace):
    pages = {rule.rule for rule in app.url_map.iter_rules() if "GET" in rule.methods}
    acts = {rule.rule for rule in app.url_map.iter_rules()} - pages
    before = state()
    for act in acts:
        answer = grace.client.get(re.sub(r"<[^>]+>", "1", act))
        assert answer.status_code in (303, 405), act
    assert (len(acts) > 20, state()) == (True, before)
    assert grace.opens(PAYMENT).heading == "Payment Information"


@pytest.mark.parametrize(
    ("act", "page"),
    [
        (f"{PAYMENT}/number", PAYMENT),
        (f"{PAYMENT}/hold/x", PAYMENT),
        (f"{PAYMENT}/second/x", PAYMENT),
        (f"{PAYMENT}/edit/discard", f"{PAYMENT}/edit"),
        (f"{USERS}/2/remove", f"{USERS}/2"),
        (f"{SETTINGS}/x/name", f"{SETTINGS}/x"),
        (f"{PROFILE}/second-step-at-sign-in/on", PROFILE),
    ],
)
def test_its_address_leads_up_to_the_page_of_its_button(grace, act, page):
    answer = grace.client.get(act)
    assert (answer.status_code, answer.headers["Location"]) == (303, page)


@pytest.mark.parametrize("path", ["/sign-out", "/language"])
def test_an_act_of_every_page_leads_nowhere(grace, path):
    assert grace.client.get(path).status_code == 405


def test_the_page_with_the_whole_number_goes_on_in_another_language_without_it(grace):
    grace.presses("Show account number").sees("DE89 3704 0044 0532 0130 00")
    back = grace.page.first("input", name="back").attrs["value"]
    grace.posts("/language", {"csrf_token": grace.csrf, "language": "de", "back": back})
    assert (grace.status, grace.path) == (200, PAYMENT)
    grace.does_not_see("DE89 3704")


LATE = ["Show account number", "End now"]


@pytest.mark.parametrize("htmx", [False, True])
@pytest.mark.parametrize("button", LATE)
def test_an_act_that_comes_too_late_leads_to_the_challenge_and_back_to_its_button(verified, kit, clock, button, htmx):
    grace = verified(htmx=htmx)
    clock.forward(minutes=16)
    grace.presses(button)
    assert (grace.path, grace.heading) == (PAYMENT, "Enter the code")
    grace.fills("Six-digit code", app_code(kit)).presses("Verify").sees("•••• 3000").does_not_see("DE89 3704")
    assert grace.path == PAYMENT


def test_discarding_too_late_discards_nothing(verified, kit, clock):
    grace = types(verified().clicks("Edit"), *ACCOUNTS[0][:3]).presses("Check the changes")
    clock.forward(minutes=16)
    grace.presses("Discard what I typed").fills("Six-digit code", app_code(kit)).presses("Verify")
    assert grace.path == f"{PAYMENT}/edit"
    grace.sees("Your entries are back").presses("Discard what I typed").sees("•••• 3000")
    assert PaymentDraft.select().count() == 0


def test_removing_a_user_too_late_removes_nobody(grace, kit, clock):
    alan = f"{USERS}/{user_of('alan').id}"
    grace.opens(alan)
    clock.forward(minutes=16)
    grace.presses("Remove Alan Mathison").fills("Six-digit code", app_code(kit)).presses("Verify")
    assert (grace.path, grace.heading) == (alan, "Alan Mathison")
