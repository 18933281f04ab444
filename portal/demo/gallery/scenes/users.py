"""Users: who belongs to the company, what each may do, and who is invited."""

from __future__ import annotations

from portal.demo.gallery.player import Player, user
from portal.demo.gallery.scenes.book import Book
from portal.demo.gallery.scenes.steps import NoMail, invites, verified

book = Book("Users")

IDA = "ida@example.com"


def changes_role(player: Player, name: str, role: str) -> Player:
    return player.sends("users.change_role", {"role": role}, user=user(name).id)


def removes(player: Player, name: str) -> Player:
    return player.sends("users.remove", user=user(name).id)


@book("Users")
def everybody(player: Player) -> None:
    player.signs_in("grace").opens("users.list")


@book("Users, seen by a developer")
def seen_by_a_developer(player: Player) -> None:
    player.signs_in("alan").opens("users.list")


@book("Users, with open invitations")
def with_invitations(player: Player) -> None:
    invites(invites(verified(player), IDA), "joan@example.com", "administrator").opens("users.list")


@book("Users with open invitations, seen by a developer")
def invitations_seen_by_a_developer(player: Player) -> None:
    invites(verified(player.elsewhere()), IDA)
    player.signs_in("alan").opens("users.list")


@book("Users ask for two-step verification")
def asked_before(player: Player) -> None:
    player.signs_in("grace").opens("users.invite")


@book("Invite a user")
def invite(player: Player) -> None:
    verified(player).opens("users.invite")


@book("An invitation for no address and no role", 422)
def invite_nobody(player: Player) -> None:
    verified(player).sends("users.send_invitation", {"email": "ida"})


@book("An invitation for somebody who belongs here already", 422)
def invite_a_member(player: Player) -> None:
    invites(verified(player), "alan@example.com")


@book("Enough invitations for a day", 429)
def too_many_invitations(player: Player) -> None:
    invites(invites(verified(player.under(invitations_a_day=1)), IDA), "joan@example.com")


@book("The invitation of somebody whose verification was over is kept")
def invitation_kept(player: Player) -> None:
    invites(verified(player).waits(minutes=16), IDA, "analyst")
    player.verifies("users.invite")


@book("Invited, the link is mailed")
def invited(player: Player) -> None:
    invites(verified(player), IDA)


@book("Invited as an administrator, no mail goes out")
def invited_without_mail(player: Player) -> None:
    invites(verified(player.given(mail=NoMail())), IDA, "administrator")


@book("An invitation is withdrawn")
def withdrawn(player: Player) -> None:
    with_invitations(player)
    player.sends("users.withdraw", link=player.context["invitations"][0].id)


@book("An invitation cannot be withdrawn any more")
def withdrawn_too_late(player: Player) -> None:
    player.signs_in("grace").sends("users.withdraw", link=999)


@book("Change a user")
def change(player: Player) -> None:
    verified(player).opens("users.edit", user=user("alan").id)


@book("Change oneself")
def change_oneself(player: Player) -> None:
    verified(player).opens("users.edit", user=user("grace").id)


@book("A role that is none", 422)
def no_role(player: Player) -> None:
    changes_role(verified(player), "alan", role="king")


@book("The only administrator", 409)
def only_administrator(player: Player) -> None:
    removes(verified(player), "ada")
    removes(player, "mary")
    changes_role(player, "grace", role="analyst")


@book("A role is changed")
def role_changed(player: Player) -> None:
    changes_role(verified(player), "alan", role="marketer")


@book("A user is removed")
def removed(player: Player) -> None:
    removes(verified(player), "alan")
