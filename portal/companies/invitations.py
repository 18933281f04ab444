"""Invitations into a company: each for one address, once, for a while. The token is known to the link alone."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from datetime import timedelta

from portal.accounts.addresses import canonical
from portal.companies import members, powers
from portal.database import writing
from portal.kit import Kit
from portal.mail.protocol import Letter
from portal.models.company import Company, Membership, Role
from portal.models.link import Link, LinkKind
from portal.models.quota import Quota
from portal.models.sign_in import SignIn
from portal.models.user import User
from portal.record.writing import record
from portal.refusals import NotBefore
from portal.telling import letters, links
from portal.telling.links import DeadLink
from portal.verification.gate import Assurance

log = logging.getLogger(__name__)


class NotForYou(Exception):
    """The invitation is for another address, of which `whom` shows a little."""

    def __init__(self, whom: str) -> None:
        super().__init__(whom)
        self.whom = whom


@dataclass(frozen=True)
class Invitation:
    token: str
    mailed: bool


def invite(kit: Kit, assurance: Assurance, email: str, role: Role) -> Invitation:
    """A link into the company, for this address alone; mailed too, if mail works. It takes the place of an
    earlier one. Raises AlreadyMember, NotBefore, NotAllowed or the gate's Obstacle."""
    company, limit = assurance.company, kit.settings.invitations_a_day
    with writing():
        members.confirm(kit, assurance)
        if (
            User.select()
            .join(Membership)
            .where(Membership.company == company.id, User.email == canonical(email))
            .exists()
        ):
            raise members.AlreadyMember
        if until := Quota.spend(f"invitations:{company.id}", limit, timedelta(days=1), kit.now):
            raise NotBefore(until)
        token = make(kit, assurance.sign_in, company, email, role)
        written = links.letter(kit, canonical(email), letters.with_link(kit.settings, LinkKind.INVITATION, token))
    return Invitation(token, is_mailed(kit, written))


def make(kit: Kit, by: SignIn, company: Company, email: str, role: Role) -> str:
    """The token of a link into `company` for this address, in the caller's transaction. An earlier one dies."""
    Link.update(used_at=kit.now).where(*unused(company), Link.email == canonical(email)).execute()
    record(kit, "invitation.made", by=by, company=company, member=canonical(email), role=role)
    lasts = timedelta(days=kit.settings.invitation_days)
    return Link.make(LinkKind.INVITATION, canonical(email), kit.now, lasts, company=company, role=role)


def is_mailed(kit: Kit, written: Letter | None) -> bool:
    """Whether it goes out; the link works in any case."""
    try:
        return links.send(kit, written)
    except OSError:
        log.exception("an invitation could not be mailed")
        return False


def still_open(kit: Kit, company: Company) -> list[Link]:
    return list(Link.select().where(*unused(company), Link.ends_at > kit.now).order_by(Link.made_at.desc()))


def unused(company: Company) -> tuple[object, ...]:
    return (Link.kind == LinkKind.INVITATION.value, Link.company == company.id, Link.used_at.is_null())


def withdraw(kit: Kit, by: SignIn, company: Company, link_id: int) -> bool:
    """Kill an invitation; False where it is none of this company, or dead already. Raises NotAllowed."""
    with writing():
        powers.demand(members.members_of(company), by, powers.Power.MANAGE_USERS)
        link = Link.get_or_none(*unused(company), Link.id == link_id)
        if link is None or not link.spend(kit.now):
            return False
        record(kit, "invitation.withdrawn", by=by, company=company, member=link.email)
        return True


def find(kit: Kit, by: SignIn, token: str) -> Link:
    """The invitation, for the person whom it was made for. Raises DeadLink or NotForYou."""
    link = links.find(kit, LinkKind.INVITATION, token)
    refuse_others(link, by)
    return link


def refuse_others(link: Link, by: SignIn) -> None:
    if link.email != by.user.email:
        raise NotForYou(masked(link.email))


def accept(kit: Kit, by: SignIn, token: str) -> Company:
    """Become a member by invitation, with the account that one has. Who is a member already stays what they
    are. Raises DeadLink or NotForYou."""
    with links.spending(kit, LinkKind.INVITATION, token) as link:
        refuse_others(link, by)
        company = link.company
        if company is None:
            raise DeadLink
        if by.user_id not in members.members_of(company):
            members.take_in(kit, company, by.user, Role(str(link.role)))
            record(kit, "invitation.accepted", by=by, company=company, role=link.role)
        return company


def masked(email: str) -> str:
    """A little of an address, for whom it is not."""
    name, _, host = email.partition("@")
    return f"{name[:1]}•••@{host}"
