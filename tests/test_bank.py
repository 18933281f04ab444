"""What is taken for a bank account in each country, and what is said about everything else."""

import contextlib
import json

import phonenumbers
import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.payments import countries
from portal.payments.bank import BankAccount, FieldErrors, check, form_for
from portal.payments.countries import COUNTRIES

US = {"routing_number": "021000021", "account_number": "000123456789", "account_type": "checking"}
GB = {"sort_code": "20-00-00", "account_number": "55779911"}
DE = {"iban": "DE89 3704 0044 0532 0130 00", "bic": "COBADEFFXXX"}
TH = {"account_number": "123-4-56789-0", "bank_name": "Kasikornbank", "bic": "KASITHBK", "bank_code": "004"}
ACCOUNTS = [("US", US), ("GB", GB), ("DE", DE), ("TH", TH)]


def errors(country: str, typed: dict[str, str]) -> dict[str, str]:
    with pytest.raises(FieldErrors) as refused:
        check(country, typed)
    return refused.value.errors


def iban_error(country: str, iban: str) -> str:
    return errors(country, {"iban": iban, "bic": f"BANK{country}2X"})["iban"]


# Forms


@pytest.mark.parametrize(
    ("country", "form", "names"),
    [
        ("DE", "iban", ["iban", "bic"]),
        ("RE", "iban", ["iban", "bic"]),
        ("US", "us", ["routing_number", "account_number", "account_type"]),
        ("PR", "us", ["routing_number", "account_number", "account_type"]),
        ("GB", "gb", ["sort_code", "account_number"]),
        ("JE", "gb", ["sort_code", "account_number"]),
        ("TH", "other", ["account_number", "bank_name", "bic", "bank_code"]),
    ],
)
def test_each_country_has_the_form_it_uses(country, form, names):
    assert form_for(country).name == form
    assert [field.name for field in form_for(country).fields] == names


@pytest.mark.parametrize("country", COUNTRIES)
def test_every_form_keeps_exactly_its_account_number_secret(country):
    secret = [field.name for field in form_for(country).fields if field.secret]
    assert secret in (["iban"], ["account_number"])


def test_an_unknown_country_has_a_form_to_show_but_none_to_check():
    for country in ("", "XX", "de", "UK", "DE\x00", "D" * 1_000_000):
        assert form_for(country).name == "other"
        assert list(errors(country, TH)) == ["country"]


@pytest.mark.parametrize(("country", "required"), [("DE", False), ("GI", False), ("NC", True), ("RU", True)])
def test_the_bic_may_stay_empty_within_sepa(country, required):
    assert form_for(country).fields[1].required is required


# Accounts that are taken


@pytest.mark.parametrize(
    "iban",
    [
        "DE89 3704 0044 0532 0130 00",
        "BE68 5390 0754 7034",
        "NO93 8601 1117 947",
        "AT61 1904 3002 3457 3201",
        "CH93 0076 2011 6238 5295 7",
        "ES91 2100 0418 4502 0005 1332",
        "FR14 2004 1010 0505 0001 3M02 606",
        "IE29 AIBK 9311 5212 3456 78",
        "IT60 X054 2811 1010 0000 0123 456",
        "MT84 MALT 0110 0001 2345 MTLC AST0 01S",
        "NL91 ABNA 0417 1643 00",
        "PL61 1090 1014 0000 0712 1981 2874",
        "XK05 1212 0123 4567 8906",
        "GI75 NWBK 0000 0000 7099 453",
        "BR18 0036 0305 0000 1000 9795 493C 1",
        "SA03 8000 0000 6080 1016 7519",
        "AE07 0331 2345 6789 0123 456",
        "TR33 0006 1005 1978 6457 8413 26",
        "RU03 0445 2522 5408 1781 0538 0913 1041 9",
    ],
)
def test_ibans_of_many_countries_are_taken(iban):
    account = check(iban[:2], {"iban": iban, "bic": f"BANK{iban[:2]}2X"})
    assert account.full() == iban
    assert account.masked() == f"{iban[:2]} •••• {iban.replace(' ', '')[-4:]}"


