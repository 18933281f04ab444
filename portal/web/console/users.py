"""Settings > Users: who belongs to the company, what each may do, and who is invited."""

from __future__ import annotations

from flask import Blueprint, Response, abort, flash, g, request, session, url_for
from flask_wtf import FlaskForm

from portal.companies import invitations, members, powers
from portal.companies.members import AlreadyMember, LastAdministrator, Member, NoSuchMember
from portal.companies.powers import POWERS, Power
from portal.language import gettext as _
from portal.language import later
from portal.models.company import Company, Role
from portal.refusals import NotBefore
from portal.verification.gate import Assurance
from portal.web.current import kit, sign_in
from portal.web.fields import Address, RadioField
from portal.web.guards import may, verified
from portal.web.pages import go, page
from portal.web.times import in_words

room = Blueprint("users", __name__, url_prefix="/companies/<int(max=2147483647):company>/settings/users")

# Radio cards begin with a capital.
ROLES = {
    Role.ADMINISTRATOR: later("Administrator"),
    Role.DEVELOPER: later("Developer"),
    Role.MARKETER: later("Marketer"),
    Role.ANALYST: later("Analyst"),
}


class InvitationForm(FlaskForm):
    email = Address()
    role = RadioField(later("Role"), later("Choose a role."), ROLES.items())


@room.get("", endpoint="list")
@may(Power.VIEW_USERS)
def everybody(company: Company) -> Response:
    return page(
        "console/users.html",
        members=members.of(company),
        invitations=invitations.still_open(kit(), company),
        may_manage=powers.may(g.membership, Power.MANAGE_USERS),
        powers=list(Power),
        roles=POWERS,
        me=sign_in().user,
    )


def keep_for_later(company: Company) -> None:
    """An invitation that came after the verification ended: kept in the browser, never made."""
    session["invitation"] = {name: request.form.get(name, "")[:254] for name in ("email", "role")}


@room.get("/invite")
@verified()
def invite(assurance: Assurance) -> Response:
    return page("console/invite.html", fields=InvitationForm(data=session.pop("invitation", {"role": Role.DEVELOPER})))


@room.post("/invite")
@verified(keep=keep_for_later)
def send_invitation(assurance: Assurance) -> Response:
    """Make the link. It is on this one page and in the mail, and nowhere else."""
    form = InvitationForm()
    if not form.validate():
        return page("console/invite.html", 422, fields=form)
    try:
        made = invitations.invite(kit(), assurance, form.email.data, Role(form.role.data))
    except AlreadyMember:
        form.email.errors = [_("This person belongs to the company already. Change their role on the Users page.")]
        return page("console/invite.html", 422, fields=form)
    except NotBefore as too_many:
        when = in_words(kit().now, too_many.until)
        refusal = _("That is enough invitations for a day. You can make another %(when)s.", when=when)
        return page("console/invite.html", 429, fields=form, refusal=refusal)
    link = kit().settings.url + url_for("sign_in.join", token=made.token)
    return page("console/invited.html", link=link, mailed=made.mailed, email=form.email.data, role=form.role.data)


@room.post("/invitations/<int(max=2147483647):link>/withdraw")
@may(Power.MANAGE_USERS)
def withdraw(company: Company, link: int) -> Response:
    if invitations.withdraw(kit(), sign_in(), company, link):
        flash(_("The invitation is withdrawn; its link does not work any more."), "success")
    else:
        flash(_("This invitation was used or withdrawn before. Nothing was changed."), "caution")
    return go("users.list", company=company.id)


class RoleForm(FlaskForm):
    role = RadioField(later("Role"), later("Choose a role."), ROLES.items())


@room.get("/<int(max=2147483647):user>")
@verified()
def edit(assurance: Assurance, user: int) -> Response:
    member = member_or_404(assurance.company, user)
    return edit_page(member, RoleForm(data={"role": member.role}))


@room.post("/<int(max=2147483647):user>")
@verified()
def change_role(assurance: Assurance, user: int) -> Response:
    member = member_or_404(assurance.company, user)
    form = RoleForm()
    if not form.validate():
        return edit_page(member, form, 422)
    role = Role(form.role.data)
    try:
        members.change_role(kit(), assurance, user, role)
    except NoSuchMember:
        abort(404)
    except LastAdministrator:
        return edit_page(member, form, 409, only_administrator())
    flash(_("%(name)s is %(role)s now.", name=member.user.name, role=role.words), "success")
    return go("users.list", company=assurance.company.id)


@room.post("/<int(max=2147483647):user>/remove")
@verified()
def remove(assurance: Assurance, user: int) -> Response:
    member = member_or_404(assurance.company, user)
    try:
        members.remove(kit(), assurance, user)
    except NoSuchMember:
        abort(404)
    except LastAdministrator:
        return edit_page(member, RoleForm(data={"role": member.role}), 409, only_administrator())
    flash(_("%(name)s is removed from the company.", name=member.user.name), "success")
    return go("home.home") if user == sign_in().user_id else go("users.list", company=assurance.company.id)


def member_or_404(company: Company, user: int) -> Member:
    try:
        return members.one(company, user)
    except NoSuchMember:
        abort(404)


def edit_page(member: Member, form: RoleForm, status: int = 200, refusal: str = "") -> Response:
    return page("console/user_edit.html", status, member=member, fields=form, refusal=refusal, me=sign_in().user)


def only_administrator() -> str:
    return _(
        "This is the only administrator, and a company always keeps one. Make somebody else an administrator first."
    )
