"""The list of the admin commands."""

import typer

from rejoinder.cli.admin.keys import create_key, list_keys, revoke_key
from rejoinder.cli.admin.organizations import create_organization, list_organizations
from rejoinder.cli.admin.people import upsert_person
from rejoinder.cli.admin.projects import (
    adopt_token,
    create_project,
    list_projects,
    set_project,
    show_project,
)
from rejoinder.cli.admin.roles import add_role_member, create_role, list_roles
from rejoinder.cli.admin.users import (
    activate_user,
    create_user,
    deactivate_user,
    list_users,
    set_password,
)
from rejoinder.cli.command import command

app = typer.Typer(
    name="admin",
    help="Set up organizations, projects, users and keys; a running server notices at once.",
    no_args_is_help=True,
)

for action in (create_organization, create_project, create_user, create_role, create_key):
    app.command()(command(action))
for action in (
    set_password,
    deactivate_user,
    activate_user,
    add_role_member,
    revoke_key,
    show_project,
    set_project,
    adopt_token,
    upsert_person,
):
    app.command()(command(action))
for action in (list_organizations, list_projects, list_users, list_roles, list_keys):
    app.command()(command(action))
