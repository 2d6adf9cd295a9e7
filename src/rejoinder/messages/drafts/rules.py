"""Pure decisions about drafts."""

from typing import Final
from uuid import UUID

import msgspec

from rejoinder.errors import Invalid
from rejoinder.messages import rich
from rejoinder.messages.drafts.types import Begun

LARGEST: Final = 50_000


def checked(begun: Begun) -> Begun:
    """The draft, if it is neither too large nor unsafe.

    Raises:
        Invalid: it is.
    """
    if len(msgspec.json.encode((begun.content, begun.rich_content))) > LARGEST:
        raise Invalid(f"A draft may take {LARGEST} bytes.", attr="content", code="max_length")
    if begun.rich_content is not None:
        rich.checked(begun.rich_content)
    return begun


def is_empty(begun: Begun) -> bool:
    """Whether there is nothing worth keeping: an image is, without any text."""
    shown = rich.attachments_in(begun.rich_content) if begun.rich_content else set[UUID]()
    return not begun.content.strip() and not shown
