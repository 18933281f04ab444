"""A recovery: somebody lost every phone and app, customer support knows that it is them, and after a day all of them
are taken away so that new ones can be added. Until then the person and every administrator can cancel it by link.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from portal import audit, language, notices
from portal.accounts.joining import DeadLink
from portal.database import writing
from portal.kit import Kit
from portal.language import gettext as _
from portal.language import later, moment
from portal.models.authenticator import Authenticator, Kind
from portal.models.case import Case, Recovery
from portal.models.event import Event
from portal.models.link import Link, LinkKind
from portal.models.sign_in import SignIn
from portal.models.user import User
from portal.support import cases, desk, powers
from portal.support.people import concerned
from portal.support.powers import Power
from portal.support.words import Refusal
from portal.verification import starting_over

OVER = later("This was cancelled, or is done already. Nothing was changed.")


def start(kit: Kit, by: SignIn, case_id: int) -> Recovery:
    """Begin to replace the authenticators of the person of a case. Raises Refusal."""
    with writing():
        case, user = desk.demand(kit, by, case_id, Power.REPLACE_AUTHENTICATORS)
        refuse_start(kit, user)
        at = kit.now + timedelta(hours=kit.settings.recovery_hours)
        recovery: Recovery = Recovery.create(
            user=user, case=case, started_by=by.user_id, started_at=kit.now, takes_effect_at=at
        )
        desk.on_record(kit, "recovery.started", case, by, until=at.isoformat(timespec="minutes"))
        began = later("The replacement of lost phones and apps has begun. It takes effect on %(moment)s.")
        cases.note(kit, case, lambda: _(began, moment=moment(at)))
        tell_of_start(kit, user, at)
        return recovery


def refuse_start(kit: Kit, user: User) -> None:
    if not Authenticator.of(user.id):
        raise Refusal(_("This person has no authenticator. The first-time page lets them add one now."))
    if Recovery.running(user.id):
        raise Refusal(_("A replacement is under way already."))
    since = kit.now - timedelta(hours=kit.settings.recovery_hours)
    corrected = Event.select().where(Event.user == user.id, Event.kind == "account.corrected", Event.at > since)
    if any("email" in event.details.get("changed", "") for event in corrected):
        raise Refusal(
            _("The e-mail address was corrected a short while ago. Wait until its owner must have heard of it.")
        )


def shorten(kit: Kit, by: SignIn, case_id: int) -> None:
    """A second member of customer support agrees: it is in force at once. Raises Refusal."""
    with writing():
        powers.demand(kit, by, Power.SHORTEN_REPLACEMENT)
        case = desk.find(kit, by, case_id)
        desk.refuse_own(case, by)
        recovery = running_in(case)
        if recovery.started_by_id == by.user_id:
            raise Refusal(_("You started it, so a colleague has to shorten it."))
        if not Recovery.settle(recovery.id, takes_effect_at=kit.now, shortened_by=by.user_id):
            raise Refusal(_(OVER))
        desk.on_record(kit, "recovery.shortened", case, by)
        settle(kit, User.get_by_id(case.user_id))


def cancel_in_case(kit: Kit, by: SignIn, case_id: int) -> None:
    """Raises Refusal."""
    with writing():
        powers.demand(kit, by, Power.REPLACE_AUTHENTICATORS)
        case = desk.find(kit, by, case_id)
        cancel(kit, running_in(case), by=by, about=case.user, by_name=by.user.email)


def cancel_own(kit: Kit, by: SignIn) -> None:
    """By the person, signed in. Raises Refusal."""
    with writing():
        recovery = Recovery.running(by.user_id)
        if recovery is None:
            raise Refusal(_(OVER))
        cancel(kit, recovery, by=by)


def find_link(kit: Kit, token: str) -> Recovery:
    """What the link of a notice is about. Raises DeadLink."""
    link = Link.find(LinkKind.RECOVERY, token, kit.now)
    recovery = Recovery.running(link.person.id) if link else None
    if recovery is None:
        raise DeadLink
    return recovery


def cancel_by_link(kit: Kit, token: str, address: str) -> None:
    """By whoever has the link of a notice; it works once, and needs no sign-in. Raises DeadLink."""
    with writing():
        link = Link.find(LinkKind.RECOVERY, token, kit.now)
        recovery = find_link(kit, token)
        if link is None or not link.spend(kit.now):
            raise DeadLink
        try:
            cancel(kit, recovery, user=recovery.user, address=address, by_name=link.email)
        except Refusal:
            raise DeadLink from None


def cancel(kit: Kit, recovery: Recovery, **who: object) -> None:
    """In the caller's transaction; `who` did it, for the record. Raises Refusal where it is over."""
    if not Recovery.settle(recovery.id, cancelled_at=kit.now):
        raise Refusal(_(OVER))
    starting_over.end_links(kit, recovery.user)
    audit.record(kit, "recovery.cancelled", case=recovery.case.id, **who)  # type: ignore[arg-type]
    cases.note(kit, recovery.case, lambda: _("The replacement of phones and apps was cancelled."))
    name = recovery.user.name
    happened = later("The replacement of the phones and apps of %(name)s was cancelled. They work as before.")
    told = concerned(recovery.user)
    notices.tell(kit, told, lambda to: (_("A replacement was cancelled"), _(happened, name=name)))


