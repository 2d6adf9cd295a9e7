"""The vocabulary of the ticket list: each parameter, and the literal SQL it stands for.

Values that are not in the vocabulary are dropped without a word, as the wire has it.
"""

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from typing import Final, NamedTuple
from uuid import UUID

import msgspec

from rejoinder.db.sql import Clause, Skewed, Walked, any_of
from rejoinder.tickets.filters import dates, search, statuses
from rejoinder.tickets.types import (
    CHANNEL_DETAILS,
    CHANNEL_SOURCES,
    PRIORITIES,
    STATUSES,
    TRIAGE_RESULTS,
    Status,
)

_MOST_ASSIGNEES: Final = 100
_MOST_CUSTOMERS: Final = 100
_MOST_TAGS: Final = 50
_MOST_IDS: Final = 100
_LARGEST: Final = str(2**63 - 1)


class Asker(NamedTuple):
    """Who filters, and when: what `me` and `-7d` mean."""

    user_id: int
    now: datetime


class TicketFilter(NamedTuple):
    """The conditions of one list; `statuses` alone can be counted without looking at tickets."""

    statuses: list[Status]
    others: list[Clause]
    text: search.Text | None = None

    @property
    def clauses(self) -> list[Clause]:
        return [*statuses.clauses(self.statuses), *self.others]

    @property
    def needs_a_look(self) -> bool:
        """Whether no index counts it: the tickets themselves tell whether they match."""
        return any(isinstance(clause, Skewed) for clause in self.others)


# Two ways to say which tags are wanted.
_SAME_MATTER: Final[Mapping[str, str]] = {"tags_all": "tags"}

Rule = Callable[[str, Asker], Iterable[Clause]]


class Term(NamedTuple):
    """A parameter: the sentence that explains it, and the conditions its value stands for."""

    text: str
    rule: Rule


def parse(given: Mapping[str, str], asker: Asker) -> TicketFilter:
    """The filter that these parameters describe."""
    clauses: list[Clause] = []
    for name, term in _TERMS.items():
        if value := given.get(name):
            clauses += term.rule(value, asker)
    clauses += _customers(given)
    wanted = _items(given.get("status", ""))
    chosen: list[Status] = [status for status in STATUSES if status in wanted]
    return TicketFilter(chosen, clauses, search.text(given.get("search", "")))


def over(stored: Mapping[str, str], given: Mapping[str, str]) -> dict[str, str]:
    """The parameters of both; what is given replaces what is stored about the same matter."""
    matters = {_SAME_MATTER.get(name, name) for name in given}
    kept = {
        name: value for name, value in stored.items() if _SAME_MATTER.get(name, name) not in matters
    }
    return {**kept, **given}


def _items(text: str, most: int | None = None) -> list[str]:
    return [item for part in text.split(",")[:most] if (item := part.strip())]


def _priority(value: str, _: Asker) -> Iterable[Clause]:
    items = _items(value)
    wanted = [priority for priority in PRIORITIES if priority in items]
    if len(wanted) == 1:
        yield Walked("t.priority = ?", wanted[0])
    elif wanted:
        yield Clause("t.priority = ANY(?)", wanted)


def _channel_source(value: str, _: Asker) -> Iterable[Clause]:
    if value in CHANNEL_SOURCES:
        yield Walked("t.channel_source = ?", value)


def _channel_detail(value: str, _: Asker) -> Iterable[Clause]:
    if value in CHANNEL_DETAILS:
        yield Clause("t.channel_detail = ?", value)


def _triage(value: str, _: Asker) -> Iterable[Clause]:
    items = _items(value)
    if wanted := [result for result in TRIAGE_RESULTS if result in items]:
        # The second half lets the planner use the index of those tickets that have a result.
        yield Clause(
            "t.ai_triage ->> 'result' = ANY(?) AND t.ai_triage ->> 'result' IS NOT NULL", wanted
        )


def _assignee(value: str, asker: Asker) -> Iterable[Clause]:
    """Any of the entries; malformed ones do not count."""
    items = _items(value, _MOST_ASSIGNEES)
    users = [user for item in items if (user := _user(item, asker)) is not None]
    roles = [role for item in items if (role := _role(item)) is not None]
    parts: list[Clause] = []
    if "unassigned" in items:
        parts.append(Clause("t.assignee_user_id IS NULL AND t.assignee_role_id IS NULL"))
    # One alone walks an index in the list's order; several would have to be sorted.
    if len(users) == 1:
        parts.append(Walked("t.assignee_user_id = ?", users[0]))
    elif users:
        parts.append(Clause("t.assignee_user_id = ANY(?)", users))
    if len(roles) == 1:
        parts.append(Walked("t.assignee_role_id = ?", roles[0]))
    elif roles:
        parts.append(Clause("t.assignee_role_id = ANY(?)", roles))
    if parts:
        yield any_of(parts)


def _user(item: str, asker: Asker) -> int | None:
    if item == "me":
        return asker.user_id
    kind, _, number = item.partition(":")
    if kind == "user" and number.isascii() and number.isdecimal() and len(number) < len(_LARGEST):
        return int(number)
    return None


def _role(item: str) -> UUID | None:
    kind, _, text = item.partition(":")
    return _uuid(text) if kind == "role" else None


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None


def _date_from(value: str, asker: Asker) -> Iterable[Clause]:
    if value != "all" and (moment := dates.parse(value, asker.now)):
        yield Clause("t.updated_at >= ?", moment)


