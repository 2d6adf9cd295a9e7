"""`rejoinder admin` as a shell runs it, each command at least once."""

import asyncio
from functools import partial
from typing import Any
from uuid import UUID, uuid4

import pytest

from rejoinder.auth.queries import grant_of_key
from rejoinder.cli.admin.assignments import Wanted, parse
from rejoinder.db.pool import Database
from rejoinder.errors import Invalid
from rejoinder.ids import digest
from rejoinder.people.queries import person_by_distinct_id
from tests.builders import Desk
from tests.cli.shell import Rejoinder, answer, run, run_here


@pytest.fixture
def admin(migrated_dsn: str) -> Rejoinder:
    return partial(answer, "admin", database_url=migrated_dsn)


def refusal(dsn: str, *arguments: str) -> str:
    """The one line with which the command fails."""
    done = run_here("admin", *arguments, "--json", "--database-url", dsn)
    assert (done.exit_code, done.stdout) == (1, "")
    assert done.stderr.count("\n") == 1
    return done.stderr.strip()


def test_four_commands_lead_from_nothing_to_a_key(dsn: str) -> None:
    def admin(*arguments: str) -> dict[str, Any]:
        return answer("admin", *arguments, "--database-url", dsn)

    organization = admin("create-organization", "Acme")["id"]
    project = admin("create-project", "--organization", organization, "Support")
    user = admin("create-user", "--organization", organization, "--email", "ben@example.com")
    key = admin("create-key", "--user", "ben@example.com", "--scopes", "ticket:read,ticket:write")

    assert list(project) == ["id", "api_token", "widget_public_token", "secret_api_token"]
    assert project["api_token"].startswith("phc_")
    assert project["secret_api_token"].startswith("phs_")
    assert list(user) == ["id", "email", "password"]
    assert len(user["password"]) > 20
    assert list(key) == ["id", "key"]
    assert key["key"].startswith("phx_")


async def test_a_key_opens_what_it_was_made_for_until_it_is_revoked(
    admin: Rejoinder, desk: Desk, database: Database
) -> None:
    project = str(desk.project.id)

    key = admin(
        "create-key", "--user", desk.ada.email, "--scopes", "ticket:read", "--project", project
    )
    grant = await grant_of_key(database, digest(key["key"]))
    before = await desk.call("GET", key=key["key"])
    # Elsewhere: the application under test lives in this thread and has to hear of it.
    revoked = await asyncio.to_thread(admin, "revoke-key", key["id"])
    after = await desk.call("GET", key=key["key"])

    assert grant is not None
    assert (grant.scopes, grant.limited_to) == (["ticket:read"], [desk.project.id])
    assert before.status_code == 200
    assert revoked == {"id": key["id"]}
    assert after.status_code == 401


def test_a_password_can_be_given(admin: Rejoinder, desk: Desk) -> None:
    email = f"cleo.{uuid4().hex[:8]}@example.com"

    user = admin(
        *("create-user", "--organization", str(desk.organization_id), "--email", email),
        *("--password", "open sesame", "--role", "viewer"),
    )
    levels = {row["email"]: row["level"] for row in admin("list-users")["users"]}

    assert (user["email"], user["password"]) == (email, "open sesame")
    assert levels[email] == "viewer"


async def test_an_operator_gives_a_user_another_password(admin: Rejoinder, desk: Desk) -> None:
    browser = await desk.session()

    given = await asyncio.to_thread(admin, "set-password", "--user", desk.ada.email)
    signed_in = await desk.client.post(
        "/api/login/", json={"email": desk.ada.email, "password": given["password"]}
    )

    assert given["id"] == desk.ada.id
    assert signed_in.status_code == 200
    assert (await browser.call("GET")).status_code == 401


def test_a_password_is_not_too_short(migrated_dsn: str, desk: Desk) -> None:
    asked = ("set-password", "--user", desk.ada.email, "--password", "sesame")

    assert refusal(migrated_dsn, *asked).startswith("password: ")


