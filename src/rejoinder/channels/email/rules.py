"""Pure decisions about mail: addresses, subjects, and what makes two compositions the same."""

import re
import unicodedata
from typing import Final
from uuid import NAMESPACE_URL, UUID, uuid5

from rejoinder.channels.email.types import Composition, Mailbox, Outgoing

MOST_REFERENCES: Final = 10

# What every server takes: no comments, no quotes, nothing beyond ASCII.
_ADDRESS: Final = re.compile(
    r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)*"
)
_LONGEST_ADDRESS: Final = 254
_LONGEST_LINE: Final = 200
_ANSWER: Final = re.compile(r"\s*re\s*:", re.IGNORECASE)


def is_address(text: str) -> bool:
    return len(text) <= _LONGEST_ADDRESS and _ADDRESS.fullmatch(text) is not None


def config_id(project_id: int) -> UUID:
    """The id of the project's one e-mail configuration: the same on every server."""
    return uuid5(NAMESPACE_URL, f"rejoinder:project:{project_id}:email")


def line(text: str) -> str:
    """The text on one line, without what cannot be seen: fit for a header."""
    seen = "".join(" " if unicodedata.category(each).startswith("C") else each for each in text)
    return " ".join(seen.split())[:_LONGEST_LINE]


def subject(outgoing: Outgoing) -> str:
    given = line(outgoing.subject or "") or f"Ticket #{outgoing.ticket_number}"
    return f"Re: {given}" if outgoing.is_answer and not _ANSWER.match(given) else given


def sender_name(outgoing: Outgoing, mailbox: Mailbox) -> str:
    """The teammate's name, but never an address of theirs."""
    full = f"{outgoing.author_first_name or ''} {outgoing.author_last_name or ''}"
    return line(full) or line(outgoing.author_name or "") or line(mailbox.name)


def header_id(message_id: UUID, domain: str) -> str:
    """The Message-ID: the same each time, so that readers see when they have a mail twice."""
    return f"<{message_id.hex}@{domain}>"


def said(wanted: Composition) -> object:
    """Everything that makes two compositions the same."""
    return (
        wanted.email,
        wanted.distinct_id,
        wanted.content,
        wanted.subject,
        wanted.rich_content,
        wanted.tags,
        wanted.attachment_ids,
    )
