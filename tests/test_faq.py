"""The specification, sentence by sentence: what each of the eighteen answers promises, and the tests that prove it.

A sentence without a test fails here, and so does a test that is named and not there.
"""

import ast
from pathlib import Path

import pytest
from test_help import ANCHORS

HERE = Path(__file__).parent

# Answer (its id in the help) to what it says, and the tests of that.
FAQ: dict[str, dict[str, str]] = {
    "two-step-verification": {
        "it is required when payment information is added or edited": "test_no_post_changes_anything_in_any_guise test_the_first_details_of_a_company_are_added",
        "a one-time password by text or phone call to the registered number": "test_a_text_and_a_call_both_answer_the_challenge test_grace_gets_in_with_her_app_then_by_text_then_by_call",
        "or a code in an authenticator app": "test_an_app_passes_without_any_message",
        "only an account administrator can access the page": "test_who_is_no_administrator_is_refused_and_nothing_is_sent test_no_other_role_gets_in",
    },
    "who-needs-it": {
        "everybody who updates or accesses payment information": "test_no_payment_data_leaves_before_the_code_not_even_masked test_any_administrator_may_update",
        "accessing the page under Settings > Payments and Benefits starts it": "test_opening_payment_information_starts_the_verification",
    },
    "get-a-code": {
        "a text or a call to the number of My Account or to any number of the account site": "test_grace_chooses_a_text_or_a_call_to_each_of_her_numbers_or_her_app",
        "one can use an app too": "test_one_is_asked_by_the_preferred_way_and_offered_the_others",
        "charges might apply": "test_charges_might_apply_wherever_a_phone_is_texted_or_called",
    },
    "authenticator-apps": {
        "apps are supported": "test_app_codes_are_those_of_rfc_6238",
        "one that is preferred is set as the preferred method": "test_an_app_can_be_made_the_preferred_way test_one_is_asked_by_the_preferred_way_and_offered_the_others",
    },
    "first-set-up": {
        "Accounts & Lists > Account > Login & security > 2-Step verification > Turn on, with Phone Number": "test_the_first_set_up_by_phone_number",
        "or Authenticator App": "test_the_first_set_up_by_authenticator_app",
        "another phone number or app on the Two-Step Verification (2SV) Settings page": "test_more_numbers_and_an_app_are_added_on_the_account_site",
    },
    "no-phone-number": {
        "without a number or app payment information cannot be updated": "test_without_an_authenticator_every_address_leads_to_adding_one test_an_unverified_number_is_no_authenticator",
        "Payment Information directs to a page that asks for the number": "test_payment_information_itself_asks_for_the_first_number",
        "the number is associated by the code that is sent to it": "test_a_first_number_by_text_opens_payment_information_and_stands_in_my_account",
        "or in Settings > My Account > Edit > Add": "test_a_number_is_added_in_my_account",
        "more numbers or an app on the account site": "test_more_numbers_and_an_app_are_added_on_the_account_site",
    },
    "add-or-edit-number": {
        "Settings > My Account > Edit > Add, verified by text": "test_a_number_is_added_in_my_account",
        "the present number is edited there too": "test_the_number_of_my_account_is_changed_where_it_stands",
        "more than one number or an app by Edit on the account site": "test_more_numbers_and_an_app_are_added_on_the_account_site",
    },
    "see-number": {
        "Settings > My Account shows the current number": "test_the_current_number_stands_in_my_account",
        "the account site shows them all": "test_all_numbers_and_apps_stand_on_the_account_site",
    },
    "number-elsewhere": {
        "an empty My Account may have a number or app on the account site": "test_where_my_account_is_empty_the_account_site_shows_what_there_is",
        "with it one updates payment information all the same": "test_mary_gets_into_both_companies_with_a_verification_for_each",
    },
    "one-number-many-accounts": {
        "one number may belong to several accounts, added through the account site": "test_ada_and_mary_share_a_number_and_neither_can_use_the_code_of_the_other",
        "the console takes it for one account only": "test_the_console_refuses_a_number_of_another_account_only_once_it_is_proved",
        "credentials are not shared: a code is good for one sign-in": "test_a_code_of_another_sign_in_with_the_same_phone_fails",
    },
    "company-profile-number": {
        "the My Account number is the person's and works for all their companies": "test_mary_gets_into_both_companies_with_a_verification_for_each",
        "the Company Profile number is another one and not used": "test_its_number_is_said_to_be_none_for_verification test_the_number_of_the_company_is_another_one_and_not_used",
    },
    "who-can-update": {
        "any administrator with a number or app": "test_any_administrator_may_update",
    },
    "several-administrators": {
        "not only one of them": "test_any_administrator_may_update test_of_two_administrators_who_save_at_once_the_second_is_told_and_loses_nothing",
        "each with a number of their own sign-in": "test_a_code_is_sent_only_to_ones_own_phone",
    },
    "share-a-number": {
        "a number may belong to several accounts if added on the account site": "test_ada_and_mary_share_a_number_and_neither_can_use_the_code_of_the_other",
    },
    "code-lifetime": {
        "each code is active for ten minutes": "test_a_code_works_at_9_59 test_a_code_has_expired_at_10_01 test_an_older_code_works_on_in_its_own_ten_minutes",
        "then one goes back to Payment Information and requests another": "test_the_page_says_that_a_code_has_expired_and_how_to_get_another",
    },
    "wrong-code": {
        "a message says that the code is invalid and asks to try again": "test_a_wrong_code_is_called_invalid",
        "ten failed verifications in a row lock the account": "test_ten_wrong_answers_lock test_nine_wrong_one_right_and_nine_wrong_do_not_lock",
        "with issues one contacts customer support": "test_who_is_locked_out_reaches_support",
    },
    "trouble-with-a-number": {
        "customer support helps with adding or updating a number": "test_a_message_begins_a_conversation",
        "changing account information takes chat or phone": "test_a_call_back_is_a_case_with_a_number test_nothing_is_changed_in_a_case_in_which_nobody_has_spoken",
    },
    "who-to-contact": {
        "developer support answers questions": "test_an_answer_is_there_for_the_person_with_who_gave_it",
        "developer support cannot add or change a number or an app": "test_developer_support_asks_for_everything_by_every_method_and_changes_nothing",
    },
}

TESTS = {
    node.name
    for file in HERE.rglob("test_*.py")
    for node in ast.walk(ast.parse(file.read_text()))
    if isinstance(node, ast.FunctionDef) and node.name.startswith("test_")
}
SENTENCES = [(answer, says, tests) for answer, promised in FAQ.items() for says, tests in promised.items()]


def test_every_answer_of_the_help_is_in_the_table():
    assert list(FAQ) == ANCHORS


@pytest.mark.parametrize(("answer", "says", "tests"), SENTENCES, ids=[says for _, says, _ in SENTENCES])
def test_every_sentence_is_proved_by_tests_that_exist(answer, says, tests):
    assert tests.split(), f"{answer}: nothing proves that {says}"
    assert set(tests.split()) - TESTS == set()
