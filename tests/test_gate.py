"""The gate: in which order it asks, what it gives away before, how long it stays open, and who holds it open."""

from datetime import timedelta

import pytest
from house.asking import PAYMENT, app_code, company_of, user_of
from house.payouts import IBAN, saves, types

from portal.models.authenticator import Authenticator
from portal.models.challenge import Challenge
from portal.models.company import Membership, Role
from portal.models.payment import PaymentDraft, PaymentVersion
from portal.models.user import User
from portal.payments import approvals, details, information
from portal.verification import gate, lockout

PAGES = [PAYMENT, f"{PAYMENT}/edit", f"{PAYMENT}/check", f"{PAYMENT}/history", f"{PAYMENT}/rules"]
DATA = ("Analytical Engines Ltd", "3000", "DE89", "SW1Y", "St James", "Changed")
FORM = {
    "payee_kind": "company",
    "payee": "Thief",
    "street": "1 Road",
    "city": "Paris",
    "country": "FR",
    "currency": "EUR",
    "bank_country": "FR",
    "iban": IBAN["IBAN"],
    "seen": "1",
}


def becomes(name: str, role: Role) -> None:
    Membership.update(role=role).where(Membership.user == user_of(name).id).execute()


def state() -> list[object]:
    """All of payment information, to the byte."""
    return list(PaymentVersion.select().order_by(PaymentVersion.id).tuples())


# In which order it asks


@pytest.mark.parametrize("path", PAGES)
def test_first_one_signs_in(visitor, path):
    assert visitor().opens(path).heading == "Sign in"


def test_after_signing_in_one_is_where_one_wanted_to_be(visitor):
    door = visitor().opens(PAYMENT).fills("E-mail address", "grace@example.com")
    assert door.fills("Password", "correct horse battery staple").presses("Sign in").path == PAYMENT


@pytest.mark.parametrize("path", PAGES)
def test_who_is_no_administrator_is_refused_and_nothing_is_sent(person, kit, events, path):
    alan = person("alan").opens(path)
    assert (alan.status, alan.heading) == (403, "No access")
    alan.does_not_see(*DATA)
    assert kit.telephony.messages() == []
    assert [event.user for event in events("access.refused")] == [user_of("alan").id]


def test_who_is_no_administrator_cannot_have_a_code_sent(person, kit):
    alan = person("alan")
    use = Authenticator.get(Authenticator.user == user_of("alan").id).id
    answer = alan.sends(PAYMENT, {"verify": "send", "use": use, "channel": "text"})
    assert (answer.status_code, kit.telephony.messages()) == (403, [])


@pytest.mark.parametrize("role", [role for role in Role if role != Role.ADMINISTRATOR])
def test_no_other_role_gets_in(person, role):
    becomes("grace", role)
    assert person("grace").opens(PAYMENT).status == 403


def test_a_locked_administrator_is_told_that_before_anything_else(person):
    lockout_of("ada")
    assert person("ada").opens(PAYMENT).heading == "Verification is locked"


def lockout_of(name: str) -> None:
    User.update(locked_until=user_of(name).created_at + timedelta(days=9)).where(User.id == user_of(name).id).execute()


def test_who_is_locked_and_no_administrator_hears_of_the_role_alone(person):
    lockout_of("alan")
    assert person("alan").opens(PAYMENT).status == 403


@pytest.mark.parametrize("path", PAGES)
def test_without_an_authenticator_every_address_leads_to_adding_one(person, path):
    ada = person("ada").opens(path).does_not_see(*DATA)
    assert ada.heading == "Add a phone number"


@pytest.mark.parametrize("path", PAGES)
@pytest.mark.parametrize("name", ["grace", "mary"])
def test_no_payment_data_leaves_before_the_code_not_even_masked(person, name, path):
    browser = person(name).opens(path).does_not_see(*DATA)
    assert browser.field("Six-digit code") if name == "grace" else browser.sees("Send code")
    assert not any(part in str(browser.response.headers) for part in DATA)


def test_not_even_to_htmx(person):
    grace = person("grace")
    for target in ("main#main", "div#delivery", "section#elsewhere", ""):
        answer = grace.client.get(PAYMENT, headers={"HX-Request": "true", "HX-Target": target})
        assert not any(part in answer.text for part in DATA)


def test_a_wrong_code_gives_nothing_away(person, kit):
    grace = person("grace").opens(PAYMENT).fills("Six-digit code", "000 000").presses("Verify")
    grace.does_not_see(*DATA)


def test_another_company_looks_like_none_at_all(verified):
    grace, answers = verified(), set()
    for company in ("2", "3", "999999", "2147483647", "2147483648", "9" * 40, "-1", "0", "1.0", "a"):
        grace.opens(PAYMENT.replace("/1/", f"/{company}/"))
        answers.add((grace.status, grace.page.first("main").text))
    assert len(answers) == 1
    assert grace.status == 404


