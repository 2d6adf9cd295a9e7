"""What an event says about a person; the rules are PostHog's, and stricter where they must be."""

from typing import Any, Final, cast

from rejoinder.channels.host.types import Captured
from rejoinder.people.types import Claim

# Ids that mean "nobody", which broken integrations send for everybody.
_NOBODY: Final = frozenset(
    {
        "", "anonymous", "guest", "distinctid", "distinct_id", "id", "not_authenticated", "email",
        "undefined", "true", "false", "null", "none", "nan", "0", "[object object]",
    }
)  # fmt: skip
_LINKING: Final = {"$identify": "$anon_distinct_id", "$create_alias": "alias"}


def claim_of(event: Captured) -> Claim | None:
    """What the event claims; None when it says nothing about a person."""
    properties = event.properties
    also = properties.get(_LINKING.get(event.name, ""))
    claim = Claim(
        distinct_id=event.distinct_id,
        also=also if isinstance(also, str) and not is_nobody(also) else None,
        set=_object(properties.get("$set")) | _groups(event),
        set_once=_object(properties.get("$set_once")),
        unset=_names(properties.get("$unset")),
        identifies=event.name in _LINKING,
    )
    if is_nobody(event.distinct_id) or properties.get("$process_person_profile") is False:
        return None
    return claim if claim.identifies or claim.set or claim.set_once or claim.unset else None


def is_nobody(distinct_id: str) -> bool:
    return distinct_id.strip().lower() in _NOBODY


def _groups(event: Captured) -> dict[str, Any]:
    """`$groupidentify` says to which company (or the like) the person belongs."""
    if event.name != "$groupidentify":
        return {}
    kind, key = event.properties.get("$group_type"), event.properties.get("$group_key")
    return {f"$group_{kind}": key} if isinstance(kind, str) and isinstance(key, str) else {}


def _object(value: object) -> dict[str, Any]:
    return cast("dict[str, Any]", value) if isinstance(value, dict) else {}


def _names(value: object) -> list[str]:
    found = cast("list[object]", value) if isinstance(value, list) else []
    return [name for name in found if isinstance(name, str)]