def test_a_role_gets_a_member(admin: Rejoinder, desk: Desk) -> None:
    role = admin("create-role", "--organization", str(desk.organization_id), "Billing")["id"]

    member = admin("add-role-member", "--role", role, "--user", desk.ada.email)
    members = {row["id"]: row["members"] for row in admin("list-roles")["roles"]}

    assert member == {"role_id": role, "user_id": desk.ada.id}
    assert members[role] == [desk.ada.email]


def test_settings_are_changed_and_shown(admin: Rejoinder, desk: Desk) -> None:
    project = str(desk.project.id)

    changed = admin(
        *("set-project", project, "conversations_enabled=false", "widget_enabled=true"),
        *('widget_domains=["a.com", "b.com"]', "widget_greeting_text=Hello = hi"),
    )

    assert changed == admin("show-project", project)
    assert changed["secret_api_token"] == desk.project.secret_api_token
    assert changed["conversations_enabled"] is False
    assert changed["settings"] == {
        "widget_enabled": True,
        "widget_domains": ["a.com", "b.com"],
        "widget_greeting_text": "Hello = hi",
    }


async def test_a_person_is_created_and_then_changed(
    admin: Rejoinder, desk: Desk, database: Database
) -> None:
    upsert = ("upsert-person", "--project", str(desk.project.id), "--distinct-id", "ada")

    first = admin(*upsert, "--properties", '{"email": "ada@example.org"}')
    second = admin(*upsert, "--properties", '{"plan": "free"}')
    person = await person_by_distinct_id(database, desk.project.id, "ada")

    assert first == second
    assert person is not None
    assert person.id == UUID(first["id"])
    assert bytes(person.properties) == b'{"email":"ada@example.org","plan":"free"}'


def test_lists_show_what_there_is_and_no_secret(admin: Rejoinder, desk: Desk) -> None:
    projects = {row["id"]: row for row in admin("list-projects")["projects"]}
    organizations = {row["id"] for row in admin("list-organizations")["organizations"]}
    keys = admin("list-keys")["keys"]

    assert projects[desk.project.id]["organization_id"] == str(desk.organization_id)
    assert str(desk.organization_id) in organizations
    assert desk.ada.email in {row["user"] for row in keys}
    assert "token" not in str(projects)
    assert desk.key not in str(keys)


def test_people_read_lines_and_tables(desk: Desk, migrated_dsn: str) -> None:
    shown = run("admin", "show-project", str(desk.project.id), database_url=migrated_dsn)
    listed = run("admin", "list-users", database_url=migrated_dsn)

    assert f"api_token              {desk.project.api_token}" in shown.stdout.splitlines()
    assert listed.stdout.startswith("id ")
    assert desk.ada.email in listed.stdout


def test_a_refusal_is_one_line_that_names_the_place(desk: Desk, migrated_dsn: str) -> None:
    ours = str(desk.organization_id)
    project = str(desk.project.id)
    refused = {
        ("create-project", "--organization", str(uuid4()), "X"): "There is no such organization.",
        ("create-user", "--organization", ours, "--email", "nobody"): "email: Enter a valid",
        ("create-key", "--user", "x@y.z", "--scopes", "*"): "user: There is no user x@y.z.",
        ("create-key", "--user", desk.ada.email, "--scopes", "all"): 'scopes: "all" is not',
        ("revoke-key", str(uuid4())): "There is no such key in force.",
        ("show-project", "999999"): "There is no such project.",
        ("set-project", project, "widget_enabeld=true"): "widget_enabeld: There is no such",
        ("set-project", project, "widget_enabled=maybe"): "widget_enabled: Expected true or false",
        ("set-project", project, "widget_color=red"): "widget_color: Expected `str` matching",
        ("upsert-person", "--project", project, "--distinct-id", "a", "--properties", "["): "prop",
    }

    for arguments, reason in refused.items():
        assert refusal(migrated_dsn, *arguments).startswith(reason)


