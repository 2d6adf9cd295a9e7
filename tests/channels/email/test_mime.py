"""What a mail holds when there is more than fits, and what its headers say."""

from typing import Any

import pytest
from msgspec.structs import replace

from rejoinder.channels.email import mime, rules
from rejoinder.channels.email.mime import Enclosed
from rejoinder.channels.email.types import Enclosure, Mailbox, Outgoing
from rejoinder.ids import new_id

SENDER = Mailbox("Support", "support@example.org", "https://desk.example.org")
REPLY = Outgoing(
    message_id=new_id(),
    content="It is on its way.",
    rich_content=None,
    author_type="support",
    author_first_name="Ada",
    author_last_name=None,
    author_name=None,
    ticket_number=7,
    to="cleo@example.com",
    cc=[],
    subject=None,
    is_answer=False,
    earlier=[],
    enclosures=None,
)


def test_what_is_too_large_is_named() -> None:
    film = Enclosure(new_id(), "film.mp4", "video/mp4", 20_000_000, "key")

    mail = mime.mail(REPLY, SENDER, [Enclosed(film, None)])

    assert not mail.is_multipart()
    assert mail.get_content().strip().endswith("Too large to be attached: film.mp4")


def test_copies_go_to_everybody_but_us_and_the_recipient() -> None:
    cc = ["ben@example.com", "Cleo@example.com", "SUPPORT@example.org", "no address\r\nBcc: x"]

    mail = mime.mail(replace(REPLY, cc=cc), SENDER, [])

    assert mail["Cc"] == "ben@example.com"
    assert mail["Bcc"] is None


def test_what_ai_wrote_is_marked_so_that_no_machine_answers() -> None:
    mail = mime.mail(replace(REPLY, author_type="AI"), SENDER, [])

    assert mail["Auto-Submitted"] == "auto-replied"


@pytest.mark.parametrize(
    "unseen", ["\u202e", "\u2066", "\u200b", "\ufeff", "\r\nBcc: e@f.g\n", "\0"]
)
def test_no_header_hides_or_turns_anything(unseen: str) -> None:
    name = f"Ada{unseen}gnp.exe"
    mail = mime.mail(replace(REPLY, author_first_name=name, subject=name), SENDER, [])

    for header in (mail["From"], mail["Subject"]):
        assert str(header).isprintable()
    assert mail["From"].addresses[0].addr_spec == SENDER.address
    assert mail["Bcc"] is None


@pytest.mark.parametrize(
    ("subject", "is_answer", "expected"),
    [
        (None, False, "Ticket #7"),
        (" ", True, "Re: Ticket #7"),
        ("Parcel", True, "Re: Parcel"),
        ("RE: Parcel", True, "RE: Parcel"),
        ("Parcel\r\nBcc: eve@example.com", False, "Parcel Bcc: eve@example.com"),
    ],
)
def test_the_subject_is_one_line(subject: str | None, is_answer: Any, expected: str) -> None:
    mail = mime.mail(replace(REPLY, subject=subject, is_answer=is_answer), SENDER, [])

    assert mail["Subject"] == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("ada@example.com", True),
        ("a.b+c@mail.example.com", True),
        ("ada@localhost", True),
        ("ada", False),
        ("ada@", False),
        ("@example.com", False),
        ("ada@example..com", False),
        ("ada lovelace@example.com", False),
        ("ada@example.com\n", False),
        ('"ada"@example.com', False),
        (f"ada@{'x' * 254}", False),
    ],
)
def test_an_address_is_what_every_server_takes(text: str, expected: Any) -> None:
    assert rules.is_address(text) is expected