@pytest.mark.parametrize(
    "typed",
    [
        "de89370400440532013000",
        " DE89-3704-0044-0532-0130-00\n",
        "DE89.3704.0044.0532.0130.00",
        "IBAN DE89 3704 0044 0532 0130 00",
        "DE89\u00a03704\u202f0044\u30000532–0130−00",
        "ＤＥ８９３７０４００４４０５３２０１３０００",
    ],
)
def test_an_iban_is_taken_as_people_write_it(typed):
    assert check("DE", {"iban": typed}).fields == {"iban": "DE89370400440532013000"}


@pytest.mark.parametrize(
    ("country", "iban", "bic"),
    [
        ("RE", "FR1420041010050500013M02606", "BNPARERX"),
        ("MQ", "FR1420041010050500013M02606", "AGRIFRPP"),
        ("NC", "FR1420041010050500013M02606", "BNPANCNX"),
        ("AX", "FI2112345600000785", "AABAFI22"),
    ],
)
def test_territories_bank_under_the_numbers_of_their_country(country, iban, bic):
    assert check(country, {"iban": iban, "bic": bic}).country == country


@pytest.mark.parametrize("routing", ["021000021", "011401533", "121000248", "322271627", "0260-0959-3"])
def test_american_routing_numbers_are_taken(routing):
    assert check("US", {**US, "routing_number": routing}).fields["account_number"] == "000123456789"


@pytest.mark.parametrize(
    ("country", "typed", "masked", "full", "told"),
    [
        ("US", US, "US •••• 6789", "000123456789", "Routing number 021000021, checking account"),
        ("GB", GB, "GB •••• 9911", "55779911", "Sort code 20-00-00"),
        ("DE", DE, "DE •••• 3000", "DE89 3704 0044 0532 0130 00", "BIC COBADEFFXXX"),
        ("DE", {"iban": DE["iban"]}, "DE •••• 3000", "DE89 3704 0044 0532 0130 00", ""),
        ("TH", TH, "TH •••• 7890", "1234567890", "Kasikornbank, BIC KASITHBK, bank code 004"),
    ],
)
def test_an_account_tells_of_itself(country, typed, masked, full, told):
    account = check(country, typed)
    assert (account.masked(), account.full(), account.bank()) == (masked, full, told)


@pytest.mark.parametrize(
    ("number", "shown"), [("1234", "34"), ("12345", "45"), ("123456", "456"), ("12345678", "5678")]
)
def test_a_mask_never_shows_more_than_half_of_a_number(number, shown):
    assert check("US", {**US, "account_number": number}).last_four() == shown


def test_the_name_of_a_bank_may_be_in_any_script():
    assert check("TH", {**TH, "bank_name": "  ธนาคาร   กสิกรไทย "}).fields["bank_name"] == "ธนาคาร กสิกรไทย"


def test_optional_fields_left_empty_are_not_stored():
    assert "bank_code" not in check("TH", {**TH, "bank_code": " "}).fields


@pytest.mark.parametrize(("country", "typed"), ACCOUNTS)
def test_an_account_survives_storage(country, typed):
    account = check(country, typed)
    assert BankAccount.from_dict(json.loads(json.dumps(account.as_dict()))) == account
    assert check(country, account.fields) == account


# Accounts that are refused


def test_all_fields_are_checked_at_once():
    assert errors("US", {}) == {
        "routing_number": "Enter the routing number.",
        "account_number": "Enter the account number.",
        "account_type": "Choose the account type.",
    }
    assert errors("RU", {}) == {"iban": "Enter the IBAN.", "bic": "Enter the BIC."}
    assert list(errors("TH", {"bank_code": "?"})) == ["account_number", "bank_name", "bic", "bank_code"]