def settle(kit: Kit, user: User, by: SignIn | None = None) -> bool:
    """Carry out what is due: every authenticator, recovery code, code and verification of the person ends, and the
    other sign-ins too. Asked whenever the person comes by; nothing depends on a clockwork."""
    if not Recovery.is_due(user.id, kit.now):
        return False
    with writing():
        held, recovery = User.get_by_id(user.id), Recovery.running(user.id)
        if recovery is None or not Recovery.settle(recovery.id, done_at=kit.now):
            return False
        starting_over.take_everything_away(kit, held, "recovery", but=by)
        audit.record(kit, "recovery.done", user=held, case=recovery.case.id)
        done = later("The lost phones and apps were removed. New ones can be added now.")
        cases.note(kit, recovery.case, lambda: _(done))
        happened = later(
            "The phones, apps and recovery codes of %(name)s were removed. New ones can be added at "
            "Settings > Payments and Benefits > Payment Information."
        )
        told = concerned(held)
        notices.tell(kit, told, lambda to: (_("Phones and apps were removed"), _(happened, name=held.name)))
        return True


def running_in(case: Case) -> Recovery:
    recovery = Recovery.running(case.user_id)
    if recovery is None or recovery.case.id != case.id:
        raise Refusal(_(OVER))
    return recovery


# Telling


def tell_of_start(kit: Kit, user: User, at: datetime) -> None:
    def news(to: User) -> tuple[str, str]:
        happened = _(
            "Customer support was told that %(name)s (%(email)s) lost their phones and apps. On %(moment)s all of "
            "them will be removed, so that new ones can be added.\n\nIf that is not right, cancel it here; you need "
            "no code and no sign-in for it:\n\n%(link)s",
            name=user.name,
            email=user.email,
            moment=moment(at),
            link=cancel_link(kit, user, to.email),
        )
        return _("Phones and apps are being replaced"), happened

    notices.tell(kit, concerned(user), news)
    with language.speaking(user.language):
        for row in Authenticator.of(user.id):
            if row.kind == Kind.PHONE:
                notices.text(kit, row.phone, text_of_start(kit, user, at), f"recovery-{row.id}")


def text_of_start(kit: Kit, user: User, at: datetime) -> str:
    return _(
        "%(brand)s: customer support was told that you lost this phone. On %(moment)s it is removed. Not right? "
        "Cancel: %(link)s",
        brand=kit.settings.brand,
        moment=moment(at),
        link=cancel_link(kit, user, user.email),
    )


def cancel_link(kit: Kit, user: User, email: str) -> str:
    lasts = timedelta(hours=kit.settings.recovery_hours)
    return f"{kit.settings.url}/recovery/{Link.make(LinkKind.RECOVERY, email, kit.now, lasts, user=user)}"
