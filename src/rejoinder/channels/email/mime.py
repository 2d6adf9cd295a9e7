"""A message as a mail: its text, its rich content as HTML, and its attachments."""

import re
from collections.abc import Mapping, Sequence
from email.headerregistry import Address
from email.message import EmailMessage, MIMEPart
from email.policy import SMTP
from email.utils import formatdate
from typing import Final
from uuid import UUID

import msgspec
from msgspec import Struct

from rejoinder.channels.email import html, rules
from rejoinder.channels.email.types import Enclosure, Mailbox, Outgoing
from rejoinder.messages.attachments.types import IMAGES
from rejoinder.messages.rich import Node

_ATTACHMENT: Final = re.compile(r"attachment:([0-9a-f-]{36})")


class Enclosed(Struct, frozen=True):
    """An attachment with its bytes; None when there was no room for them."""

    enclosure: Enclosure
    content: bytes | None


def mail(outgoing: Outgoing, mailbox: Mailbox, enclosed: Sequence[Enclosed]) -> EmailMessage:
    """The mail, addressed and ready to be sent."""
    written = EmailMessage(policy=SMTP)
    _address(written, outgoing, mailbox)
    written.set_content(_text(outgoing, enclosed))
    inside = {each.enclosure.id: each for each in enclosed if each.content is not None}
    shown = _add_html(written, outgoing, mailbox, inside)
    for each in inside.values():
        if each.enclosure.id not in shown:
            _attach(written, each)
    return written


def _address(written: EmailMessage, outgoing: Outgoing, mailbox: Mailbox) -> None:
    name = rules.sender_name(outgoing, mailbox)
    written["From"] = Address(name, addr_spec=mailbox.address)
    written["To"] = outgoing.to
    own = {outgoing.to.lower(), mailbox.address.lower()}
    copies = [each for each in outgoing.cc if rules.is_address(each) and each.lower() not in own]
    if copies:
        written["Cc"] = ", ".join(copies)
    written["Subject"] = rules.subject(outgoing)
    written["Date"] = formatdate(usegmt=True)
    written["Message-ID"] = rules.header_id(outgoing.message_id, mailbox.domain)
    if outgoing.earlier:
        written["In-Reply-To"] = outgoing.earlier[0]
        written["References"] = " ".join(reversed(outgoing.earlier))
    if outgoing.author_type == "AI":
        written["Auto-Submitted"] = "auto-replied"


def _text(outgoing: Outgoing, enclosed: Sequence[Enclosed]) -> str:
    left_out = [each.enclosure.name for each in enclosed if each.content is None]
    notice = f"\n\nToo large to be attached: {', '.join(left_out)}" if left_out else ""
    return f"{outgoing.content}{notice}\n"


def _add_html(
    written: EmailMessage, outgoing: Outgoing, mailbox: Mailbox, inside: Mapping[UUID, Enclosed]
) -> set[UUID]:
    """Adds the rich content, if there is some; the attachments that it shows as images."""
    if outgoing.rich_content is None:
        return set()
    shown: set[UUID] = set()

    def address(found: str) -> str | None:
        if mark := _ATTACHMENT.fullmatch(found):
            image = inside.get(UUID(mark[1]))
            if image is None or image.enclosure.content_type not in IMAGES:
                return None
            shown.add(image.enclosure.id)
            return f"cid:{image.enclosure.id}"
        return mailbox.base_url + found if found.startswith("/") else found

    document = msgspec.json.decode(outgoing.rich_content, type=Node)
    written.add_alternative(html.page(document, address), subtype="html")
    part = written.get_body(("html",))
    for each in sorted(shown):
        _relate(part, inside[each])
    return shown


def _relate(part: MIMEPart | None, image: Enclosed) -> None:
    if part is None:
        return
    enclosure = image.enclosure
    main, _, sub = enclosure.content_type.partition("/")
    part.add_related(
        image.content,
        maintype=main,
        subtype=sub,
        cid=f"<{enclosure.id}>",
        filename=enclosure.name,
        disposition="inline",
    )


def _attach(written: EmailMessage, each: Enclosed) -> None:
    """What is no image is nothing but a file, whatever its first bytes look like."""
    kind = each.enclosure.content_type
    main, _, sub = (kind if kind in IMAGES else "application/octet-stream").partition("/")
    written.add_attachment(each.content, maintype=main, subtype=sub, filename=each.enclosure.name)