def test_each_company_needs_its_own_verification(person, phone):
    mary = person("mary").opens(PAYMENT).presses("Send code")
    mary.fills("Six-digit code", phone("+12025550178").newest_code()).presses("Verify").sees("3000")
    assert mary.opens(PAYMENT.replace("/1/", "/2/")).heading == "Verify that it is you"


def test_each_browser_needs_its_own_verification(verified, person):
    verified()
    assert person("grace").opens(PAYMENT).heading == "Enter the code"


# How long it stays open


def test_it_is_open_for_fifteen_minutes(verified, clock):
    grace = verified()
    clock.forward(minutes=14, seconds=59)
    grace.opens(PAYMENT).sees("3000")


def test_it_closes_after_fifteen_minutes_however_busy_one_was(verified, clock):
    grace = verified()
    for _ in range(15):
        clock.forward(minutes=1)
        grace.opens(PAYMENT)
    clock.forward(seconds=1)
    grace.opens(PAYMENT).does_not_see(*DATA)


def test_a_clock_set_back_opens_nothing(verified, clock):
    grace = verified()
    clock.back(minutes=1)
    grace.opens(PAYMENT).does_not_see(*DATA)


def test_end_now_closes_it(verified):
    grace = verified().presses("End now")
    assert "closed" in grace.status_line
    grace.opens(PAYMENT).does_not_see(*DATA)


def test_signing_out_closes_it(verified, clock, person):
    verified().presses("Sign out")
    assert person("grace").opens(PAYMENT).heading == "Enter the code"


def test_losing_the_role_acts_on_the_next_request(verified):
    grace = verified()
    becomes("grace", Role.DEVELOPER)
    assert grace.opens(PAYMENT).does_not_see(*DATA).status == 403


def test_leaving_the_company_acts_on_the_next_request(verified):
    grace = verified()
    Membership.delete().where(Membership.user == user_of("grace").id).execute()
    assert grace.opens(PAYMENT).does_not_see(*DATA).status == 404


def test_removing_every_authenticator_closes_it(verified):
    grace = verified()
    Authenticator.delete().where(Authenticator.user == user_of("grace").id).execute()
    assert grace.opens(PAYMENT).does_not_see(*DATA).heading == "Add a phone number"


# The function that writes asks again


def prepared(asked):
    """Grace through the gate, with a change and its approval in hand."""
    grace = asked("grace").passes()
    assurance = grace.enters()
    typed = details.check(FORM)
    act = information.act_of(assurance.company, typed, 1)
    return grace, assurance, lambda: information.save(grace.kit, approvals.obtain(grace.kit, assurance, act), typed, 1)


def test_a_save_with_everything_in_order_is_one(asked):
    _, _, save = prepared(asked)
    assert save().version == 2


def demoted(grace):
    becomes("grace", Role.DEVELOPER)


def gone(grace):
    Membership.delete().where(Membership.user == grace.user.id).execute()


def locked(grace):
    lockout_of("grace")


def late(grace):
    grace.kit.clock.forward(minutes=15, seconds=1)


def ended(grace):
    Challenge.close(grace.kit.now)


def signed_out(grace):
    type(grace.question.sign_in).end(grace.kit.now)


def frozen(grace):
    User.update(frozen_at=grace.kit.now).execute()


def lifted(grace):
    locked(grace)
    lockout.unlock(grace.kit, grace.user, "at once")
    ended(grace)


@pytest.mark.parametrize("happens", [demoted, gone, locked, late, ended, signed_out, frozen, lifted])
def test_what_came_up_since_stops_the_save_itself(asked, happens):
    grace, _, save = prepared(asked)
    before = state()
    happens(grace)
    with pytest.raises((gate.Obstacle, approvals.Mismatch)):
        save()
    assert state() == before


@pytest.mark.parametrize("happens", [demoted, gone, locked, late, ended, signed_out, frozen])
def test_it_stops_showing_the_number_too(asked, happens):
    grace, assurance, _ = prepared(asked)
    happens(grace)
    with pytest.raises(gate.Obstacle):
        information.show_number(grace.kit, assurance)


def test_the_proof_of_one_sign_in_is_none_for_another(asked):
    _, assurance, _ = prepared(asked)
    other = asked("grace").question.sign_in
    with pytest.raises(gate.NotVerified):
        gate.confirm(asked("grace").kit, gate.Assurance(other, assurance.company, assurance.challenge))


def test_the_proof_for_one_company_is_none_for_another(asked):
    mary = asked("mary").passes()
    works = company_of("Difference Works")
    with pytest.raises(gate.NotVerified):
        gate.enter(mary.kit, gate.look(mary.kit, mary.question.sign_in, works.id))


