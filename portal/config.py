"""Every setting of an installation, read once from `PORTAL_*` environment variables.

The limits stand together on top: each is read by the code that enforces it, by the help and by the tests.
Nothing else in the program reads the environment.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import Field, dataclass, field, fields
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from phonenumbers import SUPPORTED_REGIONS

RENAMED = {"PORTAL_RECOVERY_HOURS": "PORTAL_REPLACEMENT_HOURS"}
MOST = 1_000_000  # of anything that is counted here
NORMAL = {"url": lambda text: text.rstrip("/"), "region": str.upper}  # how text settings may be written


class BadSetting(ValueError):
    """A `PORTAL_*` variable has a value that cannot be used; the message says which and what to write."""


def setting(default: Any, meaning: str, source: str = "") -> Any:
    return field(default=default, metadata={"meaning": meaning, "source": source})


@dataclass(frozen=True)
class Settings:
    # Codes
    code_minutes: int = setting(
        10, "Minutes that each texted or called code is active", "FAQ: how long is the code active"
    )
    verification_minutes: int = setting(15, "Minutes that one verification opens Payment Information", "PRODUCT 2")
    resend_waits: tuple[int, ...] = setting((30, 60, 120, 240), "Seconds before the 2nd, 3rd, … code the same way")
    sends_per_challenge: int = setting(5, "Codes that one challenge may send")
    sends_per_number_a_day: int = setting(10, "Codes that one number may get in a day, over all accounts")
    sends_per_person_a_day: int = setting(30, "Codes that one person may ask for in a day")
    sends_per_address_an_hour: int = setting(100, "Codes that one network address may ask for in an hour")
    sends_a_day: int = setting(5000, "Codes that the installation sends in a day")
    # Lockout
    failures_before_lockout: int = setting(10, "Failed verifications in a row that lock the account", "FAQ: wrong code")
    lockout_minutes: int = setting(30, "Minutes of the first lock; each further one doubles", "PCI DSS 8.3.4")
    failures_before_support: int = setting(
        100, "Failures in a row that only customer support can lift", "NIST SP 800-63B-4 3.2.2"
    )
    tries_left_warning: int = setting(3, "From how many tries left the page says so")
    # Signing in
    sign_in_idle_minutes: int = setting(60, "Minutes without a click that end a sign-in", "ASVS 7.3.1")
    sign_in_hours: int = setting(24, "Hours after which a sign-in ends in any case", "ASVS 7.3.2")
    password_length: int = setting(15, "Characters of a password, at the least", "NIST SP 800-63B-4 3.1.1")
    password_length_with_2sv: int = setting(8, "The same where two-step verification guards sign-in too")
    wrong_passwords: int = setting(10, "Wrong passwords from one address for one account before a pause")
    wrong_password_minutes: int = setting(15, "Minutes of that pause")
    mails_an_hour: int = setting(5, "Mails with a link that one address may be sent in an hour")
    reset_minutes: int = setting(30, "Minutes that a link to a new password works")
    invitation_days: int = setting(7, "Days that a link to sign up or an invitation works")
    invitations_a_day: int = setting(50, "Invitations that one company may make in a day")
    companies_a_day: int = setting(10, "Companies that one person may create in a day")
    not_me_days: int = setting(30, 'Days that the link of a notice ("this was not me") works')
    recovery_codes: int = setting(10, "Recovery codes in a set")
    # Payment Information
    payment_approval: str = setting(
        "first-change", "Least strict approval of changes: `first-change` or `every-change`"
    )
    draft_hours: int = setting(24, "Hours that a typed, unsaved change of payment information is kept")
    # Support
    message_length: int = setting(4000, "Characters of one message to a support desk, at the most")
    messages_an_hour: int = setting(200, "Messages that one person may write to the desks in an hour")
    replacement_hours: int = setting(
        24, "Hours before customer support's replacement of lost authenticators takes effect"
    )
    support_phone: str = setting("", "Number of customer support that its pages show; empty shows none")
    # The installation
    mode: str = setting("production", "`production`, or `demo` with fake phones, mail and clock")
    brand: str = setting("Developer Console", "The name on every page and in every text")
    url: str = setting("", "The address people use, for example `https://console.example.com`")
    data: Path = setting(Path("var"), "Folder of the embedded database and of what the demo writes")
    database: str = setting("", "`postgresql://…`; empty is SQLite in the data folder")
    keys: Path = setting(Path(), "File of the encryption keys; empty is `keys` in the data folder")
    sign_up: str = setting("open", "Who may sign up: `open`, `invitation` or `closed`")
    region: str = setting("US", "Country of phone numbers written without one, ISO code")
    countries: frozenset[str] = setting(frozenset(), "Countries that codes go to, ISO codes; empty is all")
    theme: Path = setting(Path(), "Folder whose templates, static files and translations come before ours")
    trusted_proxies: int = setting(0, "Reverse proxies in front whose X-Forwarded headers count")
    # Telephony
    telephony: str = setting("fake", "How codes go out: `fake`, `twilio` or `webhook`")
    telephony_url: str = setting("", "Address that the `webhook` adapter posts to, or another base for `twilio`")
    telephony_account: str = setting("", "Account of the provider (`twilio`)")
    telephony_secret: str = setting("", "Secret of the provider, or the key that signs for `webhook`")
    telephony_sender: str = setting("", "Number that texts and calls come from (`twilio`)")
    # Mail
    mail: str = setting("fake", "How mail goes out: `fake` or `smtp://user:password@host:587`")
    mail_sender: str = setting("console@localhost", "Address that mail comes from")

    def __post_init__(self) -> None:
        one_of("mode", self.mode, ("production", "demo"))
        one_of("payment_approval", self.payment_approval, ("first-change", "every-change"))
        one_of("sign_up", self.sign_up, ("open", "invitation", "closed"))
        for each in fields(self):
            value = getattr(self, each.name)
            if isinstance(value, int) and not (0 if each.name == "trusted_proxies" else 1) <= value <= MOST:
                raise BadSetting(f"{variable(each)} must be a whole number from 1 to {MOST}.")
        if not all(0 < wait <= MOST for wait in self.resend_waits):
            raise BadSetting("PORTAL_RESEND_WAITS must be seconds, each more than 0, like 30 60 120 240.")
        if not is_web_address(self.url):
            raise BadSetting("PORTAL_URL must look like https://console.example.com.")
        if self.database and not self.database.startswith(("postgresql://", "postgres://")):
            raise BadSetting("PORTAL_DATABASE must look like postgresql://user:password@host/name, or be empty.")
        if self.region not in SUPPORTED_REGIONS:
            raise BadSetting(f"PORTAL_REGION is {self.region!r}; it has to be an ISO code of a country, like GB.")
        if unknown := self.countries - SUPPORTED_REGIONS:
            raise BadSetting(f"PORTAL_COUNTRIES has no ISO codes of countries in it: {', '.join(sorted(unknown))}.")

    @classmethod
    def read(cls, environment: Mapping[str, str], **given: Any) -> Settings:
        """The settings in `environment`; `given` ones win. Raises BadSetting."""
        for old, new in RENAMED.items():
            if old in environment:
                raise BadSetting(f"{old} is called {new} now. Rename it in your settings.")
        read = {f.name: parse(f, environment[variable(f)]) for f in fields(cls) if variable(f) in environment}
        return cls(**{**read, **given})

    @property
    def demo(self) -> bool:
        return self.mode == "demo"

    @property
    def secure(self) -> bool:
        return self.url.startswith("https://")

    @property
    def host(self) -> str:
        return urlsplit(self.url).hostname or "localhost"

    @property
    def keys_file(self) -> Path:
        return self.keys if self.keys.name else self.data / "keys"


def variable(each: Field[Any]) -> str:
    return "PORTAL_" + each.name.upper()


def parse(each: Field[Any], text: str) -> Any:
    words = text.replace(",", " ").split()
    try:
        match each.default:
            case int():
                return int(text)
            case tuple():
                return tuple(int(word) for word in words) or each.default
            case frozenset():
                return frozenset(word.upper() for word in words)
            case Path():
                return Path(text)
        return NORMAL.get(each.name, str)(text)
    except ValueError:
        raise BadSetting(f"{variable(each)} is {text!r}; it has to be a whole number, like {each.default}.") from None


def is_web_address(url: str) -> bool:
    """Whether it is one, or empty."""
    try:
        return not url or (urlsplit(url).scheme in ("http", "https") and bool(urlsplit(url).hostname))
    except ValueError:
        return False


def one_of(name: str, value: str, choices: tuple[str, ...]) -> None:
    if value not in choices:
        raise BadSetting(f"PORTAL_{name.upper()} is {value!r}; it has to be one of {', '.join(choices)}.")


def table() -> str:
    """The settings as the Markdown table of the README; a test holds the README to it."""
    lines = ["| setting | default | meaning |", "|---|---|---|"]
    lines += [f"| `{variable(f)}` | {shown(f.default)} | {f.metadata['meaning']}. |" for f in fields(Settings)]
    return "\n".join(lines)


def shown(default: Any) -> str:
    if isinstance(default, tuple):
        return f"`{' '.join(map(str, default))}`"
    text = "" if default in (Path(), frozenset()) else str(default)
    return f"`{text}`" if text else "–"
