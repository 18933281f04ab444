"""Both sides of a support desk: who needs help, and who gives it."""

from __future__ import annotations

from collections.abc import Callable

from house.asking import APPS, app_code, user_of
from house.browser import Browser
from portal.accounts import sign_ins
from portal.accounts.staff import Desk
from portal.kit import Kit
from portal.models.authenticator import Authenticator, Kind, Place
from portal.models.base import new_id
from portal.models.case import Case
from portal.models.sign_in import SignIn
from portal.models.user import User


def hire(kit: Kit, name: str = "carl", desk: Desk = Desk.CUSTOMER_SUPPORT) -> User:
    """A colleague of care's, with an app."""
    same = user_of("care")
    user = User.create(
        email=f"{name}@example.com", name="Carl Desk", password=same.password, staff=desk, created_at=kit.now
    )
    row = Authenticator(id=new_id(), user=user, kind=Kind.APP, place=Place.ACCOUNT_SITE, name="Desk", added_at=kit.now)
    row.secret = kit.keys.seal(APPS[name], row.place_of_secret)
    row.preferred = True
    row.save(force_insert=True)
    return user


def at_the_desk(kit: Kit, person: Callable[..., Browser], name: str = "care") -> Browser:
    """A browser in which a member of staff has just signed in, the queue in front of them."""
    return person(name).fills("Six-digit code", app_code(kit, name)).presses("Verify")


def takes(browser: Browser) -> Browser:
    """Open the only case of the queue, and take it."""
    return browser.opens("/desk").clicks("Open").presses("Take case")


def identifies(browser: Browser, note: str = "Called the number of the company") -> Browser:
    return browser.chooses("Called back").fills("Which number, or which facts", note).presses("Record it")


def signed_in(kit: Kit, name: str) -> SignIn:
    """A sign-in without any web, past the second step."""
    row = sign_ins.open_sign_in(kit, user_of(name), "127.0.0.1", "a test")
    SignIn.update(second_step_at=kit.now).where(SignIn.id == row.id).execute()
    row.second_step_at = kit.now
    return row


def newest_case() -> Case:
    case: Case = Case.select().order_by(Case.id.desc()).get()
    return case
