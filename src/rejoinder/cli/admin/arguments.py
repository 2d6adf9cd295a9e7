"""Arguments that several commands take, and what they name."""

from typing import Annotated
from uuid import UUID

import typer

from rejoinder.auth.queries import user_by_email
from rejoinder.auth.types import User
from rejoinder.db.pool import Queryable
from rejoinder.errors import Invalid

Name = Annotated[str, typer.Argument(help="What it is called.", show_default=False)]
OrganizationId = Annotated[
    UUID, typer.Option("--organization", help="The organization's id.", show_default=False)
]
ProjectId = Annotated[int, typer.Argument(help="The project's id.", show_default=False)]
UserEmail = Annotated[
    str, typer.Option("--user", help="The user's e-mail address.", show_default=False)
]


async def known_user(db: Queryable, email: str) -> User:
    """The user with this address.

    Raises:
        Invalid: there is none (attr `user`).
    """
    user = await user_by_email(db, email.strip())
    if user is None:
        raise Invalid(f"There is no user {email}.", attr="user")
    return user
