"""The settings of one project: their names, types and limits."""

from typing import Annotated, Any, Literal, cast

import msgspec
from msgspec import UNSET, Meta, Raw, Struct, UnsetType

from rejoinder.errors import Invalid

Text = Annotated[str, Meta(max_length=1_000)]
Domain = Annotated[str, Meta(min_length=1, max_length=255)]


class ConversationsSettings(Struct, frozen=True, omit_defaults=True):
    """What a project may set; absent means the default that the widget's contract names."""

    widget_enabled: bool | UnsetType = UNSET
    widget_domains: list[Domain] | UnsetType = UNSET
    widget_greeting_text: Text | UnsetType = UNSET
    widget_placeholder_text: Text | UnsetType = UNSET
    widget_color: Annotated[str, Meta(pattern=r"^#[0-9a-fA-F]{6}$")] | UnsetType = UNSET
    widget_require_email: bool | UnsetType = UNSET
    widget_collect_name: bool | UnsetType = UNSET
    widget_identification_form_title: Text | UnsetType = UNSET
    widget_identification_form_description: Text | UnsetType = UNSET
    widget_position: Literal["bottom_right", "bottom_left", "top_right", "top_left"] | UnsetType = (
        UNSET
    )
    widget_attachments_enabled: bool | UnsetType = UNSET
    restore_enabled: bool | UnsetType = UNSET
    reopen_on_customer_reply: bool | UnsetType = UNSET
    status_on_team_reply: (
        Literal["new", "open", "pending", "on_hold", "resolved"] | UnsetType | None
    ) = UNSET
    # Addresses, or users by their ids, as PostHog has them.
    notification_recipients: (
        list[Annotated[str, Meta(max_length=254)] | Annotated[int, Meta(ge=1)]] | UnsetType
    ) = UNSET


def checked(changes: dict[str, Any]) -> dict[str, Any]:
    """The changes, if each is a setting with a value of its kind; None goes back to the default.

    Raises:
        Invalid: names the first setting that is not.
    """
    for name in changes:
        if name not in ConversationsSettings.__struct_fields__:
            known = ", ".join(ConversationsSettings.__struct_fields__)
            raise Invalid(f"There is no such setting. Settings are {known}.", attr=name)
    changes = {name: _without_gaps(value) for name, value in changes.items()}
    try:
        msgspec.convert(
            {name: value for name, value in changes.items() if value is not None},
            ConversationsSettings,
        )
    except msgspec.ValidationError as error:
        reason, _, place = str(error).partition(" - at `$.")
        raise Invalid(reason, attr=place.rstrip("`")) from None
    return changes


def _without_gaps(value: Any) -> Any:
    """A list without its nulls, which forms with empty rows send."""
    if not isinstance(value, list):
        return value
    return [item for item in cast("list[Any]", value) if item is not None]


def decoded(settings: Raw) -> ConversationsSettings:
    """Stored settings, by name and type."""
    return msgspec.json.decode(settings, type=ConversationsSettings)


def as_dict(settings: Raw) -> dict[str, Any]:
    """Stored settings, decoded."""
    return msgspec.json.decode(settings, type=dict[str, Any])
