"""Account > Login & security: name, address, password, and the way to 2-Step verification."""

from __future__ import annotations

from flask import Blueprint, Response, flash
from flask_login import login_required
from flask_wtf import FlaskForm

from portal.accounts import passwords, people, protection, signing_in
from portal.language import gettext as _
from portal.language import later
from portal.models.authenticator import Authenticator
from portal.refusals import NotBefore
from portal.web.current import kit, sign_in
from portal.web.fields import Line, Secret
from portal.web.guards import signed_in
from portal.web.pages import go, page
from portal.web.times import in_words

room = Blueprint("login_and_security", __name__, url_prefix="/account/login-and-security")


@room.get("")
@signed_in
def rows() -> Response:
    mine = Authenticator.of(sign_in().user_id)
    return page("account_site/login_and_security.html", authenticators=mine, user=sign_in().user)


class NameForm(FlaskForm):
    name = Line(later("Your name"), later("Enter your name."))


@room.get("/name")
@signed_in
def name() -> Response:
    return page("account_site/name.html", fields=NameForm(name=sign_in().user.name))


@room.post("/name")
@signed_in
def change_name() -> Response:
    form = NameForm()
    if not form.validate():
        return page("account_site/name.html", 422, fields=form)
    people.rename(kit(), sign_in(), form.name.data)
    flash(_("Your name is saved."), "success")
    return go("login_and_security.rows")


class PasswordForm(FlaskForm):
    old = Secret(later("Present password"))
    new = Secret(later("New password"), later("Choose a password."))


@room.get("/password")
@signed_in
def password() -> Response:
    return password_page(PasswordForm())


def password_page(form: PasswordForm, status: int = 200) -> Response:
    least = people.least_password(kit().settings, sign_in().user)
    return page("account_site/password.html", status, fields=form, least=least)


@room.post("/password")
@signed_in
def change_password() -> Response:
    form = PasswordForm()
    if not form.validate():
        return password_page(form, 422)
    try:
        signing_in.change_password(kit(), sign_in(), form.old.data, form.new.data)
    except passwords.WrongPassword:
        form.old.errors = [_("This is not your present password. Check it and try again.")]
    except passwords.Unfit as unfit:
        form.new.errors = [str(unfit)]
    except NotBefore as slowed:
        wait = _("Too many wrong passwords. Try again %(when)s.", when=in_words(kit().now, slowed.until))
        form.old.errors = [wait]
    except signing_in.Frozen:
        return page("verify/frozen.html", 423)
    else:
        flash(_("Your new password is set. Your other browsers are signed out."), "success")
        return go("login_and_security.rows")
    return password_page(form, 422)


@room.post("/sign-out-others")
@login_required  # without the second step: it protects, and is open to a locked person
def sign_out_others() -> Response:
    protection.sign_out_others(kit(), sign_in())
    flash(_("Your other browsers are signed out."), "success")
    return go("sign_ins.browsers")
