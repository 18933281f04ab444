"""Encryption at rest: what is sealed opens in its own place alone, and the database without its keys says nothing."""

import re

import pytest
from house.asking import PAYMENT, user_of
from house.payouts import saves

from portal.database import database
from portal.demo import seed
from portal.models.authenticator import Authenticator, Kind
from portal.models.tables import TABLES
from portal.payments.approvals import Act, digest
from portal.seal import BadKeys, BrokenSeal, Keys


@pytest.fixture
def file(tmp_path):
    Keys.add(tmp_path / "new" / "keys")
    return tmp_path / "new" / "keys"


@pytest.fixture
def keys(file):
    return Keys.read(file)


def test_what_is_sealed_can_be_opened_in_its_place(keys):
    assert keys.open(keys.seal("sécret", "table:1:column"), "table:1:column") == "sécret"


def test_moved_to_another_place_it_cannot_be_opened(keys):
    sealed = keys.seal("secret", "authenticator:1:secret")
    with pytest.raises(BrokenSeal):
        keys.open(sealed, "authenticator:2:secret")


def test_a_secret_moved_to_another_person_in_the_database_is_useless(asked, kit):
    app = Authenticator.get(Authenticator.name == "Work phone")
    stolen = Authenticator.create(
        user=user_of("mary"), kind=Kind.APP, place="account_site", secret=app.secret, added_at=kit.now
    )
    with pytest.raises(BrokenSeal):
        kit.keys.open(stolen.secret, stolen.place_of_secret)


def test_every_sealed_text_is_another_one(keys):
    assert keys.seal("same", "x") != keys.seal("same", "x")


@pytest.mark.parametrize("at", [0, 5, 12, 20, -1])
def test_a_changed_text_cannot_be_opened(keys, at):
    name, _, box = keys.seal("secret", "x").partition(".")
    other = "A" if box[at] != "A" else "B"
    changed = box[:at] + other + (box[at + 1 :] if at != -1 else "")
    with pytest.raises(BrokenSeal):
        keys.open(f"{name}.{changed}", "x")


@pytest.mark.parametrize("sealed", ["", ".", "k1", "k1.", "gone.AAAA", "é.é", "x" * 1000])
def test_nonsense_cannot_be_opened(keys, sealed):
    with pytest.raises(BrokenSeal):
        keys.open(sealed, "x")


def test_a_new_key_seals_and_the_old_one_still_opens(file, keys):
    old, digested = keys.seal("secret", "x"), keys.digest("code", "1", "012345")
    name = Keys.add(file)
    rotated = Keys.read(file)
    assert rotated.open(old, "x") == "secret"
    assert rotated.seal("secret", "x").startswith(f"{name}.")
    assert rotated.matches(digested, "code", "1", "012345")


def test_without_the_old_key_what_it_sealed_is_gone(file, keys):
    sealed, digested = keys.seal("secret", "x"), keys.digest("a")
    Keys.add(file)
    file.write_text(file.read_text().splitlines()[0])
    with pytest.raises(BrokenSeal):
        Keys.read(file).open(sealed, "x")
    assert not Keys.read(file).matches(digested, "a")


def test_cookies_outlive_a_new_key(file, keys):
    (before,) = keys.for_cookies()
    Keys.add(file)
    assert Keys.read(file).for_cookies()[1] == before


def test_the_key_file_is_for_its_owner_alone(file):
    assert file.stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize("text", ["", "\n", "one", "one two three", "k1 notbase64!", "k1 QUFBQQ==", "k1 é"])
def test_a_bad_key_file_is_said_to_be_one(file, text):
    file.write_text(text)
    with pytest.raises(BadKeys, match="not a key file"):
        Keys.read(file)


def test_a_missing_key_file_is_said_with_what_to_do(tmp_path):
    with pytest.raises(BadKeys, match="portal keys new"):
        Keys.read(tmp_path / "nowhere")


def test_a_digest_is_of_its_parts_and_their_order(keys):
    made = keys.digest("a", "b", "c")
    assert keys.matches(made, "a", "b", "c")
    for other in (("a", "c", "b"), ("a", "b"), ("ab", "c"), ("a", "b", "c", "")):
        assert not keys.matches(made, *other)


def test_two_installations_make_different_digests(keys, kit):
    assert keys.digest("a").partition(".")[2] != kit.keys.digest("a").partition(".")[2]


def test_sealing_digests_and_cookies_use_different_keys(keys):
    token = keys.successor("a", "b")
    assert token not in (keys.digest("a", "b").partition(".")[2], *keys.for_cookies())


# The whole database, searched (issue: the database file, copied, contains no readable secret)


@pytest.fixture
def used(verified, phone, person, kit):
    """A database after some use: codes sent and answered, a save, a draft, a sign-up link."""
    saves(verified().clicks("Edit"))
    mary = person("mary").opens(PAYMENT).presses("Send code")
    mary.fills("Six-digit code", phone("+12025550178").newest_code()).presses("Verify")
    mary.clicks("Edit").fills("IBAN", "DE75512108001245126199").chooses("Germany", among="Country of the bank account")
    mary.presses("Check the changes")
    person("emmy").clicks("Payment Information").presses("Send code")
    return kit


def everything() -> bytes:
    """Each value of each row; and on SQLite the very bytes of the files."""
    rows = str([list(table.select().tuples()) for table in TABLES]).encode()
    files = [file.read_bytes() for file in folder_of_sqlite()]
    return rows + b"".join(files)


def folder_of_sqlite() -> list:
    name = getattr(database.obj, "database", "")
    folder = type(name)(name).parent if hasattr(name, "parent") else None
    return list(folder.glob("portal.sqlite3*")) if folder else []


@pytest.mark.parametrize(
    "secret",
    [
        *seed.APPS.values(),
        "DE89370400440532013000",
        "FR1420041010050500013M02606",
        "DE75512108001245126199",
        "0532013000",
    ],
)
def test_no_secret_and_no_account_number_is_readable(used, secret):
    assert secret.encode() not in everything()


def test_no_code_is_readable(used):
    codes = {found for each in used.telephony.messages() for found in re.findall(r"\b\d{6}\b", each["body"])}
    dump = re.sub(rb"[0-9a-f]{16,}|[A-Za-z0-9+/=]{24,}|\d{15,}", b"", everything())
    assert len(codes) == 2
    assert not [code for code in codes if re.search(rf"(?<![0-9]){code}(?![0-9])".encode(), dump)]


def test_no_password_is_readable(used):
    assert b"correct horse" not in everything()


def test_no_key_is_readable(used):
    roots = [line.split()[1] for line in used.settings.keys_file.read_text().splitlines()]
    assert not any(root.encode() in everything() for root in roots)


def test_the_search_finds_what_is_there(used):
    dump = everything()
    assert b"grace@example.com" in dump
    assert b"Analytical Engines" in dump


def test_the_digest_of_a_change_hides_its_account_number(asked, kit):
    assurance = asked("grace").passes().enters()
    made = digest(kit, assurance, Act("DE89370400440532013000", "to pay"))
    assert "DE89" not in made
    assert made != digest(kit, assurance, Act("DE89370400440532013001", "to pay"))
