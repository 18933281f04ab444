"""Every setting: read from its variable, refused with a sentence, and listed where people look for it."""

from dataclasses import fields
from pathlib import Path

import pytest

from portal import config
from portal.app import create_app
from portal.config import BadSetting, Settings
from portal.demo.kit import pack_demo
from portal.seal import Keys
from portal.verification import lockout

README = Path(__file__).parent.parent / "README.md"
FIELDS = {each.name: each for each in fields(Settings)}
NUMBERS = [name for name, each in FIELDS.items() if isinstance(each.default, int)]

# What somebody may write for a setting, and what it comes to. Numbers are tried one by one below.
WRITTEN = {
    "resend_waits": ("5, 10 20", (5, 10, 20)),
    "payment_approval": ("every-change", "every-change"),
    "mode": ("demo", "demo"),
    "url": ("https://console.example.com", "https://console.example.com"),
    "data": ("/srv/console", Path("/srv/console")),
    "theme": ("themes/ours", Path("themes/ours")),
    "keys": ("/etc/console/keys", Path("/etc/console/keys")),
    "sign_up": ("closed", "closed"),
    "region": ("GB", "GB"),
    "countries": ("gb, fr DE", frozenset({"GB", "FR", "DE"})),
    "telephony": ("twilio", "twilio"),
    "database": ("postgresql://somebody@127.0.0.1/console", "postgresql://somebody@127.0.0.1/console"),
}
LIVE = {"PORTAL_URL": "https://console.example.com", "PORTAL_MAIL": "smtp://mail.example.com:587"}


def read(**environment: str) -> Settings:
    return Settings.read({f"PORTAL_{name.upper()}": value for name, value in environment.items()})


def test_nothing_has_to_be_set():
    assert Settings.read({}) == Settings()


@pytest.mark.parametrize("name", [name for name in FIELDS if name not in NUMBERS])
def test_each_setting_is_read_from_its_variable(name):
    written, value = WRITTEN.get(name, ("some words", "some words"))
    assert getattr(read(**{name: written}), name) == value


@pytest.mark.parametrize("name", NUMBERS)
def test_each_number_is_read_from_its_variable(name):
    assert getattr(read(**{name: "7"}), name) == 7


@pytest.mark.parametrize("name", NUMBERS)
@pytest.mark.parametrize("written", ["", "ten", "1.5", "-1", "0", "10 minutes", "½", "1e3"])
def test_a_bad_number_is_refused_by_its_name(name, written):
    if name == "trusted_proxies" and written == "0":
        assert read(trusted_proxies="0").trusted_proxies == 0
    else:
        with pytest.raises(BadSetting, match=f"PORTAL_{name.upper()} "):
            read(**{name: written})


@pytest.mark.parametrize(
    ("name", "written"),
    [
        ("mode", "production "),
        ("mode", "Demo"),
        ("sign_up", "yes"),
        ("payment_approval", "never"),
        ("url", "console.example.com"),
        ("url", "ftp://console.example.com"),
        ("url", "https://"),
        ("url", "http://[::1"),
        ("resend_waits", "30 sixty"),
        ("resend_waits", "30 -60"),
        ("region", "Britain"),
        ("countries", "GB Freedonia"),
        ("database", "mysql://localhost/console"),
    ],
)
def test_a_bad_value_is_refused_by_its_name(name, written):
    with pytest.raises(BadSetting, match=f"PORTAL_{name.upper()} "):
        read(**{name: written})


def test_an_address_with_a_slash_at_its_end_makes_no_double_slash():
    assert not read(url="https://console.example.com/").url.endswith("/")


def test_the_region_may_be_written_small():
    assert read(region="gb").region == "GB"


@pytest.mark.skipif(not README.exists(), reason="README.md is not written yet")
def test_the_readme_lists_every_setting_with_its_default():
    assert config.table() in README.read_text()


def test_every_setting_says_what_it_means():
    for each in FIELDS.values():
        meaning = each.metadata["meaning"]
        assert meaning[0].isupper() or meaning[0] == "`"
        assert not meaning.endswith(".")


# Production


@pytest.fixture
def live(tmp_path):
    """The environment of a production that may start."""
    Keys.add(tmp_path / "keys")
    hook = {
        "PORTAL_TELEPHONY": "webhook",
        "PORTAL_TELEPHONY_URL": "https://hook.example",
        "PORTAL_TELEPHONY_SECRET": "s",
    }
    return {**LIVE, **hook, "PORTAL_DATA": str(tmp_path)}


def start(environment: dict[str, str]):
    return create_app(Settings.read(environment))


def test_production_starts_with_real_ways_out(live):
    app = start(live)
    assert app.config["SESSION_COOKIE_NAME"] == "__Host-portal"


def test_production_has_no_page_of_the_demo(live):
    assert not [rule for rule in start(live).url_map.iter_rules() if "/dev" in rule.rule]


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"PORTAL_TELEPHONY": "fake"}, "PORTAL_TELEPHONY"),
        ({"PORTAL_TELEPHONY": "pigeon"}, "PORTAL_TELEPHONY"),
        ({"PORTAL_TELEPHONY_URL": ""}, "PORTAL_TELEPHONY_URL"),
        ({"PORTAL_TELEPHONY_SECRET": ""}, "PORTAL_TELEPHONY_SECRET"),
        ({"PORTAL_TELEPHONY": "twilio"}, "PORTAL_TELEPHONY_ACCOUNT"),
        ({"PORTAL_MAIL": "fake"}, "PORTAL_MAIL"),
        ({"PORTAL_MAIL": "mail.example.com"}, "PORTAL_MAIL"),
        ({"PORTAL_URL": ""}, "PORTAL_URL"),
        ({"PORTAL_URL": "http://console.example.com"}, "PORTAL_URL"),
    ],
)
def test_production_refuses_to_start_without_them(live, change, said):
    with pytest.raises(BadSetting, match=said):
        start({**live, **change})


def test_production_makes_no_keys_by_itself(live, tmp_path):
    (tmp_path / "keys").unlink()
    with pytest.raises(ValueError, match="no key file"):
        start(live)
    assert not (tmp_path / "keys").exists()


def test_a_setting_that_was_renamed_is_named_and_not_passed_over():
    with pytest.raises(BadSetting, match="PORTAL_REPLACEMENT_HOURS"):
        Settings.read({"PORTAL_RECOVERY_HOURS": "72"})


def test_the_demo_refuses_real_ways_out(tmp_path):
    with pytest.raises(BadSetting, match="PORTAL_TELEPHONY"):
        pack_demo(Settings(mode="demo", data=tmp_path, telephony="twilio"))


# Limits that only a strange installation reaches


@pytest.mark.parametrize("failures", [1, 2, 3, 10, 100])
def test_no_limit_makes_the_end_of_a_lock_impossible(kit, kit_with, failures):
    settings = kit_with(failures_before_lockout=failures).settings
    for count in range(failures, settings.failures_before_support + 1, failures):
        assert lockout.lock_end(settings, count, kit.now) > kit.now
