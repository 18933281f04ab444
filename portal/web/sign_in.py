"""The room at the door: sign in and out, sign up, a new password."""

from __future__ import annotations

import logging

from flask import Blueprint, Response, abort, flash, request, session, url_for
from flask_login import current_user, login_required, login_user, logout_user
from flask_wtf import FlaskForm

from portal.accounts import passwords, people, resetting, sign_ins, signing_in
from portal.companies import joining
from portal.language import gettext as _
from portal.language import later
from portal.models.challenge import Purpose
from portal.models.sign_in import SignIn
from portal.refusals import NotBefore
from portal.telling.links import DeadLink
from portal.verification import gate
from portal.web.current import Visitor, address, browser, facts, kit
from portal.web.current import sign_in as present
from portal.web.extensions import login
from portal.web.fields import Address, Line, Secret
from portal.web.pages import go, go_to, page
from portal.web.times import in_words
from portal.web.verify.obstacles import instead, second_click

log = logging.getLogger(__name__)
room = Blueprint("sign_in", __name__)

NO_MAIL = later("We cannot send mail right now. Try again in a few minutes.")


@login.unauthorized_handler
def nobody() -> Response:
    """To the door, and afterwards back to the page that was asked for."""
    if second := second_click():
        return second
    session["next"] = request.path if request.method == "GET" else "/"
    return go("sign_in.door")


def let_in(sign_in: SignIn) -> Response:
    """Start a clean browser session for `sign_in`, and go where the person wanted to go."""
    wanted = session.get("next", "/")
    session.clear()
    login_user(Visitor(sign_in))
    return go_to(wanted)


class SignInForm(FlaskForm):
    email = Address()
    password = Secret(later("Password"))


@room.get("/sign-in")
def door() -> Response:
    if current_user.is_authenticated:
        return go("home.home")
    return page("sign_in/sign_in.html", fields=SignInForm())


@room.post("/sign-in")
def sign_in() -> Response:
    form = SignInForm()
    if not form.validate():
        return page("sign_in/sign_in.html", 422, fields=form)
    try:
        found = signing_in.sign_in(kit(), form.email.data, form.password.data, address(), browser())
    except passwords.WrongPassword:
        refusal = _("The e-mail address or the password is wrong. Check both, or set a new password.")
        return page("sign_in/sign_in.html", 422, fields=form, refusal=refusal)
    except NotBefore as slowed:
        refusal = _("Too many wrong passwords. Try again %(when)s.", when=in_words(kit().now, slowed.until))
        return page("sign_in/sign_in.html", 429, fields=form, refusal=refusal)
    return let_in(found)


@room.route("/sign-in/second-step", methods=["GET", "POST"])
@login_required
def second_step() -> Response:
    """Two-step verification at the door, where a company of this person wants it."""
    try:
        gate.come_in(kit(), facts())
    except gate.Obstacle as obstacle:
        return instead(obstacle, Purpose.SIGN_IN)
    return go_to(session.pop("next", "/"))


@room.post("/sign-out")
@login_required
def sign_out() -> Response:
    sign_ins.end(kit(), present())
    logout_user()
    session.clear()
    flash(_("You are signed out."), "success")
    response = go("sign_in.door")
    response.headers["Clear-Site-Data"] = '"cache"'
    return response


class SignUpForm(FlaskForm):
    email = Address()


@room.get("/sign-up")
def sign_up() -> Response:
    return page("sign_in/sign_up.html", fields=SignUpForm())


@room.post("/sign-up")
def ask_to_join() -> Response:
    form = SignUpForm()
    if kit().settings.sign_up != "open":
        abort(403)
    if not form.validate():
        return page("sign_in/sign_up.html", 422, fields=form)
    try:
        joining.ask_to_join(kit(), form.email.data)
    except OSError:
        log.exception("mail does not go out")
        return page("sign_in/sign_up.html", 503, fields=form, refusal=_(NO_MAIL))
    return page("sign_in/mail_sent.html", email=form.email.data)


class JoinForm(FlaskForm):
    name = Line(later("Your name"), later("Enter your name."))
    company = Line(later("Company name"), later("Enter the company name."))
    password = Secret(later("Password"), later("Choose a password."))


@room.get("/join/<token>")
def join(token: str) -> Response:
    return join_page(token, JoinForm())


@room.post("/join/<token>")
def joined(token: str) -> Response:
    form = JoinForm()
    try:
        if joining.find_link(kit(), token).company:
            del form.company
        if not form.validate():
            return join_page(token, form, 422)
        company = form.company.data if form.company else ""
        password = form.password.data
        return let_in(joining.join(kit(), token, form.name.data, company, password, address(), browser()))
    except passwords.Unfit as unfit:
        form.password.errors = [str(unfit)]
        return join_page(token, form, 422)
    except DeadLink:
        return dead_link()


def join_page(token: str, form: JoinForm, status: int = 200) -> Response:
    try:
        link = joining.find_link(kit(), token)
    except DeadLink:
        return dead_link()
    if link.company and (current_user.is_authenticated or people.has_account(link.email)):
        return go("companies.invitation", token=token)
    return page("sign_in/join.html", status, fields=form, link=link)


@room.get("/new-password")
def lost_password() -> Response:
    return page("sign_in/lost_password.html", fields=SignUpForm())


@room.post("/new-password")
def ask_to_reset() -> Response:
    form = SignUpForm()
    if not form.validate():
        return page("sign_in/lost_password.html", 422, fields=form)
    try:
        resetting.ask_to_reset(kit(), form.email.data, address())
    except OSError:
        log.exception("mail does not go out")
        return page("sign_in/lost_password.html", 503, fields=form, refusal=_(NO_MAIL))
    return page("sign_in/mail_sent.html", email=form.email.data)


class NewPasswordForm(FlaskForm):
    password = Secret(later("New password"), later("Choose a password."))


@room.get("/new-password/<token>")
def new_password(token: str) -> Response:
    return new_password_page(token, NewPasswordForm())


@room.post("/new-password/<token>")
def reset(token: str) -> Response:
    form = NewPasswordForm()
    if not form.validate():
        return new_password_page(token, form, 422)
    try:
        resetting.reset(kit(), token, form.password.data, address())
    except passwords.Unfit as unfit:
        form.password.errors = [str(unfit)]
        return new_password_page(token, form, 422)
    except DeadLink:
        return dead_link()
    flash(_("Your new password is set. Sign in with it."), "success")
    return go("sign_in.door")


def new_password_page(token: str, form: NewPasswordForm, status: int = 200) -> Response:
    try:
        least = resetting.least_to_reset(kit(), token)
    except DeadLink:
        return dead_link()
    return page("sign_in/new_password.html", status, fields=form, least=least)


def dead_link() -> Response:
    return page("sign_in/dead_link.html", 410, ask_again=url_for("sign_in.lost_password"))
