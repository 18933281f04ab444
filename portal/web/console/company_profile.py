"""Settings > Company Profile: what the company says of itself, and whether its members verify at sign-in too."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Response, flash, g
from flask_wtf import FlaskForm
from wtforms import TextAreaField, ValidationError
from wtforms.validators import Optional

from portal.accounts.addresses import is_address
from portal.companies import powers, profile
from portal.companies.powers import Power
from portal.companies.profile import Profile
from portal.language import gettext as _
from portal.language import later
from portal.models.company import Company
from portal.text import hidden
from portal.verification import numbers
from portal.verification.numbers import NumberRefused
from portal.web.current import kit, sign_in
from portal.web.fields import Line
from portal.web.guards import may
from portal.web.pages import go, page

room = Blueprint(
    "company_profile", __name__, url_prefix="/companies/<int(max=2147483647):company>/settings/company-profile"
)


class Lines(TextAreaField):
    """An address as it stands on an envelope."""

    def __init__(self, label: str, longest: int, **more: Any) -> None:
        super().__init__(_(label), [Optional()], **more)
        self.longest = longest

    def process_formdata(self, valuelist: list[str]) -> None:
        typed = (valuelist[0] if valuelist else "")[: 10 * self.longest]
        self.data = "\n".join(line for line in (" ".join(each.split()) for each in typed.splitlines()) if line)

    def pre_validate(self, form: object) -> None:
        if len(self.data or "") > self.longest:
            raise ValidationError(_("This is too long: at most %(most)s characters.", most=self.longest))
        if hidden((self.data or "").replace("\n", " ")):
            raise ValidationError(_("This has invisible characters in it, perhaps from copying. Type it by hand."))


class ProfileForm(FlaskForm):
    name = Line(later("Company name"), later("Enter the company name."))
    address = Lines(later("Address"), longest=300)
    website = Line(later("Website"), longest=200)
    support = Line(later("Support address"), longest=254)
    phone = Line(later("Phone number"), longest=numbers.LONGEST)

    def validate_website(self, field: Line) -> None:
        if not profile.is_web_address(field.data):
            raise ValidationError(_("A website begins with https:// and has a name, like https://www.example.com."))

    def validate_support(self, field: Line) -> None:
        if not (is_address(field.data) or profile.is_web_address(field.data)):
            raise ValidationError(_("Give an e-mail address, or a web address that begins with https://."))

    def validate_phone(self, field: Line) -> None:
        try:
            field.data = numbers.parse_any(field.data, region=kit().settings.region)
        except NumberRefused as refused:
            raise ValidationError(str(refused)) from None


@room.get("", endpoint="profile")
@may(Power.VIEW_COMPANY_PROFILE)
def view(company: Company) -> Response:
    phone = numbers.pretty(company.phone) if company.phone else ""
    may_edit = powers.may(g.membership, Power.EDIT_COMPANY_PROFILE)
    return page("console/company_profile.html", phone=phone, may_edit=may_edit, by_mail=is_address(company.support))


@room.get("/edit")
@may(Power.EDIT_COMPANY_PROFILE)
def edit(company: Company) -> Response:
    form = ProfileForm(obj=company)
    form.phone.data = numbers.pretty(company.phone) if company.phone else ""
    return page("console/company_profile_edit.html", fields=form)


@room.post("/edit")
@may(Power.EDIT_COMPANY_PROFILE)
def save(company: Company) -> Response:
    form = ProfileForm()
    if not form.validate():
        return page("console/company_profile_edit.html", 422, fields=form)
    typed = {name: value or "" for name, value in form.data.items() if name != "csrf_token"}
    changed = profile.save_profile(kit(), sign_in(), company, Profile(**typed))
    done, same = _("Company Profile saved."), _("Nothing was different, so nothing was changed.")
    flash(done if changed else same, "success")
    return go("company_profile.profile", company=company.id)


@room.post("/second-step-at-sign-in/on")
@may(Power.EDIT_COMPANY_PROFILE)
def ask_at_sign_in(company: Company) -> Response:
    profile.ask_at_sign_in(kit(), sign_in(), company, True)
    flash(_("Two-step verification at sign-in is on."), "success")
    return go("company_profile.profile", company=company.id)


@room.post("/second-step-at-sign-in/off")
@may(Power.EDIT_COMPANY_PROFILE)
def do_not_ask_at_sign_in(company: Company) -> Response:
    profile.ask_at_sign_in(kit(), sign_in(), company, False)
    flash(_("Two-step verification at sign-in is off."), "success")
    return go("company_profile.profile", company=company.id)
