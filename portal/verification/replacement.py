"""A replacement: somebody lost every phone and app, and all of them are taken away, so that new ones can be added.

Customer support begins it once they know that it is them; it is carried out after a day, by the gate, when somebody
looks. Until then the person and every administrator can cancel it by link. The operator can do it at once, and has to
say why. Nobody does it for themselves.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from portal import language
from portal.accounts import sign_ins
from portal.database import writing
from portal.kit import Kit
from portal.language import gettext as _
from portal.language import later, moment
from portal.models.authenticator import Authenticator, Kind
from portal.models.case import Case
from portal.models.challenge import Challenge
from portal.models.event import Event
from portal.models.link import Link, LinkKind
from portal.models.recovery_code import RecoveryCode
from portal.models.replacement import Replacement
from portal.models.sign_in import SignIn
from portal.models.user import User
from portal.record.writing import record
from portal.refusals import Refusal
from portal.telling import links, notices
from portal.telling.links import DeadLink
from portal.text import ending

OVER = later("This was cancelled, or is done already. Nothing was changed.")
BEGAN = later("The replacement of lost phones and apps has begun. It takes effect on %(moment)s.")
DONE = later("The lost phones and apps were removed. New ones can be added now.")
CANCELLED = later("The replacement of phones and apps was cancelled.")
AT_ONCE = later("The operator took all phones and apps away at once, so the replacement is over.")


# Beginning and ending one; in the caller's transaction, who has asked for what the desk has to show


def begin(kit: Kit, by: SignIn, case: Case) -> Replacement:
    """Begin to replace the authenticators of the person of `case`. Raises Refusal."""
    user: User = case.user
    refuse_beginning(kit, user)
    at = kit.now + timedelta(hours=kit.settings.replacement_hours)
    begun: Replacement = Replacement.create(
        user=user, case=case, started_by=by.user_id, started_at=kit.now, takes_effect_at=at
    )
    on_record(kit, "replacement.started", case, by, until=at.isoformat(timespec="minutes"))
    case.note(kit.now, lambda: _(BEGAN, moment=moment(at)))
    tell_of_beginning(kit, user, at)
    return begun


def refuse_beginning(kit: Kit, user: User) -> None:
    if not Authenticator.of(user.id):
        raise Refusal(_("This person has no authenticator. The first-time page lets them add one now."))
    if Replacement.running(user.id):
        raise Refusal(_("A replacement is under way already."))
    since = kit.now - timedelta(hours=kit.settings.replacement_hours)
    corrected = Event.select().where(Event.user == user.id, Event.kind == "account.corrected", Event.at > since)
    if any("email" in event.details.get("changed", "") for event in corrected):
        raise Refusal(
            _("The e-mail address was corrected a short while ago. Wait until its owner must have heard of it.")
        )


def shorten(kit: Kit, by: SignIn, case: Case) -> None:
    """A second member of customer support agrees: it is in force at once. Raises Refusal."""
    running = running_in(case)
    if running.started_by_id == by.user_id:
        raise Refusal(_("You started it, so a colleague has to shorten it."))
    if not Replacement.settle(running.id, takes_effect_at=kit.now, shortened_by=by.user_id):
        raise Refusal(_(OVER))
    on_record(kit, "replacement.shortened", case, by)
    carry_out(kit, case.user)


def cancel_in_case(kit: Kit, by: SignIn, case: Case) -> None:
    """Raises Refusal."""
    cancel(kit, running_in(case), by=by, about=case.user, by_name=by.user.email)


def running_in(case: Case) -> Replacement:
    running = Replacement.running(case.user_id)
    if running is None or running.case.id != case.id:
        raise Refusal(_(OVER))
    return running


def cancel(kit: Kit, running: Replacement, **who: object) -> None:
    """`who` did it, for the record. Raises Refusal where it is over."""
    if not Replacement.settle(running.id, cancelled_at=kit.now):
        raise Refusal(_(OVER))
    end_links(kit, running.user)
    record(kit, "replacement.cancelled", case=running.case.id, **who)  # type: ignore[arg-type]
    running.case.note(kit.now, lambda: _(CANCELLED))
    name = running.user.name
    happened = later("The replacement of the phones and apps of %(name)s was cancelled. They work as before.")
    told = notices.concerned(running.user)
    notices.tell(kit, told, lambda to: (_("A replacement was cancelled"), _(happened, name=name)))


# By the person, and by whoever has the link of a notice


def cancel_own(kit: Kit, by: SignIn) -> None:
    """By the person, signed in. Raises Refusal."""
    with writing():
        running = Replacement.running(by.user_id)
        if running is None:
            raise Refusal(_(OVER))
        cancel(kit, running, by=by)


def find_link(kit: Kit, token: str) -> Replacement:
    """What the link of a notice is about. Raises DeadLink."""
    return running_of(links.find(kit, LinkKind.REPLACEMENT, token))


def running_of(link: Link) -> Replacement:
    running = Replacement.running(link.person.id)
    if running is None:
        raise DeadLink
    return running


def cancel_by_link(kit: Kit, token: str, address: str) -> None:
    """By whoever has the link of a notice; it works once, and needs no sign-in. Raises DeadLink."""
    with links.spending(kit, LinkKind.REPLACEMENT, token) as link:
        running = running_of(link)
        try:
            cancel(kit, running, user=running.user, address=address, by_name=link.email)
        except Refusal:
            raise DeadLink from None


# Carrying it out


def carry_out(kit: Kit, user: User, but: SignIn | None = None) -> bool:
    """If one is due: every authenticator, recovery code, code and verification of the person ends, and every sign-in
    `but` the one at hand. Asked whenever somebody looks; nothing depends on a clockwork."""
    if not Replacement.is_due(user.id, kit.now):
        return False
    with writing():
        held, running = User.get_by_id(user.id), Replacement.running(user.id)
        if running is None or not Replacement.settle(running.id, done_at=kit.now):
            return False
        take_everything_away(kit, held, "replacement", but=but)
        record(kit, "replacement.done", user=held, case=running.case.id)
        running.case.note(kit.now, lambda: _(DONE))
        happened = later(
            "The phones, apps and recovery codes of %(name)s were removed. New ones can be added at "
            "Settings > Payments and Benefits > Payment Information."
        )
        told = notices.concerned(held)
        notices.tell(kit, told, lambda to: (_("Phones and apps were removed"), _(happened, name=held.name)))
        return True


def start_over(kit: Kit, user: User, reason: str, *, address: str) -> None:
    """The operator's: at once, whatever customer support has begun. A lock and the password stay as they are."""
    with writing():
        held = User.get_by_id(user.id)
        close_running(kit, held, address)
        take_everything_away(kit, held, "started over", address=address)
        record(kit, "user.started_over", user=held, address=address, reason=reason)
        notices.tell(kit, [held], words_of_starting_over)


