-- What `world.py` runs when all is measured, for each project that was written to ($1) and the tickets
-- that cases were given there ($2). The texts are those of `writing.py`.

-- step: created
DELETE FROM tickets WHERE project_id = $1 AND email_subject = 'Created by the benchmark'
    AND NOT id = ANY($2::uuid[]);

-- step: replied
DELETE FROM messages WHERE project_id = $1 AND ticket_id = ANY($2::uuid[])
    AND starts_with(content, 'Replied by the benchmark');

-- step: marked
UPDATE tickets t SET unread_team_count = 0, message_count = said.count, last_message_at = said.last
FROM (
    SELECT m.ticket_id, count(*), max(m.created_at) AS last FROM messages m
    WHERE m.project_id = $1 AND m.ticket_id = ANY($2::uuid[]) GROUP BY m.ticket_id
) AS said
WHERE t.project_id = $1 AND t.id = said.ticket_id
    AND (t.unread_team_count, t.message_count) <> (0, said.count);

-- step: counted
UPDATE project_counters c SET (last_ticket_number, tickets_new, tickets_open, tickets_pending,
    tickets_on_hold, tickets_resolved, unread) = (
    SELECT max(ticket_number), count(*) FILTER (WHERE status = 'new'),
        count(*) FILTER (WHERE status = 'open'), count(*) FILTER (WHERE status = 'pending'),
        count(*) FILTER (WHERE status = 'on_hold'), count(*) FILTER (WHERE status = 'resolved'),
        coalesce(sum(unread_team_count) FILTER (WHERE status <> 'resolved'), 0)
    FROM tickets t WHERE t.project_id = c.project_id AND t.deleted_at IS NULL
) WHERE c.project_id = $1 AND $2::uuid[] IS NOT NULL;
