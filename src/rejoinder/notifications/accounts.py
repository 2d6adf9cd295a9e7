"""Mail that lets somebody in: an invitation, a new password."""

from rejoinder.notifications.mailer import Mailer

_INVITED = """\
{inviter} invites you to answer customers together at {organization}.

Open this link to join:

{link}

It works once, within seven days. If you do not know what this is about, ignore this mail.
"""
_FORGOTTEN = """\
Somebody, most likely you, asked for a new password for this address.

Open this link to choose one:

{link}

It works once, within an hour. If it was not you, ignore this mail: nothing has changed.
"""


async def mail_invite(
    mailer: Mailer, email: str, link: str, *, organization: str, inviter: str
) -> None:
    """The names are cut to one line, so that they cannot pass for the rest of the mail."""
    text = _INVITED.format(
        link=link, organization=_one_line(organization), inviter=_one_line(inviter)
    )
    await mailer.send(email, "You are invited", text)


async def mail_password_reset(mailer: Mailer, email: str, link: str) -> None:
    """Nothing in it was written by whoever asked."""
    await mailer.send(email, "A new password", _FORGOTTEN.format(link=link))


def _one_line(text: str) -> str:
    return " ".join(text.split())