def test_a_key_is_not_limited_to_a_project_that_its_user_cannot_see(
    desk: Desk, other_desk: Desk, migrated_dsn: str
) -> None:
    theirs = str(other_desk.project.id)
    create = ("create-key", "--user", desk.ada.email, "--scopes", "*", "--project", theirs)

    assert refusal(migrated_dsn, *create) == f"project: {desk.ada.email} has no project {theirs}."


def test_a_command_written_wrong_ends_with_two(migrated_dsn: str) -> None:
    wrong = [
        ("create-organization",),
        ("create-project", "--organization", "seven", "X"),
        ("create-user", "--organization", str(uuid4()), "--email", "a@b.c", "--role", "boss"),
    ]

    for arguments in wrong:
        done = run_here("admin", *arguments, "--json", "--database-url", migrated_dsn)
        assert (done.exit_code, done.stdout) == (2, "")


def test_a_misspelt_variable_ends_with_two_and_is_named() -> None:
    done = run("admin", "list-users", databse_url="x")

    assert done.returncode == 2
    assert "REJOINDER_DATABSE_URL" in done.stderr


def test_a_database_that_is_not_there_is_one_line() -> None:
    done = run("admin", "list-users", "--database-url", "postgresql://nobody:secret@127.0.0.1:1/x")

    assert done.returncode == 1
    assert done.stderr.startswith("The database 127.0.0.1:1/x cannot be used")
    assert "secret" not in done.stderr
    assert done.stderr.count("\n") == 1


@pytest.mark.parametrize(
    ("assignment", "settings"),
    [
        ("widget_domains=a.com, b.com", {"widget_domains": ["a.com", "b.com"]}),
        ("widget_domains=", {"widget_domains": []}),
        ("widget_require_email=1", {"widget_require_email": True}),
        ("widget_greeting_text=true", {"widget_greeting_text": "true"}),
    ],
)
def test_a_value_is_read_as_its_setting_wants_it(
    assignment: str, settings: dict[str, object]
) -> None:
    assert parse([assignment]) == Wanted(None, settings)


def test_an_assignment_without_equals_is_refused_by_name() -> None:
    with pytest.raises(Invalid) as refused:
        parse(["widget_enabled"])

    assert refused.value.attr == "widget_enabled"


def test_a_site_keeps_the_token_that_its_pages_have(admin: Rejoinder, desk: Desk) -> None:
    token = f"phc_{uuid4().hex}"

    shown = admin("adopt-token", str(desk.project.id), token)

    assert shown["api_token"] == token
    assert admin("show-project", str(desk.project.id))["api_token"] == token


def test_a_token_belongs_to_one_project(migrated_dsn: str, desk: Desk, other_desk: Desk) -> None:
    taken = other_desk.project.api_token

    assert "api_token" in refusal(migrated_dsn, "adopt-token", str(desk.project.id), taken)
    assert "api_token" in refusal(migrated_dsn, "adopt-token", str(desk.project.id), "phx_no")


def test_a_deactivated_user_can_be_activated_again(admin: Rejoinder, desk: Desk) -> None:
    email = f"cleo.{uuid4().hex[:8]}@example.com"
    organization = str(desk.organization_id)
    user = admin("create-user", "--organization", organization, "--email", email)

    assert admin("deactivate-user", "--user", email) == {"id": user["id"], "is_active": False}
    assert admin("activate-user", "--user", email) == {"id": user["id"], "is_active": True}


def test_the_last_owner_is_not_deactivated_from_the_shell_either(
    migrated_dsn: str, desk: Desk
) -> None:
    email = f"owner.{uuid4().hex[:8]}@example.com"
    organization = str(desk.organization_id)
    created = run_here(
        *("admin", "create-user", "--organization", organization, "--email", email),
        *("--role", "owner", "--database-url", migrated_dsn),
    )
    assert created.exit_code == 0

    line = refusal(migrated_dsn, "deactivate-user", "--user", email)

    assert line == "level: An organization needs an owner."