@pytest.mark.parametrize(
    ("iban", "said"),
    [
        ("DE88 3704 0044 0532 0130 00", "check digits"),
        ("DE89 3704 0044 0532 0130 0", "has 21 characters; those of Germany have 22"),
        ("DE89 3704 0044 0532 0130 000", "has 23 characters"),
        ("DE", "has 2 characters"),
        ("BE68 5390 0754 7034", "another country, Belgium"),
        ("GB29 NWBK 6016 1331 9268 19", "another country, United Kingdom"),
        ("RU03 0445 2522 5408 1781 0538 0913 1041 9", "another country, Russia"),
        ("ZZ89 3704 0044 0532 0130 00", "begins with DE"),
        ("532013000", "begins with DE"),
        ("IBAN", "begins with DE"),
        ("DE89 3704 0044 0532 0130 00\u200b", "invisible"),
        ("DE89\x003704 0044 0532 0130 00", "invisible"),
        ("\u202eDE89 3704 0044 0532 0130 00", "invisible"),
        ("DE٨٩ ٣٧٠٤ ٠٠٤٤ ٠٥٣٢ ٠١٣٠ ٠٠", "Use only"),
        ("DE89 3704 0044 0532 0130 0²", "Use only"),
        ("ＤＥ８９ ３７０４ ００４４ ０５３２ ０１３０ ０⓪", "Use only"),
        ("DE89 3704 0044 0532 0130 00;", "Use only"),
        ("--", "Use only"),
        ("DE89" * 1000, "too long"),
    ],
)
def test_an_iban_that_is_none_is_refused(iban, said):
    assert said in iban_error("DE", iban)


@pytest.mark.parametrize("check_digits", ["00", "01", "99"])
def test_check_digits_that_only_look_right_are_refused(check_digits):
    """98 - 97, 97 - 97 and 2 + 97 satisfy the sum, but no bank gives them out."""
    alias = {"00": 97, "01": 98, "99": 2}[check_digits]
    bban = next(f"{n:018}" for n in range(10**8, 10**8 + 9999) if _check_digits("DE", f"{n:018}") == alias)
    assert check("DE", {"iban": f"DE{alias:02}{bban}"})
    assert "check digits" in iban_error("DE", f"DE{check_digits}{bban}")


def _check_digits(country: str, bban: str) -> int:
    return 98 - int("".join(str(int(c, 36)) for c in f"{bban}{country}00")) % 97


def test_letters_where_digits_belong_are_refused():
    bban = "3704004405320130AB"
    assert "letters" in iban_error("DE", f"DE{_check_digits('DE', bban):02}{bban}")


@pytest.mark.parametrize(
    ("country", "bic", "said"),
    [
        ("DE", "COBADEF", "8 or 11"),
        ("DE", "COBADEFFX", "8 or 11"),
        ("DE", "C0BADEFF", "8 or 11"),
        ("DE", "COBAZZFF", "8 or 11"),
        ("DE", "BNPAFRPP", "leave it empty"),
        ("DE", "COBADEFF\u200d", "invisible"),
        ("TH", "BNPAFRPP", "choose that country"),
        ("TH", "", "Enter the SWIFT/BIC."),
    ],
)
def test_a_bic_that_is_none_is_refused(country, bic, said):
    assert said in errors(country, {**DE, **TH, "bic": bic})["bic"]


@pytest.mark.parametrize("routing", ["000000000", "001000004", "021000022", "201000021", "990000006", "500000005"])
def test_routing_numbers_that_no_bank_has_are_refused(routing):
    assert list(errors("US", {**US, "routing_number": routing})) == ["routing_number"]


@pytest.mark.parametrize("number", ["02100002", "0210000210", "O21000021", "٠٢١٠٠٠٠٢١", "²21000021", "0210000\x0021"])
def test_routing_numbers_that_are_not_nine_digits_are_refused(number):
    assert list(errors("US", {**US, "routing_number": number})) == ["routing_number"]


@pytest.mark.parametrize("number", ["123", "1" * 18, "0000", "12A45", "1²34567", "1\u200b234567", "9" * 1_000_000])
def test_american_account_numbers_have_four_to_seventeen_digits(number):
    assert list(errors("US", {**US, "account_number": number})) == ["account_number"]