def _date_to(value: str, asker: Asker) -> Iterable[Clause]:
    if value != "all" and (moment := dates.parse(value, asker.now, end=True)):
        yield Clause("t.updated_at <= ?", moment)


def _customers(given: Mapping[str, str]) -> Iterable[Clause]:
    """Distinct ids and addresses are two ways to name customers: any of either."""
    parts: list[Clause] = []
    if ids := _items(given.get("distinct_ids", ""), _MOST_CUSTOMERS):
        parts.append(Clause("t.distinct_id <> '' AND t.distinct_id = ANY(?)", ids))
    if emails := _items(given.get("emails", "").lower(), _MOST_CUSTOMERS):
        parts.append(Clause("lower(t.email_from) = ANY(?)", emails))
    if parts:
        yield any_of(parts)


def _sla(value: str, _: Asker) -> Iterable[Clause]:
    """Against the database's clock, like everything that is due."""
    match value:
        case "breached":
            yield Clause("t.sla_due_at < now()")
        case "at-risk":
            yield Clause("t.sla_due_at >= now() AND t.sla_due_at <= now() + interval '1 hour'")
        case "on-track":
            yield Clause("t.sla_due_at > now() + interval '1 hour'")
        case _:
            pass


def _snoozed(value: str, _: Asker) -> Iterable[Clause]:
    match value.lower():
        case "true":
            yield Clause("t.snoozed_until IS NOT NULL")
        case "false":
            yield Clause("t.snoozed_until IS NULL")
        case _:
            pass


def _unread(value: str, _: Asker) -> Iterable[Clause]:
    match value.lower():
        case "true":
            yield Skewed(
                "EXISTS (SELECT FROM unread_tickets u"
                " WHERE u.project_id = t.project_id AND u.ticket_id = t.id)"
            )
        case "false":
            yield Clause("t.unread_team_count = 0")
        case _:
            pass


def _ids(value: str, _: Asker) -> Iterable[Clause]:
    """Who names tickets wants no others, even if none of the names is one."""
    ids = [ticket for item in _items(value, _MOST_IDS) if (ticket := _uuid(item))]
    yield Clause("t.id = ANY(?)", ids)


def _tags(value: str, _: Asker) -> Iterable[Clause]:
    if names := _tag_names(value):
        yield Skewed("t.tags && ?", names)


def _tags_all(value: str, _: Asker) -> Iterable[Clause]:
    if names := _tag_names(value):
        yield Skewed("t.tags @> ?", names)


def _tags_exclude(value: str, _: Asker) -> Iterable[Clause]:
    if names := _tag_names(value):
        yield Skewed("NOT t.tags && ?", names)


def _tag_names(value: str) -> list[str]:
    try:
        given = msgspec.json.decode(value, type=list[object])
    except (msgspec.MsgspecError, RecursionError):
        return []
    names = [item.strip().lower() for item in given[:_MOST_TAGS] if isinstance(item, str)]
    return [name for name in names if name and "\0" not in name]


def _choice(values: Iterable[str]) -> str:
    return ", ".join(f"`{value}`" for value in values)


def _search(value: str, _: Asker) -> Iterable[Clause]:
    if (number := search.number(value)) is not None:
        yield Clause("t.ticket_number = ?", number)


_TAG_LIST: Final = "A JSON array of up to 50 names"
_DATES: Final = "a date, a time, or a relative one such as `-7d` or `-1mStart`"

_TERMS: Final[Mapping[str, Term]] = {
    "priority": Term(f"One or several of {_choice(PRIORITIES)}, comma-separated.", _priority),
    "channel_source": Term(f"One of {_choice(CHANNEL_SOURCES)}.", _channel_source),
    "channel_detail": Term(f"One of {_choice(CHANNEL_DETAILS)}.", _channel_detail),
    "assignee": Term(
        "Any of up to 100, comma-separated: `unassigned`, `me`, `user:ID`, `role:UUID`.", _assignee
    ),
    "date_from": Term(f"Not changed before: {_DATES}.", _date_from),
    "date_to": Term(f"Not changed after: {_DATES}.", _date_to),
    "sla": Term("`breached`, `at-risk` (due within an hour) or `on-track`.", _sla),
    "snoozed": Term("`true` or `false`.", _snoozed),
    "unread": Term("`true` or `false`: whether the team has something to read in it.", _unread),
    "ids": Term("Up to 100 ids, comma-separated: those tickets only, none marked as read.", _ids),
    "tags": Term(f"{_TAG_LIST}: tickets that have any of them.", _tags),
    "tags_all": Term(f"{_TAG_LIST}: tickets that have all of them.", _tags_all),
    "tags_exclude": Term(f"{_TAG_LIST}: tickets that have none of them.", _tags_exclude),
    "ai_triage_result": Term(
        f"One or several of {_choice(TRIAGE_RESULTS)}, comma-separated.", _triage
    ),
    "search": Term(
        "A ticket number (`42`, `#42`), or up to 200 characters that stand somewhere in the "
        "customer's name or address, the subject, a message or a note.",
        _search,
    ),
}

DESCRIPTIONS: Final[Mapping[str, str]] = {
    "status": f"One or several of {_choice(STATUSES)}, comma-separated.",
    **{name: term.text for name, term in _TERMS.items()},
    "distinct_ids": "Up to 100 distinct ids, comma-separated.",
    "emails": "Up to 100 senders' addresses; joined with `distinct_ids` by OR.",
}
"""What each parameter is for, in a sentence."""
