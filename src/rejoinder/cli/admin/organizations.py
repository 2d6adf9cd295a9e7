"""Organizations from the shell."""

from uuid import UUID

from msgspec import Struct

from rejoinder.cli.admin import queries
from rejoinder.cli.admin.arguments import Name
from rejoinder.cli.admin.types import OrganizationRow
from rejoinder.cli.operators import operator
from rejoinder.events.work import Work
from rejoinder.organizations import commands


class CreatedOrganization(Struct, frozen=True):
    id: UUID


class Organizations(Struct, frozen=True):
    organizations: list[OrganizationRow]


async def create_organization(work: Work, name: Name) -> CreatedOrganization:
    """Create an organization."""
    async with work.begin(operator()) as tx:
        return CreatedOrganization(await commands.create_organization(tx, name))


async def list_organizations(work: Work) -> Organizations:
    """List the organizations."""
    return Organizations(await queries.organizations(work.database))