@pytest.mark.parametrize("kind", ["", "Checking", "loan", "checking\x00", "c" * 1000])
def test_an_account_type_is_one_of_the_two_offered(kind):
    assert list(errors("US", {**US, "account_type": kind})) == ["account_type"]


@pytest.mark.parametrize("code", ["20-00-0", "20-00-000", "20-0O-00", "00-00-00", "２０００００²"])
def test_a_sort_code_has_six_digits(code):
    assert list(errors("GB", {**GB, "sort_code": code})) == ["sort_code"]


@pytest.mark.parametrize("number", ["5577991", "557799", "557799110", "5577991A", "00000000"])
def test_a_british_account_number_has_eight_digits_and_is_not_filled_up(number):
    assert "8 digits" in errors("GB", {**GB, "account_number": number})["account_number"]


def test_a_british_iban_is_pointed_to_its_last_digits():
    said = errors("GB", {**GB, "account_number": "GB29 NWBK 6016 1331 9268 19"})["account_number"]
    assert "last 8 digits" in said
    assert "sort code" in said


@pytest.mark.parametrize("number", ["123", "1" * 35, "0000", "12/34", "ก12345"])
def test_other_account_numbers_have_4_to_34_letters_and_digits(number):
    assert list(errors("TH", {**TH, "account_number": number})) == ["account_number"]


@pytest.mark.parametrize("name", ["", "123", "Bank\u202e", "Bank\nBank", "x" * 101])
def test_the_name_of_a_bank_is_words(name):
    assert list(errors("TH", {**TH, "bank_name": name})) == ["bank_name"]


# What must not get out


@pytest.mark.parametrize(("country", "typed"), ACCOUNTS)
def test_repr_mask_and_bank_never_show_an_account_number(country, typed):
    account = check(country, typed)
    number = account.full().replace(" ", "")
    for shown in (repr(account), str(account), account.masked(), account.bank(), f"{[account]!r}"):
        assert number not in shown.replace(" ", "")
        assert number[:-4][-5:] not in shown.replace(" ", "")


def test_errors_never_repeat_what_was_typed():
    with pytest.raises(FieldErrors) as refused:
        check("DE", {"iban": "<b>DE00123456", "bic": "<b>"})
    assert "<b>" not in f"{refused.value!r} {refused.value} {refused.value.errors}"


anything = st.text() | st.text("DE8937040044 -.0²٠\x00\u200bXG", max_size=50)
names = st.sampled_from(sorted({field.name for country in COUNTRIES for field in form_for(country).fields}))


@given(st.sampled_from(sorted(COUNTRIES)) | anything, st.dictionaries(names, anything))
def test_whatever_is_typed_is_taken_or_refused_field_by_field(country, typed):
    with contextlib.suppress(FieldErrors):
        account = check(country, typed)
        assert check(country, account.fields) == account


@given(st.integers(min_value=10**3, max_value=10**17 - 1), st.text(" -.\u00a0–", min_size=17, max_size=17))
def test_separators_change_nothing(number, separators):
    typed = "".join(digit + separator for digit, separator in zip(str(number), separators, strict=False))
    assert check("US", {**US, "account_number": typed}).full() == str(number)


# Countries and currencies


def test_the_table_of_countries_is_whole_and_in_order():
    assert len(COUNTRIES) == 249 + 1  # ISO 3166, and Kosovo
    assert set(phonenumbers.SUPPORTED_REGIONS) - set(COUNTRIES) == {"AC", "TA"}  # parts of Saint Helena
    assert all(len(code) == 2 and code.isupper() for code in COUNTRIES)
    assert len(set(COUNTRIES.values())) == len(COUNTRIES)
    plain = [name for name in COUNTRIES.values() if name.isascii()]
    assert plain == sorted(plain, key=lambda name: name.replace("-", "").replace(",", "").lower())


def test_countries_that_are_spoken_of_are_in_the_table():
    assert {*countries.SEPA, *countries.BANKS_LIKE, *countries.BANKS_LIKE.values()} <= set(COUNTRIES)
    assert all(form_for(country).name in {"iban", "gb"} for country in countries.SEPA)
