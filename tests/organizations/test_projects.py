from typing import Any

from tests.builders import Desk


async def read(desk: Desk) -> dict[str, Any]:
    return (await desk.call("GET", desk.url)).json()


async def events(desk: Desk) -> list[str]:
    rows = await desk.work.database.pool.fetch(
        "SELECT type FROM events WHERE project_id = $1 ORDER BY seq", desk.project.id
    )
    return [row["type"] for row in rows]


async def test_settings_are_merged_one_by_one(desk: Desk) -> None:
    await desk.call("PATCH", desk.url, {"conversations_settings": {"widget_enabled": True}})
    changed = await desk.call(
        "PATCH",
        desk.url,
        {
            "conversations_enabled": False,
            "conversations_settings": {"widget_domains": ["a.com", None, "*.b.com"]},
        },
    )

    assert changed.status_code == 200
    assert changed.json() == await read(desk)
    assert changed.json()["conversations_enabled"] is False
    assert changed.json()["conversations_settings"] == {
        "widget_enabled": True,
        "widget_domains": ["a.com", "*.b.com"],
        "widget_public_token": desk.project.widget_public_token,
    }


async def test_a_project_gets_another_name(desk: Desk) -> None:
    renamed = await desk.call("PATCH", desk.url, {"name": " Teapots "})

    assert renamed.json()["name"] == (await read(desk))["name"] == "Teapots"
    assert await events(desk) == ["project.renamed"]
    refused = await desk.call("PATCH", desk.url, {"name": " "})
    assert (refused.status_code, refused.json()["attr"]) == (400, "name")


async def test_null_goes_back_to_the_default(desk: Desk) -> None:
    for color in ("#112233", None):
        await desk.call("PATCH", desk.url, {"conversations_settings": {"widget_color": color}})

    assert "widget_color" not in (await read(desk))["conversations_settings"]


async def test_a_client_may_send_back_what_it_read(desk: Desk) -> None:
    before = await read(desk)

    after = await desk.call("PATCH", desk.url, before)

    assert after.json() == before
    assert await events(desk) == []


async def test_a_setting_of_the_wrong_kind_changes_nothing(desk: Desk) -> None:
    refused = await desk.call(
        "PATCH",
        desk.url,
        {"conversations_enabled": False, "conversations_settings": {"widget_color": "blue"}},
    )

    assert refused.status_code == 400
    assert refused.json()["attr"] == "conversations_settings__widget_color"
    assert (await read(desk))["conversations_enabled"] is True


async def test_the_widgets_token_is_another_one_after_its_rotation(desk: Desk) -> None:
    rotated = await desk.call("POST", f"{desk.url}generate_conversations_public_token/")

    token = rotated.json()["conversations_settings"]["widget_public_token"]
    assert rotated.status_code == 200
    assert len(token) > 20
    assert token != desk.project.widget_public_token
    assert await events(desk) == ["project.widget_token_rotated"]


async def test_a_secret_lives_on_as_the_backup_until_that_is_deleted(desk: Desk) -> None:
    rotated = await desk.call("POST", f"{desk.url}rotate_secret_token/")
    deleted = await desk.call("POST", f"{desk.url}delete_secret_token_backup/")

    secret = rotated.json()["secret_api_token"]
    assert secret.startswith("phs_")
    assert secret != desk.project.secret_api_token
    assert rotated.json()["secret_api_token_backup"] == desk.project.secret_api_token
    assert deleted.json()["secret_api_token"] == secret
    assert deleted.json()["secret_api_token_backup"] is None
    assert await events(desk) == ["project.secret_rotated", "project.secret_backup_deleted"]


async def test_a_repeated_rotation_with_one_key_rotates_once(desk: Desk) -> None:
    headers = {"Idempotency-Key": "a"}
    path = f"{desk.url}rotate_secret_token/"

    first = await desk.call("POST", path, headers=headers)
    again = await desk.call("POST", path, headers=headers)

    assert again.json() == first.json()


async def test_only_admins_change_a_project_and_see_its_secrets(desk: Desk) -> None:
    key = await desk.a_key("*", user=await desk.a_user("agent"))

    seen = await desk.call("GET", desk.url, key=key)
    refused = [
        await desk.call("PATCH", desk.url, {"conversations_enabled": False}, key=key),
        *[
            await desk.call("POST", desk.url + action, key=key)
            for action in (
                "generate_conversations_public_token/",
                "rotate_secret_token/",
                "delete_secret_token_backup/",
            )
        ],
    ]

    assert seen.json()["secret_api_token"] is None
    assert seen.json()["api_token"] == desk.project.api_token
    assert [response.status_code for response in refused] == [403] * 4


async def test_a_key_that_only_reads_is_shown_no_secret(desk: Desk) -> None:
    await desk.call("POST", desk.url + "rotate_secret_token/")
    reading, writing = await desk.a_key("ticket:read"), await desk.a_key("ticket:write")

    seen = [(await desk.call("GET", desk.url, key=key)).json() for key in (reading, writing)]

    secrets = [(each["secret_api_token"], each["secret_api_token_backup"]) for each in seen]
    assert secrets[0] == (None, None)
    assert all(secrets[1])


async def test_a_key_that_only_reads_changes_nothing(desk: Desk) -> None:
    key = await desk.a_key("ticket:read")

    refused = await desk.call("PATCH", desk.url, {"conversations_enabled": False}, key=key)

    assert refused.status_code == 403


async def test_another_organizations_project_is_not_there(desk: Desk, other_desk: Desk) -> None:
    assert (await desk.call("GET", other_desk.url)).status_code == 404
