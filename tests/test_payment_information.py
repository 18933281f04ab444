"""Payment Information: seen, edited, compared, saved; versions, conflicts, and the whole number on the record."""

import re

import pytest
from house.asking import PAYMENT, app_code, company_of
from house.payouts import ACCOUNTS, GB, IBAN, WHO, saves, types

from portal.models.payment import PaymentDraft, PaymentVersion
from portal.payments import information
from portal.payments.details import Details

NUMBER = "DE89370400440532013000"


def versions() -> list[PaymentVersion]:
    return list(PaymentVersion.select().order_by(PaymentVersion.version))


def in_force(kit) -> Details:
    return information.standing(kit, company_of("Analytical Engines")).in_force.details


def test_what_is_on_file_is_seen_masked(verified):
    grace = verified()
    grace.sees("Analytical Engines Ltd", "•••• 3000", "EUR", "12 St James's Square", "by Grace Murray")
    grace.does_not_see(NUMBER, "DE89 3704", "37040044")


def test_the_remaining_time_is_shown(verified, clock):
    grace = verified().sees("Open for 15 minutes")
    clock.forward(minutes=6)
    grace.opens(PAYMENT).sees("Open for 9 minutes")


@pytest.mark.parametrize("htmx", [False, True])
@pytest.mark.parametrize(("country", "currency", "account", "ending"), ACCOUNTS)
def test_an_account_is_saved_in_the_form_of_its_country(verified, country, currency, account, ending, htmx):
    grace = saves(verified(htmx=htmx).clicks("Edit"), country, currency, account)
    assert (grace.heading, grace.status_line) == ("Payment Information", "Payment information saved.")
    grace.sees(f"•••• {ending}", currency).does_not_see(account.get("IBAN") or account["Account number"])


def test_what_was_saved_is_there_after_signing_in_again(verified, clock):
    saves(verified().clicks("Edit")).presses("Sign out")
    clock.forward(minutes=1)
    verified().sees("•••• 2606")


def test_nothing_is_saved_before_the_last_button(verified):
    grace = types(verified().clicks("Edit"), *ACCOUNTS[0][:3]).presses("Check the changes")
    assert grace.heading == "Check the changes"
    grace.sees("•••• 3000", "•••• 2606")
    assert len(versions()) == 1


def test_an_empty_number_keeps_the_one_on_file(verified, kit):
    grace = verified().clicks("Edit").sees("ends 3000").fills("City", "Paris")
    grace.presses("Check the changes").presses("Save payment information")
    assert (in_force(kit).city, in_force(kit).account.fields["iban"]) == ("Paris", NUMBER)


def test_the_edit_page_does_not_hold_the_number(verified):
    verified().clicks("Edit").does_not_see(NUMBER, "0532013000", "DE89")


@pytest.mark.parametrize(
    ("label", "typed", "sentence"),
    [
        ("Legal name", "", "Enter the legal name."),
        ("City", "x" * 81, "too long"),
        ("Street and number", "12\u202e34", "invisible characters"),
        ("IBAN", "FR14 2004 1010 0505 0001 3M02 607", "check digits"),
        ("IBAN", "", "Enter the IBAN."),
        ("IBAN", "DE89370400440532013000", "another country, Germany"),
    ],
)
def test_an_error_stands_beside_its_field_and_nothing_typed_is_lost(verified, label, typed, sentence):
    grace = types(verified().clicks("Edit"), *ACCOUNTS[0][:3]).fills(label, typed).presses("Check the changes")
    assert grace.status == 422
    assert sentence in grace.error_beside(label)
    assert grace.value(label) == typed
    left = {**WHO, **IBAN, label: typed}
    assert {name: grace.value(name) for name in left} == left


@pytest.mark.parametrize("label", ["Country", "Currency", "Country of the bank account"])
def test_a_choice_that_was_not_made_is_asked_for(verified, label):
    grace = verified().clicks("Edit")
    empty = next(each.text for each in grace.field(label).every("option") if not each.attrs["value"])
    grace.chooses(empty, among=label).presses("Check the changes")
    assert grace.status == 422
    assert "Choose" in grace.error_beside(label)


def test_the_fields_follow_the_country_without_losing_what_was_typed(verified):
    grace = verified().clicks("Edit").fills("City", "Łódź")
    grace.chooses("United States", among="Country of the bank account").presses("Show the fields of this country")
    assert grace.value("City") == "Łódź"
    assert grace.field("Routing number")


def test_every_save_is_a_new_version_with_who_when_and_what(verified, clock):
    clock.forward(minutes=5)
    saves(verified().clicks("Edit"))
    old, new = versions()
    assert (old.version, new.version) == (1, 2)
    assert new.made_by.email == "grace@example.com"
    assert abs((clock.now() - new.made_at).total_seconds()) < 1
    assert "account" in new.changed.split()
    assert "payee" not in new.changed.split()


def test_an_old_version_stays_as_it_was(verified):
    before = versions()[0].details
    saves(verified().clicks("Edit"))
    assert versions()[0].details == before


