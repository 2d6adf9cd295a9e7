"""Messages as they stand in the database."""

from datetime import datetime
from typing import Literal
from uuid import UUID

from msgspec import Struct

AuthorType = Literal["customer", "support", "human", "AI"]


class Added(Struct, frozen=True):
    """A message just written, with the time stamped under its ticket's lock."""

    id: UUID
    created_at: datetime
