-- What `seed.py` runs, step by step. `plan` holds the sizes; everything else follows from row
-- numbers through a hash, so two runs make the same data.

-- step: vocabulary
CREATE FUNCTION pg_temp.die(key text, sides bigint) RETURNS bigint LANGUAGE sql IMMUTABLE
    RETURN abs(hashtextextended(key, 0) % sides);
CREATE FUNCTION pg_temp.id(at timestamptz, key text) RETURNS uuid LANGUAGE sql IMMUTABLE
    -- Begins with its time, as the ids do that the application makes.
    RETURN (lpad(to_hex((extract(epoch FROM at) * 1000)::bigint), 12, '0') || '7'
        || substr(md5(key), 1, 3) || 'a' || substr(md5(key), 5, 15))::uuid;
CREATE TEMP TABLE words AS
    SELECT n, CASE
        WHEN n <= 40 THEN (ARRAY[
            'invoice', 'the', 'order', 'please', 'with', 'your', 'and', 'payment', 'have', 'account',
            'for', 'password', 'this', 'shipping', 'would', 'refund', 'that', 'export', 'not',
            'delivery', 'error', 'from', 'login', 'page', 'when', 'browser', 'what', 'customer',
            'there', 'subscription', 'thanks', 'cannot', 'upgrade', 'hello', 'team', 'support',
            'received', 'button', 'address', 'tomorrow'])[n]
        ELSE translate(substr(md5('word' || n), 1, 4 + n % 6), '0123456789', 'aeiourstln')
    END AS word
    FROM generate_series(1, 20000) AS n;
ANALYZE words;
CREATE TEMP TABLE sentences AS
    -- Frequencies fall with the rank, as in speech: the die's third power prefers low numbers.
    SELECT s AS n, initcap(left(text, 1)) || substr(text, 2) || '.' AS sentence
    FROM generate_series(0, 49999) AS s, LATERAL (
        SELECT string_agg(w.word, ' ' ORDER BY k) AS text
        FROM generate_series(1, 14) AS k JOIN words w
            ON w.n = 1 + floor(20000 * (pg_temp.die(s || 'w' || k, 1000000) / 1e6::float8) ^ 4)::int
    ) AS made;
CREATE UNIQUE INDEX ON sentences (n);
ANALYZE sentences;

-- step: projects
INSERT INTO organizations (id, name) VALUES ('00000000-0000-7000-a000-000000000001', 'Bench');
INSERT INTO users (email, password_hash)
    SELECT 'agent' || n || '@example.com', 'none' FROM generate_series(1, 40) AS n;
INSERT INTO memberships (organization_id, user_id, level)
    SELECT '00000000-0000-7000-a000-000000000001', id, 'admin' FROM users;
INSERT INTO projects (organization_id, name, api_token, widget_public_token, secret_api_token)
    SELECT '00000000-0000-7000-a000-000000000001', 'Project ' || n, 'phc_' || n, 'w' || n, 'phs_' || n
    FROM plan, generate_series(1, projects) AS n;

-- step: persons
CREATE TEMP TABLE sizes AS
    SELECT n AS project_id, CASE n WHEN 1 THEN tickets / 2
        ELSE (tickets - tickets / 2) / (projects - 1) END AS tickets
    FROM plan, generate_series(1, projects) AS n;
UPDATE sizes SET tickets = tickets + (SELECT p.tickets FROM plan p) - (SELECT sum(s.tickets) FROM sizes s)
    WHERE project_id = (SELECT max(project_id) FROM sizes);
INSERT INTO persons (project_id, id, name, distinct_ids, is_identified, created_at, properties)
    SELECT project_id, md5(project_id || 'person' || n)::uuid, 'Person ' || n, ARRAY['visitor-' || n],
        true, '2026-01-01'::timestamptz + n * interval '1 second',
        json_build_object('email', 'person' || n || '@example.com', 'name', 'Person ' || n,
            'plan', (ARRAY['free', 'team', 'business'])[1 + n % 3], 'seats', n % 200,
            'note', repeat(md5(n::text) || ' ', 27))
    FROM sizes, generate_series(1, greatest(tickets / 2, 1)) AS n;
INSERT INTO person_distinct_ids (project_id, distinct_id, person_id)
    SELECT project_id, distinct_ids[1], id FROM persons;