def test_a_save_is_on_the_record_without_the_number(verified, events):
    saves(verified().clicks("Edit"))
    (event,) = events("payment.changed")
    assert event.details["version"] == 2
    assert "2606" not in str(event.details)


def test_a_look_is_on_the_record(verified, events):
    verified().opens(PAYMENT)
    assert len(events("payment.viewed")) == 2


def test_showing_the_whole_number_is_an_act_of_its_own_on_the_record(verified, events):
    grace = verified()
    assert events("payment.number_shown") == []
    grace.presses("Show account number").sees("DE89 3704 0044 0532 0130 00")
    assert len(events("payment.number_shown")) == 1


def test_the_whole_number_is_gone_with_the_next_page(verified):
    verified().presses("Show account number").clicks("Hide account number").does_not_see("DE89 3704", NUMBER)


def test_the_first_details_of_a_company_are_added(person, phone, kit):
    emmy = person("emmy").clicks("Payment Information").presses("Send code")
    emmy.fills("Six-digit code", phone("+12025550166").newest_code()).presses("Verify").sees("No payout details yet")
    saves(emmy.clicks("Add payment information"), "United Kingdom", "GBP", GB).sees("•••• 9911")
    assert [row.version for row in versions() if row.company.name == "Difference Works"] == [1]


def test_the_second_of_two_administrators_is_told_and_loses_nothing(verified, person, phone):
    grace, mary = verified(), person("mary").opens(PAYMENT).presses("Send code")
    mary.fills("Six-digit code", phone("+12025550178").newest_code()).presses("Verify")
    types(mary.clicks("Edit"), "United Kingdom", "GBP", GB).presses("Check the changes")
    saves(grace.clicks("Edit"))
    mary.presses("Save payment information")
    assert mary.status == 409
    assert "Grace Murray saved" in mary.alert
    mary.sees("•••• 2606", "•••• 9911")
    assert len(versions()) == 2
    mary.presses("Save payment information").sees("•••• 9911")
    assert len(versions()) == 3


def test_a_conflict_is_on_the_record(verified, events):
    here = types(verified().clicks("Edit"), *ACCOUNTS[0][:3]).presses("Check the changes")
    here.posts(here.path, {"csrf_token": here.csrf, "seen": "0"})
    assert (here.status, len(events("payment.conflict"))) == (409, 1)


@pytest.mark.parametrize("seen", ["", "-1", "2", "1e3", "one", "٢", "9" * 4000, "1\r\n2"])
def test_a_tampered_version_saves_nothing(verified, seen):
    grace = types(verified().clicks("Edit"), *ACCOUNTS[0][:3]).presses("Check the changes")
    grace.posts(grace.path, {"csrf_token": grace.csrf, "seen": seen})
    assert grace.status < 500
    assert len(versions()) == 1


def test_what_was_typed_can_be_discarded(verified):
    grace = types(verified().clicks("Edit"), *ACCOUNTS[0][:3]).presses("Check the changes")
    grace.presses("Discard what I typed").sees("•••• 3000")
    assert PaymentDraft.select().count() == 0


def test_a_draft_is_kept_for_a_day(verified, kit, clock):
    grace = types(verified().clicks("Edit"), *ACCOUNTS[0][:3]).fills("City", "Turin").presses("Check the changes")
    assert grace.opens(f"{PAYMENT}/edit").value("City") == "Turin"
    clock.forward(hours=24, seconds=1)
    assert verified().clicks("Edit").value("City") == "London"


def test_a_draft_belongs_to_who_typed_it(verified, person, phone):
    types(verified().clicks("Edit"), *ACCOUNTS[0][:3]).fills("City", "Turin").presses("Check the changes")
    mary = person("mary").opens(PAYMENT).presses("Send code")
    mary.fills("Six-digit code", phone("+12025550178").newest_code()).presses("Verify")
    mary.clicks("Edit").does_not_see("Turin")


def test_a_second_change_in_the_same_visit_needs_a_code_of_its_own(verified, kit, clock):
    grace = saves(verified().clicks("Edit"))
    saves(grace.clicks("Edit"), "United Kingdom", "GBP", GB)
    assert len(versions()) == 2
    clock.forward(seconds=30)
    grace.fills("Six-digit code", app_code(kit)).presses("Verify").presses("Save payment information")
    grace.sees("•••• 9911")


def test_the_whole_number_is_nowhere_else(verified, kit):
    grace = verified()
    pages = [grace.opens(path).html for path in ("/", PAYMENT, f"{PAYMENT}/edit", f"{PAYMENT}/history")]
    digits = [re.sub(r"\s", "", html) for html in pages]
    assert not any(NUMBER in each or "0532013000" in each for each in digits)


def test_the_menu_and_the_trail_know_where_the_history_belongs(verified):
    grace = verified().opens(f"{PAYMENT}/history")
    assert [link.text for link in grace.page.every("a", aria_current="page")] == ["Payment Information"]
    grace.sees("Payments and Benefits", "History of payment information")
