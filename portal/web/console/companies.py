"""Getting into a company: create one, or accept an invitation with the account that one has."""

from __future__ import annotations

from flask import Blueprint, Response, flash
from flask_wtf import FlaskForm

from portal.companies import invitations, profile
from portal.companies.invitations import NotForYou
from portal.language import gettext as _
from portal.language import later, ngettext
from portal.refusals import NotBefore
from portal.telling.links import DeadLink
from portal.web.current import kit, sign_in
from portal.web.errors import error_page
from portal.web.fields import Line
from portal.web.guards import signed_in
from portal.web.pages import go, page
from portal.web.times import in_words

room = Blueprint("companies", __name__)


class CompanyForm(FlaskForm):
    name = Line(later("Company name"), later("Enter the company name."))


@room.get("/companies/new")
@signed_in
def new() -> Response:
    return page("console/new_company.html", fields=CompanyForm())


@room.post("/companies/new")
@signed_in
def create() -> Response:
    form = CompanyForm()
    if not form.validate():
        return page("console/new_company.html", 422, fields=form)
    try:
        company = profile.create(kit(), sign_in(), form.name.data)
    except NotBefore as too_many:
        when = in_words(kit().now, too_many.until)
        refusal = _("That is enough companies for a day. You can create another %(when)s.", when=when)
        return page("console/new_company.html", 429, fields=form, refusal=refusal)
    flash(_("%(company)s is created. You are its administrator.", company=company.name), "success")
    return go("company_profile.profile", company=company.id)


@room.get("/invitations/<token>")
@signed_in
def invitation(token: str) -> Response:
    try:
        return page("console/invitation.html", link=invitations.find(kit(), sign_in(), token))
    except NotForYou as refusal:
        return not_for_you(refusal)
    except DeadLink:
        return dead_invitation()


@room.post("/invitations/<token>")
@signed_in
def accept(token: str) -> Response:
    try:
        company = invitations.accept(kit(), sign_in(), token)
    except NotForYou as refusal:
        return not_for_you(refusal)
    except DeadLink:
        return dead_invitation()
    flash(_("You belong to %(company)s now.", company=company.name), "success")
    return go("home.company", company=company.id)


def not_for_you(refusal: NotForYou) -> Response:
    return page("console/invitation_not_for_you.html", 403, whom=refusal.whom, user=sign_in().user)


def dead_invitation() -> Response:
    days = kit().settings.invitation_days
    happened = ngettext(
        "An invitation works once, for %(num)s day. This one was used or withdrawn, or is too old.",
        "An invitation works once, for %(num)s days. This one was used or withdrawn, or is too old.",
        days,
    )
    next_step = _("Ask an administrator of the company for a new one.")
    return error_page(410, _("This link does not work any more"), happened, next_step)
