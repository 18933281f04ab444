"""Six digits: how they are drawn, what is read as a code, the words around them, and what the table keeps."""

import itertools
import re
from collections import Counter

import pytest

from portal.models.challenge import Code
from portal.telephony.protocol import Channel
from portal.verification import codes
from portal.verification.codes import NotACode

WORDS = {
    "brand": "Ledger",
    "purpose": "for Payment Information",
    "ref": "K7",
    "minutes": 10,
    "host": "console.example.com",
}


def test_a_code_has_six_digits():
    assert all(re.fullmatch("[0-9]{6}", codes.draw(), re.ASCII) for _ in range(1000))


def test_leading_zeros_are_kept():
    assert any(codes.draw().startswith("0") for _ in range(1000))


def test_every_digit_comes_as_often_in_every_place():
    places = zip(*(codes.draw() for _ in range(10_000)), strict=True)
    assert all(850 <= count <= 1150 for place in places for count in Counter(place).values())


def test_codes_do_not_follow_one_another():
    drawn = [int(codes.draw()) for _ in range(1000)]
    assert len(set(drawn)) > 990
    assert sum(abs(a - b) <= 1 for a, b in itertools.pairwise(drawn)) < 5


def test_a_ref_has_no_letters_that_look_alike():
    refs = "".join(codes.draw_ref() for _ in range(1000))
    assert re.fullmatch("([A-Z][0-9])+", refs)
    assert not set(refs) & set("IJOQSZ015")


@pytest.mark.parametrize(
    "typed",
    [
        "012345",
        " 012345\n",
        "012 345",
        "012-345",
        "0 1 2 3 4 5",
        "０１２３４５",
        "٠١٢٣٤٥",
        "۰۱۲۳۴۵",
        "012\u00a0345",
        "012\u2011345",
        "012–345",
        "\u200e012345\u200f",
        "\u202a012345\u202c",
        "\ufeff012345",
        "01२३45",
    ],
)
def test_six_digits_are_a_code_however_they_are_written(typed):
    assert codes.read(typed) == "012345"


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("", "Type the six digits of the code."),
        (" - ", "Type the six digits of the code."),
        ("12345", "only 5"),
        ("1", "only one"),
        ("1234567", "more"),
        ("1" * 41, "more"),
        ("1" + " " * 100 + "23456", "only one"),
        ("12345a", "nothing else"),
        ("½23456", "nothing else"),
        ("²23456", "nothing else"),
        ("一二三四五六", "nothing else"),
        ("+12345", "nothing else"),
        ("123.456", "nothing else"),
        ("12345\0", "nothing else"),
        ("<script>", "nothing else"),
        ("abcdef", "nothing else"),
        ("😀" * 6, "nothing else"),
    ],
)
def test_anything_else_is_no_code_and_the_page_says_why(typed, sentence):
    with pytest.raises(NotACode, match=re.escape(sentence)):
        codes.read(typed)


def test_a_megabyte_is_refused_at_once():
    with pytest.raises(NotACode):
        codes.read("1" * 1_000_000)


def test_a_text_ends_in_the_line_that_browsers_fill_in_from():
    body = codes.body(Channel.TEXT, "012345", **WORDS)
    assert body == (
        "012345 is your Ledger code for Payment Information (ref K7). It works for 10 minutes. "
        "We never ask for it.\n\n@console.example.com #012345"
    )


def test_a_call_says_each_digit_twice_with_pauses():
    body = codes.body(Channel.CALL, "012345", **WORDS)
    assert body.count("0, 1, 2, 3, 4, 5") == 2
    assert "012345" not in body
    for words in ("Ledger", "Payment Information", "10 minutes", "never ask"):
        assert words in body


def test_the_table_knows_no_digits(asked):
    digits = asked("grace").gets()
    (row,) = Code.select().dicts()
    assert digits not in str(row)


def test_two_equal_codes_have_different_digests(kit, asked):
    grace, mary = asked("grace"), asked("mary")
    grace.gets(), mary.gets()
    one, other = [code.challenge.id for code in Code.select()]
    assert kit.keys.digest("code", one, "012345") != kit.keys.digest("code", other, "012345")


def test_a_text_names_the_settings_in_force(kit_with, asked, phone):
    grace = asked("grace")
    grace.kit = kit_with(brand="Ledger", code_minutes=4, url="https://console.example.com")
    code = grace.gets()
    text = phone("+12025550143").newest["body"]
    assert text.startswith(f"{code} is your Ledger code for Payment Information (ref ")
    assert "works for 4 minutes" in text
    assert text.endswith(f"\n\n@console.example.com #{code}")


def test_every_text_has_a_ref_of_its_own_page(asked, phone, person):
    mary = person("mary").clicks("Payment Information").presses("Send code")
    ref = re.search(r"\(ref (\w\d)\)", phone("+12025550178").newest["body"])[1]
    mary.sees(f"(ref {ref})")
