"""The mail that gives customers their conversations back in another browser."""

from rejoinder.notifications.mailer import Mailer

_SUBJECT = "Your conversations"
_TEXT = """\
Somebody, most likely you, asked to see the support conversations of this address again.

Open this link in the browser in which you want to go on:

{link}

It works once, within an hour. If it was not you, ignore this mail: nothing has changed.
"""


async def mail_restore_link(mailer: Mailer, email: str, link: str) -> None:
    """Nothing in it was written by whoever asked: the mail cannot carry a stranger's words."""
    await mailer.send(email, _SUBJECT, _TEXT.format(link=link))
