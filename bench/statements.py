"""The SQL of the cases, for what runs it without us: the floor, pgbench and EXPLAIN."""

from datetime import UTC, datetime
from urllib.parse import parse_qsl

from bench.cases import LIMIT, PROJECT, Subject
from bench.reading import FILTERS
from rejoinder.db.sql import Statement, compose
from rejoinder.tickets import queries
from rejoinder.tickets.counts.queries import sql as counting
from rejoinder.tickets.filters import orders, vocabulary
from rejoinder.tickets.routes.listing import COUNTED_EXACTLY
from rejoinder.tickets.types import STATUSES

Prepared = tuple[Statement, list[object]]
_VARIANTS = 4


def page_of(query: str) -> list[Prepared]:
    """The two statements of a list request: its page, and its count."""
    asker = vocabulary.Asker(1, datetime.now(UTC))
    found = vocabulary.parse(dict(parse_qsl(query)), asker)
    order = orders.order_of(None)[1].text
    page = compose(queries.sql.page, (PROJECT, LIMIT, 0), where=found.clauses, order=order)
    if found.others:
        return [
            page,
            compose(counting.count_up_to, (PROJECT, COUNTED_EXACTLY + 1), where=found.clauses),
        ]
    return [page, (queries.sql.count_by_status, [PROJECT, found.statuses or list(STATUSES)])]


def deep_page(offset: int) -> Prepared:
    order = orders.order_of(None)[1].text
    return compose(queries.sql.deep_page, (PROJECT, LIMIT, offset), order=order)


def alone(subject: Subject) -> dict[str, list[list[Prepared]]]:
    """By the name that a case has for it: variants of a transaction, each its statements."""
    return {
        "unread count": [[(queries.sql.unread_count, [PROJECT])]],
        "retrieve": [
            [(queries.sql.view_by_id, [PROJECT, each])] for each in subject.read[:_VARIANTS]
        ],
        "list, deep offset": [[deep_page(subject.deep_offset), page_of("")[1]]],
        **{f"list, {name}": [page_of(query)] for name, query in FILTERS.items()},
    }
