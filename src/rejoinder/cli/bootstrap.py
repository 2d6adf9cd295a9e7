"""The first start: an organization, its first project, an owner and a key, shown once."""

from typing import Final

from msgspec import Struct

from rejoinder.auth.commands import create_key, create_user
from rejoinder.cli.operators import operator, work_on
from rejoinder.cli.passwords import generated_password
from rejoinder.db.pool import connect
from rejoinder.events.work import Tx
from rejoinder.organizations.commands import add_member, create_organization, create_project
from rejoinder.organizations.queries import any_organization
from rejoinder.settings import Settings

OWNER: Final = "owner@localhost"

# Any constant will do: it only has to be the same for all servers that start on this database.
_LOCK: Final = 7_302_604_119


class Secrets(Struct, frozen=True):
    """What the first start made and nobody can read again."""

    project_id: int
    password: str
    key: str


async def first_start(dsn: str, settings: Settings) -> str | None:
    """The welcome to print, secrets included; None when there was an organization already."""
    async with (
        connect(dsn, settings, size=1) as database,
        work_on(database).begin(operator()) as tx,
    ):
        # The second of two servers waits here, and then finds the first one's organization.
        await tx.connection.execute("SELECT pg_advisory_xact_lock($1)", _LOCK)
        if await any_organization(tx):
            return None
        secrets = await _create(tx)
    return _welcome(settings.base_url, secrets)


async def _create(tx: Tx) -> Secrets:
    password = generated_password()
    organization_id = await create_organization(tx, "My organization")
    project = await create_project(tx, organization_id, "Default project")
    # Customers see this name until the owner gives another: better than an address of no use.
    owner = await create_user(tx, OWNER, password, first_name="Support")
    await add_member(tx, organization_id, owner.id, "owner")
    key = await create_key(tx, owner.id, ["*"], label="First start")
    return Secrets(project.id, password, key.key)


def _welcome(base: str, secrets: Secrets) -> str:
    tickets = f"{base}/api/projects/{secrets.project_id}/conversations/tickets/"
    bearer = f"-H 'Authorization: Bearer {secrets.key}'"
    body = """{"message": "Where is my order?", "anonymous_traits": {"name": "Ada"}}"""
    return f"""
Welcome to Rejoinder. Keep these: they are shown only now.

  Inbox     {base}/
  Server    {base}
  API docs  {base}/api/docs
  E-mail    {OWNER}
  Password  {secrets.password}
  API key   {secrets.key}

List tickets:
  curl {bearer} {tickets}

Create one:
  curl {bearer} -H 'Content-Type: application/json' -d '{body}' {tickets}
"""