# Writing without a fresh verification changes nothing

WRITES = [
    PAYMENT,
    f"{PAYMENT}/edit",
    f"{PAYMENT}/check",
    f"{PAYMENT}/history",
    f"{PAYMENT}/rules",
    f"{PAYMENT}/second/x",
]
GUISES = [
    {},
    {"headers": {"HX-Request": "true", "HX-Target": "main#main"}},
    {"headers": {"X-HTTP-Method-Override": "PUT"}},
    {"headers": {"X-Original-URL": "/", "X-Rewrite-URL": "/"}},
    {"query_string": {"_method": "PUT", "verified": "1"}},
]


@pytest.mark.parametrize("path", WRITES)
def test_no_post_changes_anything_in_any_guise(person, path):
    grace, before = person("grace"), state()
    for guise in GUISES:
        answer = grace.sends(path, {**FORM, "act": "number", "change": "x", "version": "1"}, **guise)
        assert answer.status_code < 500
        assert not any(part in answer.text for part in DATA)
    assert state() == before


def test_no_odd_spelling_of_an_address_gets_round_it(person):
    grace, before = person("grace"), state()
    for path in WRITES:
        for odd in (f"{path}/", path.upper(), f"/{path}", path.replace("/settings", "/./settings"), f"{path}%00"):
            assert grace.sends(odd, FORM).status_code in (303, 308, 400, 404)
    assert state() == before


@pytest.mark.parametrize("method", ["PUT", "PATCH", "DELETE", "HEAD", "OPTIONS", "TRACE", "PROPFIND"])
def test_no_other_method_gets_round_it(person, method):
    grace, before = person("grace"), state()
    for path in WRITES:
        answer = grace.client.open(path, method=method, data={**FORM, "csrf_token": grace.csrf})
        assert answer.status_code < 500
        assert not any(part in answer.text for part in DATA)
    assert state() == before


def test_json_gets_nobody_round_it(person):
    grace, before = person("grace"), state()
    answer = grace.client.post(f"{PAYMENT}/edit", json=FORM, headers={"X-CSRFToken": grace.csrf})
    assert answer.status_code < 500
    assert state() == before


def test_a_stranger_changes_nothing(visitor):
    stranger, before = visitor().opens("/sign-in"), state()
    assert {stranger.sends(path, FORM).status_code for path in WRITES} == {303}
    assert state() == before


# A form that came too late


@pytest.fixture
def late_form(verified, clock):
    """Grace has typed a change; the verification ends; she presses the button."""
    grace = types(verified().clicks("Edit"), "France", "EUR", IBAN).fills("City", "Marseille")
    clock.forward(minutes=16)
    return grace.presses("Check the changes")


def test_a_late_form_is_met_by_the_challenge(late_form):
    assert late_form.heading == "Enter the code"
    late_form.does_not_see(*DATA)


def test_a_late_form_is_never_carried_out(late_form, kit):
    before = state()
    late_form.fills("Six-digit code", app_code(kit)).presses("Verify")
    assert state() == before
    assert late_form.heading == "Edit payment information"


def test_a_late_form_comes_back_filled_in_without_the_account_number(late_form, kit):
    late_form.fills("Six-digit code", app_code(kit)).presses("Verify").sees("Your entries are back")
    assert (late_form.value("City"), late_form.value("IBAN")) == ("Marseille", "")
    assert late_form.value("Country of the bank account") == "FR"


def test_a_late_form_is_kept_without_the_account_number(late_form, kit):
    (row,) = PaymentDraft.select()
    kept = kit.keys.open(row.typed, PaymentDraft.place_of_typed(row.user, row.company))
    assert "Marseille" in kept
    assert "20041010" not in kept.replace(" ", "")


def test_a_late_last_press_is_never_carried_out_either(verified, clock, kit):
    grace = types(verified().clicks("Edit"), "France", "EUR", IBAN).presses("Check the changes")
    before = state()
    clock.forward(minutes=16)
    grace.presses("Save payment information").fills("Six-digit code", app_code(kit)).presses("Verify")
    assert state() == before
    assert grace.heading == "Check the changes"
    grace.presses("Save payment information").sees("•••• 2606")


def test_a_late_look_at_the_number_shows_none(verified, clock, kit):
    grace = verified()
    clock.forward(minutes=16)
    grace.presses("Show account number").fills("Six-digit code", app_code(kit)).presses("Verify")
    grace.does_not_see("DE89 3704")


def test_any_administrator_may_update(verified, person, phone):
    saves(verified().clicks("Edit"))
    mary = person("mary").opens(PAYMENT).presses("Call •• 78")
    mary.fills("Six-digit code", phone("+12025550178").newest_code()).presses("Verify").sees("•••• 2606")