-- step: tickets
INSERT INTO tickets (
    project_id, id, ticket_number, channel_source, distinct_id, status, priority, assignee_user_id,
    anonymous_traits, created_at, updated_at, message_count, last_message_at, last_message_text,
    unread_team_count, sla_due_at, email_subject, tags
)
SELECT t.project_id, pg_temp.id(created_at, key), t.n,
    (ARRAY['widget', 'widget', 'widget', 'email', 'slack'])[1 + pg_temp.die(key || 'c', 5)],
    'visitor-' || 1 + pg_temp.die(key || 'd', greatest(t.tickets / 2, 1)),
    (ARRAY['new', 'open', 'open', 'pending', 'on_hold', 'resolved', 'resolved', 'resolved', 'resolved',
        'resolved', 'resolved', 'resolved'])[1 + pg_temp.die(key || 's', 12)],
    (ARRAY[NULL, NULL, NULL, 'low', 'medium', 'medium', 'high', 'critical'])[1 + pg_temp.die(key || 'p', 8)],
    nullif(pg_temp.die(key || 'a', 60) % 41 * (pg_temp.die(key || 'a', 60) / 41 = 0)::int, 0),
    jsonb_build_object('name', 'Visitor ' || t.n), created_at, updated_at, plan.messages_per_ticket,
    updated_at, left(s.sentence, 200),
    CASE WHEN pg_temp.die(key || 'u', 10) = 0 THEN 1 + pg_temp.die(key || 'v', 3) ELSE 0 END,
    CASE WHEN pg_temp.die(key || 'l', 10) = 0 THEN updated_at + interval '1 day' END,
    'About ' || left(s.sentence, 40),
    (ARRAY['billing', 'bug', 'how-to', 'vip', 'shipping', 'tag-' || pg_temp.die(key || 't', 200)]
        )[1 + pg_temp.die(key || 'f', 6) : 1 + pg_temp.die(key || 'f', 6) + pg_temp.die(key || 'g', 3) - 1]
FROM plan, sizes s0 JOIN LATERAL (
    SELECT s0.project_id, s0.tickets, n, s0.project_id || ':' || n AS key,
        '2026-01-01'::timestamptz + n * (interval '90 days' / s0.tickets) AS created_at
    FROM generate_series(1, s0.tickets) AS n
) t ON true
CROSS JOIN LATERAL (
    SELECT created_at + interval '10 days' * ((pg_temp.die(key || 'x', 1000000) / 1e6::float8) ^ 3)
        + interval '1 microsecond' * t.n AS updated_at
) changed
JOIN sentences s ON s.n = pg_temp.die(key || 'q', 50000)
ORDER BY created_at;
INSERT INTO project_counters (project_id, last_ticket_number, tickets_new, tickets_open,
    tickets_pending, tickets_on_hold, tickets_resolved, unread)
SELECT project_id, max(ticket_number), count(*) FILTER (WHERE status = 'new'),
    count(*) FILTER (WHERE status = 'open'), count(*) FILTER (WHERE status = 'pending'),
    count(*) FILTER (WHERE status = 'on_hold'), count(*) FILTER (WHERE status = 'resolved'),
    coalesce(sum(unread_team_count) FILTER (WHERE status <> 'resolved'), 0)
FROM tickets GROUP BY project_id;

INSERT INTO unread_tickets SELECT project_id, id FROM tickets WHERE unread_team_count > 0;

-- step: events
-- Of each ticket its creation, and its last change of status if there was one.
INSERT INTO events (project_id, id, type, ticket_id, actor_kind, actor_id, payload, at)
SELECT t.project_id, md5(t.id::text || happened.type)::uuid, happened.type, t.id,
    happened.actor_kind, happened.actor_id, happened.payload, happened.at
FROM tickets t, LATERAL (
    VALUES ('ticket.created', 'person', t.distinct_id, t.created_at, jsonb_build_object(
        'type', 'ticket.created', 'ticket_id', t.id, 'ticket_number', t.ticket_number,
        'channel_source', t.channel_source, 'distinct_id', t.distinct_id, 'status', 'new',
        'priority', t.priority, 'assignee', NULL, 'tags', t.tags,
        'anonymous_traits', t.anonymous_traits, 'ai_resolved', false, 'escalation_reason', NULL,
        'sla_due_at', t.sla_due_at, 'snoozed_until', NULL
    )), ('ticket.status_changed', 'user', '1', t.updated_at, jsonb_build_object(
        'type', 'ticket.status_changed', 'ticket_id', t.id, 'status', t.status, 'previous', 'new'
    ))
) AS happened (type, actor_kind, actor_id, at, payload)
WHERE happened.type = 'ticket.created' OR t.status <> 'new';

-- step: messages
-- In the order in which they were written, so that a ticket's messages lie far apart, as they do.
-- Sorted before the texts are joined: what is sorted stays narrow.
INSERT INTO messages (project_id, id, ticket_id, author_type, content, is_private, created_at)
SELECT project_id, pg_temp.id(at, key), ticket_id,
    CASE k % 2 WHEN 0 THEN 'support' ELSE 'customer' END,
    a.sentence || ' ' || b.sentence || ' ' || c.sentence || ' Reference ' || substr(md5(key), 1, 10),
    k % 6 = 5, at
FROM (
    SELECT project_id, ticket_id, k, ticket_id || ':' || k AS key, at FROM (
        SELECT t.project_id, t.id AS ticket_id, k,
            t.created_at + (t.updated_at - t.created_at) * k / plan.messages_per_ticket AS at
        FROM plan, tickets t, generate_series(1, plan.messages_per_ticket) AS k
        ORDER BY at OFFSET 0
    ) AS written
) m
JOIN sentences a ON a.n = pg_temp.die(key || 'a', 50000)
JOIN sentences b ON b.n = pg_temp.die(key || 'b', 50000)
JOIN sentences c ON c.n = pg_temp.die(key || 'c', 50000);