def words_of_starting_over(to: User) -> tuple[str, str]:
    return _("Your two-step verification was reset"), _(
        "All your authenticators and recovery codes were taken away, and you were signed out everywhere."
    )


def close_running(kit: Kit, user: User, address: str) -> None:
    """Later on there would be nothing left for it but what the person has added since."""
    running = Replacement.running(user.id)
    if running and Replacement.settle(running.id, cancelled_at=kit.now):
        case = running.case.id
        record(kit, "replacement.cancelled", user=user, address=address, case=case, reason="started over")
        running.case.note(kit.now, lambda: _(AT_ONCE))


def take_everything_away(kit: Kit, user: User, reason: str, *, but: SignIn | None = None, address: str = "") -> None:
    """End every authenticator, recovery code, code, verification and sign-in of the person, `but` the one at hand,
    and the links that would cancel it."""
    who = {"user": user, "address": address, "reason": reason}
    for row in Authenticator.of(user.id):
        record(kit, "authenticator.removed", channel=row.kind, ending=ending(row.phone), **who)  # type: ignore[arg-type]
    Challenge.close(kit.now, Challenge.user == user.id)
    Authenticator.delete().where(Authenticator.user == user.id).execute()
    RecoveryCode.delete().where(RecoveryCode.user == user.id).execute()
    SignIn.update(second_step_at=None, confirmed_at=None).where(SignIn.user == user.id).execute()
    if but:
        but.second_step_at = but.confirmed_at = None
    sign_ins.end_others(kit, user, but=but)
    end_links(kit, user)


def end_links(kit: Kit, user: User) -> None:
    """The ones that cancel a replacement."""
    unused = (Link.user == user.id, Link.kind == LinkKind.REPLACEMENT.value, Link.used_at.is_null())
    Link.update(used_at=kit.now).where(*unused).execute()


def on_record(kit: Kit, kind: str, case: Case, by: SignIn, **details: object) -> None:
    """An event about the person of the case, with who at the desk did it."""
    who = {"by": by, "about": case.user, "by_name": by.user.email}
    record(kit, kind, case=case.id, desk=case.desk, **who, **details)  # type: ignore[arg-type]


# Telling


def tell_of_beginning(kit: Kit, user: User, at: datetime) -> None:
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

    notices.tell(kit, notices.concerned(user), news)
    with language.speaking(user.language):
        for row in Authenticator.of(user.id):
            if row.kind == Kind.PHONE:
                notices.text(kit, row.phone, text_of_beginning(kit, user, at), f"replacement-{row.id}")


def text_of_beginning(kit: Kit, user: User, at: datetime) -> str:
    return _(
        "%(brand)s: customer support was told that you lost this phone. On %(moment)s it is removed. Not right? "
        "Cancel: %(link)s",
        brand=kit.settings.brand,
        moment=moment(at),
        link=cancel_link(kit, user, user.email),
    )


def cancel_link(kit: Kit, user: User, email: str) -> str:
    lasts = timedelta(hours=kit.settings.replacement_hours)
    return f"{kit.settings.url}/replacement/{Link.make(LinkKind.REPLACEMENT, email, kit.now, lasts, user=user)}"
