"""A message is in the language of whoever gets it, whatever language the page is in that makes it go out."""

from dataclasses import replace

import pytest

from portal import language
from portal.accounts import people
from portal.language import gettext as _
from portal.models.user import User
from portal.telling import notices

FRISIAN = """
msgid "Your password was changed"
msgstr "Jo wachtwurd is feroare"

msgid "The password of your account was changed."
msgstr "It wachtwurd fan jo akkount is feroare."

msgid "for %(purpose)s"
msgstr "foar %(purpose)s"

msgid "Payment Information"
msgstr "Betellingsgegevens"

msgid "%(code)s is your %(brand)s code %(purpose)s (ref %(ref)s). It works for %(num)s minute. We never ask for it."
msgid_plural "%(code)s is your %(brand)s code %(purpose)s (ref %(ref)s)."
" It works for %(num)s minutes. We never ask for it."
msgstr[0] "%(code)s is jo koade %(purpose)s."
msgstr[1] "%(code)s is jo koade %(purpose)s, %(num)s minuten lang."

msgid "Password"
msgstr "Wachtwurd"

msgid "Enter your password."
msgstr "Jou jo wachtwurd."
"""


@pytest.fixture(autouse=True)
def frisian(app, kit, tmp_path):
    """A theme that knows Frisian, which we do not."""
    (tmp_path / "theme" / "translations").mkdir(parents=True)
    (tmp_path / "theme" / "translations" / "fy.po").write_text(FRISIAN)
    language.connect(replace(kit.settings, theme=tmp_path / "theme"))
    yield
    language.connect(kit.settings)
    language.choose(language.ENGLISH)


def user(name):
    return User.get(User.email == f"{name}@example.com")


def news(to):
    return _("Your password was changed"), _("The password of your account was changed.")


def test_a_mail_is_in_the_language_of_each_recipient(kit):
    people.speak(user("mary"), "fy")
    notices.tell(kit, [user("grace"), user("mary")], news)
    english, frisian = kit.mail.letters()[-2:]
    assert (english["subject"].partition(" · ")[0], frisian["subject"].partition(" · ")[0]) == (
        "Your password was changed",
        "Jo wachtwurd is feroare",
    )
    assert "It wachtwurd fan jo akkount is feroare." in frisian["body"]
    assert language.spoken() == language.ENGLISH


def test_a_code_is_in_the_language_of_the_page_and_its_last_line_stays(asked, kit):
    with language.speaking("fy"):
        asked("grace").gets_nothing()
    body = kit.telephony.messages()[-1]["body"]
    line, _blank, last = body.partition("\n\n")
    assert "is jo koade foar Betellingsgegevens, 10 minuten lang." in line
    assert last == f"@{kit.settings.host} #{line[:6]}"


def test_a_form_says_its_words_in_the_language_of_the_visitor(visitor):
    frisian = visitor().opens("/sign-in", **{"Accept-Language": "fy"})
    assert frisian.field("Wachtwurd") is not None
    assert visitor().opens("/sign-in", **{"Accept-Language": "en"}).field("Password") is not None
