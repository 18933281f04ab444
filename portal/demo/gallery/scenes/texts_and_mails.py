"""Every text, call and mail that goes out, alone on the phone or in the mailbox of the demo."""

from __future__ import annotations

from portal.clock import FOREVER
from portal.companies import members
from portal.database import writing
from portal.demo.gallery.player import ADDRESS, Player, user
from portal.demo.gallery.scenes import account_site, desk, payment_information, sign_in, verify
from portal.demo.gallery.scenes.book import Book
from portal.demo.gallery.scenes.steps import first_answer, gives_number, invites, rules, verified
from portal.mail.protocol import Letter
from portal.models.company import Company, Role
from portal.telephony.protocol import Channel, Message
from portal.verification import lockout, replacement

book = Book("Texts and mails")

NUMBER = "my_account.phone_number"


def phone(player: Player) -> None:
    """Look at the phone that got the newest message, with nothing else on it."""
    newest = player.kit.telephony.messages()[-1]
    player.kit.telephony.clear()
    player.kit.telephony.send(Message("", newest["to"], Channel(newest["channel"]), newest["body"]))
    player.opens("dev_phones.one_phone", number=newest["to"])


def mailbox(player: Player, name: str = "") -> None:
    """Look at the mail, with nothing in it but the newest letter, to this person or to anybody."""
    newest = [letter for letter in player.kit.mail.letters() if letter["to"].startswith(name)][-1]
    player.kit.mail.clear()
    player.kit.mail.send(Letter(newest["to"], newest["subject"], newest["body"]))
    player.opens("dev_mail.letters")


# Texts and calls


@book("Text: a code for Payment Information")
def text_of_a_code(player: Player) -> None:
    verify.text_sent(player)
    phone(player)


@book("Call: a code for Payment Information")
def call_of_a_code(player: Player) -> None:
    verify.call_made(player)
    phone(player)


@book("Call: the same, in a voice that said one minute")
def call_of_a_minute(player: Player) -> None:
    verify.call_made(player.under(code_minutes=1))
    phone(player)


@book("Text: a code that works for one minute")
def text_of_a_minute(player: Player) -> None:
    verify.text_sent(player.under(code_minutes=1))
    phone(player)


@book("Text: a code that approves one change")
def text_of_an_approval(player: Player) -> None:
    verify.approval_sent(player)
    phone(player)


@book("Text: a code that approves new rules")
def text_of_new_rules(player: Player) -> None:
    payment_information.approval_rules_approved(player)
    phone(player)


@book("Text: a code for a new number")
def text_of_a_new_number(player: Player) -> None:
    verify.further_code(player)
    phone(player)


@book("Text: a code for signing in")
def text_of_signing_in(player: Player) -> None:
    verify.first_number_at_the_door(player)
    gives_number(player, "sign_in.second_step")
    phone(player)


@book("Text: this number was replaced")
def text_of_a_replaced_number(player: Player) -> None:
    gives_number(player.signs_in("grace").is_permitted(NUMBER), NUMBER)
    first_answer(player, player.code(), NUMBER)
    phone(player)


@book("Text: phones are being replaced")
def text_of_a_replacement(player: Player) -> None:
    desk.replacement(player)
    phone(player)


# Mails with a link that opens a door


@book("Mail: finish signing up")
def mail_to_sign_up(player: Player) -> None:
    sign_in.link_sent(player)
    mailbox(player)


@book("Mail: you have an account")
def mail_of_an_account(player: Player) -> None:
    sign_in.signs_up(player, "grace@example.com")
    mailbox(player)


@book("Mail: you are invited")
def mail_of_an_invitation(player: Player) -> None:
    invites(verified(player), "ida@example.com")
    mailbox(player)


@book("Mail: set a new password")
def mail_of_a_reset(player: Player) -> None:
    sign_in.mail_sent(player)
    mailbox(player)


@book("Mail: the same with limits of one")
def mail_with_limits_of_one(player: Player) -> None:
    sign_in.link_sent(player.under(invitation_days=1))
    mailbox(player)


# Notices of what happened to an account


@book("Mail: your password was changed by a link")
def mail_of_a_new_password(player: Player) -> None:
    sign_in.password_set(player)
    mailbox(player)


@book("Mail: your password was changed")
def mail_of_a_changed_password(player: Player) -> None:
    account_site.password_set(player)
    mailbox(player)


