"""I4: ticket numbers have no gap. I5: what is counted equals a recount."""

from typing import Final

from tests.faults.checker.case import Case

_NUMBERS: Final = """
SELECT c.project_id, c.last_ticket_number AS last, count(DISTINCT n.number) AS used,
    count(*) FILTER (WHERE n.number NOT BETWEEN 1 AND c.last_ticket_number) AS beyond,
    count(n.number) AS all
FROM project_counters c
LEFT JOIN (
    SELECT project_id, ticket_number AS number FROM tickets
    UNION ALL
    SELECT project_id, (payload ->> 'ticket_number')::bigint FROM events
    WHERE type = 'ticket.purged'
) n USING (project_id)
GROUP BY c.project_id, c.last_ticket_number
"""
_OF_TICKETS: Final = """
WITH public AS (
    SELECT DISTINCT ON (project_id, ticket_id) project_id, ticket_id,
        count(*) OVER (PARTITION BY project_id, ticket_id) AS count,
        created_at AS last_at, left(content, 500) AS last_text
    FROM messages WHERE NOT is_private AND deleted_at IS NULL
    ORDER BY project_id, ticket_id, created_at DESC, id DESC
), read AS (
    SELECT project_id, ticket_id,
        max(seq) FILTER (WHERE type IN ('ticket.read_by_team', 'ticket.marked_unread')) AS by_team,
        max(seq) FILTER (WHERE type = 'ticket.marked_unread') AS marked,
        max(seq) FILTER (WHERE type = 'ticket.read_by_customer') AS by_customer
    FROM events GROUP BY project_id, ticket_id
), said AS (
    SELECT e.project_id, e.ticket_id,
        count(*) FILTER (
            WHERE e.type = 'message.received' AND e.seq > coalesce(read.by_team, 0)
        ) + coalesce(bool_or(read.by_team = read.marked), false)::int AS by_team,
        count(*) FILTER (
            WHERE e.type = 'message.sent' AND e.seq > coalesce(read.by_customer, 0)
        ) AS by_customer
    FROM events e JOIN read USING (project_id, ticket_id) GROUP BY e.project_id, e.ticket_id
)
SELECT t.project_id, t.ticket_number,
    ARRAY[t.message_count, t.unread_team_count, t.unread_customer_count]::bigint[] AS kept,
    ARRAY[
        coalesce(public.count, 0), coalesce(said.by_team, 0), coalesce(said.by_customer, 0)
    ]::bigint[] AS counted,
    t.last_message_at IS NOT DISTINCT FROM public.last_at
        AND t.last_message_text IS NOT DISTINCT FROM public.last_text AS shows_last,
    (t.unread_team_count > 0) = (u.ticket_id IS NOT NULL) AS is_listed
FROM tickets t
LEFT JOIN public ON public.project_id = t.project_id AND public.ticket_id = t.id
LEFT JOIN said ON said.project_id = t.project_id AND said.ticket_id = t.id
LEFT JOIN unread_tickets u ON u.project_id = t.project_id AND u.ticket_id = t.id
"""
_OF_PROJECTS: Final = """
SELECT c.project_id,
    ARRAY[
        c.tickets_new, c.tickets_open, c.tickets_pending, c.tickets_on_hold, c.tickets_resolved,
        c.unread
    ]::bigint[] AS kept,
    ARRAY[
        count(*) FILTER (WHERE t.status = 'new'), count(*) FILTER (WHERE t.status = 'open'),
        count(*) FILTER (WHERE t.status = 'pending'), count(*) FILTER (WHERE t.status = 'on_hold'),
        count(*) FILTER (WHERE t.status = 'resolved'),
        coalesce(sum(t.unread_team_count) FILTER (WHERE t.status <> 'resolved'), 0)
    ]::bigint[] AS counted
FROM project_counters c
LEFT JOIN tickets t ON t.project_id = c.project_id AND t.deleted_at IS NULL
GROUP BY c.project_id
"""
_REPAIRED: Final = "SELECT project_id FROM events WHERE type = 'counters.repaired'"


async def numbers_gapless(case: Case) -> list[str]:
    """I4; the number of a purged ticket stands in the log."""
    return [
        f"project {project}: {used} numbers of {all_} tickets, the last is {last}"
        for project, last, used, beyond, all_ in await case.db.fetch(_NUMBERS)
        if (used, all_, beyond) != (last, last, 0)
    ]


async def counters_true(case: Case) -> list[str]:
    """I5; a counter that had to be repaired meanwhile was wrong, too."""
    problems = [f"project {one}: repaired" for (one,) in await case.db.fetch(_REPAIRED)]
    for project, kept, counted in await case.db.fetch(_OF_PROJECTS):
        if kept != counted:
            problems.append(f"project {project}: kept {kept}, counted {counted}")
    for project, number, kept, counted, shows_last, is_listed in await case.db.fetch(_OF_TICKETS):
        if kept != counted:
            problems.append(f"ticket {project}/{number}: kept {kept}, counted {counted}")
        if not (shows_last and is_listed):
            problems.append(f"ticket {project}/{number}: shows {shows_last}, listed {is_listed}")
    return problems