@book("Mail: your account is locked")
def mail_of_a_lock(player: Player) -> None:
    verify.locked(player)
    mailbox(player)


@book("Mail: your account is locked by hand")
def mail_of_a_lock_by_hand(player: Player) -> None:
    lockout.lock(player.kit, user("grace"), FOREVER, happened=lockout.BY_HAND, reason="by hand")
    mailbox(player)


@book("Mail: your account is protected")
def mail_of_protection(player: Player) -> None:
    account_site.not_me(player)
    mailbox(player)


@book("Mail: a number was added")
def mail_of_a_number(player: Player) -> None:
    verify.shared_number_accepted(player)
    mailbox(player)


@book("Mail: an app was added")
def mail_of_an_app(player: Player) -> None:
    verify.further_app_added(player)
    mailbox(player)


@book("Mail: a number was removed")
def mail_of_a_removed_number(player: Player) -> None:
    account_site.edit_phone(player)
    player.sends("two_step_verification.remove", authenticator=player.phone("grace"))
    mailbox(player)


@book("Mail: an app was removed")
def mail_of_a_removed_app(player: Player) -> None:
    account_site.removed(player)
    mailbox(player)


@book("Mail: a number is preferred")
def mail_of_a_preferred_number(player: Player) -> None:
    account_site.preferred(player)
    mailbox(player)


@book("Mail: an app is preferred")
def mail_of_a_preferred_app(player: Player) -> None:
    account_site.preferred(player)
    player.waits(seconds=31).is_permitted("two_step_verification.edit", authenticator=player.app_of("grace"))
    player.sends("two_step_verification.prefer", authenticator=player.app_of("grace"))
    mailbox(player)


@book("Mail: new recovery codes")
def mail_of_recovery_codes(player: Player) -> None:
    account_site.recovery_codes_made(player)
    mailbox(player)


@book("Mail: a recovery code was used")
def mail_of_a_used_recovery_code(player: Player) -> None:
    verify.used_recovery_code(player)
    mailbox(player)


@book("Mail: a recovery code was used, and one is left")
def mail_of_the_last_recovery_code(player: Player) -> None:
    verify.used_recovery_code(player.under(recovery_codes=2))
    mailbox(player)


@book("Mail: two-step verification was reset by the operator")
def mail_of_starting_over(player: Player) -> None:
    replacement.start_over(player.kit, user("grace"), reason="lost everything", address=ADDRESS)
    mailbox(player)


# Notices to the administrators of a company


@book("Mail: a new administrator")
def mail_of_an_administrator(player: Player) -> None:
    with writing():
        members.take_in(player.kit, Company.get_by_id(1), user("emmy"), Role.ADMINISTRATOR)
    mailbox(player, "grace")


@book("Mail: payment information changed")
def mail_of_a_change(player: Player) -> None:
    payment_information.saved(player)
    mailbox(player, "grace")


@book("Mail: a change of payment information waits, for its hour and a second administrator")
def mail_of_a_waiting_change(player: Player) -> None:
    rules(waiting_hours=24, four_eyes=True)
    payment_information.saved(player)
    mailbox(player, "mary")


@book("Mail: payouts are on hold")
def mail_of_payouts_on_hold(player: Player) -> None:
    payment_information.held_by_link(player)
    mailbox(player, "grace")


@book("Mail: the approval rules changed")
def mail_of_new_rules(player: Player) -> None:
    payment_information.approval_rules_saved(player)
    mailbox(player, "grace")


# Notices of what support did


@book("Mail: customer support opened a case")
def mail_of_a_case(player: Player) -> None:
    desk.caller(player)
    mailbox(player)


@book("Mail: a lock was lifted")
def mail_of_a_lifted_lock(player: Player) -> None:
    desk.lock_lifted(player)
    mailbox(player, "grace")


@book("Mail: an account was corrected")
def mail_of_a_correction(player: Player) -> None:
    desk.account_corrected(player)
    mailbox(player, "grace")


@book("Mail: phones and apps are being replaced")
def mail_of_a_replacement(player: Player) -> None:
    desk.replacement(player)
    mailbox(player, "grace")


@book("Mail: a replacement was cancelled")
def mail_of_a_cancelled_replacement(player: Player) -> None:
    desk.replacement_cancelled(player)
    mailbox(player, "grace")


@book("Mail: phones and apps were removed")
def mail_of_removed_phones(player: Player) -> None:
    desk.replacement_in_force(player)
    mailbox(player, "grace")
