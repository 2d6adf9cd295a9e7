-- name: _view
t.id, t.ticket_number, t.channel_source, t.channel_detail, t.distinct_id, t.status, t.priority,
t.assignee_user_id, u.email AS assignee_user_email,
t.assignee_role_id, r.name AS assignee_role_name,
t.anonymous_traits, t.identity_verified, t.ai_resolved, t.escalation_reason, t.ai_triage,
t.created_at, t.updated_at, t.message_count, t.last_message_at, t.last_message_text,
t.unread_team_count, t.unread_customer_count, t.session_id, t.session_context,
t.sla_due_at, t.snoozed_until, t.email_subject, t.email_from, t.email_to, t.cc_participants, t.tags,
p.id AS person_id, p.name AS person_name, p.distinct_ids AS person_distinct_ids,
p.properties AS person_properties, p.created_at AS person_created_at,
p.is_identified AS person_is_identified, t.merged_into

-- name: _attached
-- The person is found by distinct id; only a ticket from e-mail may fall back on the address.
LEFT JOIN users u ON u.id = t.assignee_user_id
LEFT JOIN roles r ON r.id = t.assignee_role_id
LEFT JOIN person_distinct_ids d ON d.project_id = $1 AND d.distinct_id = t.distinct_id
LEFT JOIN LATERAL (
    SELECT e.id FROM persons e
    WHERE e.project_id = $1 AND e.email = lower(t.email_from)
        AND d.person_id IS NULL AND t.channel_source = 'email'
    ORDER BY e.created_at, e.id LIMIT 1
) e ON true
LEFT JOIN persons p ON p.project_id = $1 AND p.id = coalesce(d.person_id, e.id)

-- name: _ticket
t.id, t.ticket_number, t.channel_source, t.status, t.priority, t.assignee_user_id,
t.assignee_role_id, t.anonymous_traits, t.ai_resolved, t.escalation_reason, t.updated_at, t.unread_team_count,
t.sla_due_at, t.snoozed_until, t.tags, t.deleted_at, t.distinct_id, t.widget_session_id,
t.identity_verified, t.email_from, t.unread_customer_count, t.merged_into, t.status_before_merge

-- name: _touched
updated_at = greatest(clock_timestamp(), updated_at + interval '1 us')

-- name: page
-- Limit first, join after: persons are looked up for the page alone.
WITH page AS MATERIALIZED (
    SELECT * FROM tickets t
    WHERE t.project_id = $1 AND t.deleted_at IS NULL /*where*/
    ORDER BY /*order*/ LIMIT $2 OFFSET $3
)
SELECT /*:_view*/ FROM page t /*:_attached*/ ORDER BY /*order*/;

-- name: _versioned
SELECT t.id, t.xmin AS version, t.ticket_number, t.channel_source, t.distinct_id, t.email_from,
    t.assignee_user_id, t.assignee_role_id, t.updated_at, t.created_at, t.sla_due_at, t.snoozed_until
FROM tickets t

-- name: _version
t.id, t.version, u.email AS assignee_user_email, r.name AS assignee_role_name,
p.id AS person_id, p.xmin AS person_version

-- name: page_versions
-- The same page, but only what tells whether its rows are as they were.
WITH page AS MATERIALIZED (
    /*:_versioned*/
    WHERE t.project_id = $1 AND t.deleted_at IS NULL /*where*/
    ORDER BY /*order*/ LIMIT $2 OFFSET $3
)
SELECT /*:_version*/ FROM page t /*:_attached*/ ORDER BY /*order*/;

-- name: walked_versions
-- The same, planned once: of a limit that is an argument the planner takes a tenth of the table, and
-- finds that too dear to keep the plan.
WITH page AS MATERIALIZED (
    SELECT * FROM (
        /*:_versioned*/
        WHERE t.project_id = $1 AND t.deleted_at IS NULL /*where*/
        ORDER BY /*order*/ LIMIT ALL /*most*/
    ) t
    ORDER BY /*order*/ LIMIT $2 OFFSET $3
)
SELECT /*:_version*/ FROM page t /*:_attached*/ ORDER BY /*order*/;

-- name: versions_of
WITH page AS MATERIALIZED (
    /*:_versioned*/
    WHERE t.project_id = $1 AND t.deleted_at IS NULL AND t.id = ANY($2::uuid[])
)
SELECT /*:_version*/ FROM page t /*:_attached*/ ORDER BY /*order*/;

-- name: counted_page
-- The ids of a page, and a count that stops at $2, in one walk: for filters that need a look at the
-- tickets themselves, which would otherwise be looked at for the count again.
WITH first AS MATERIALIZED (
    SELECT t.id, t.ticket_number, t.updated_at, t.created_at, t.sla_due_at, t.snoozed_until
    FROM tickets t
    WHERE t.project_id = $1 AND t.deleted_at IS NULL /*where*/
    ORDER BY /*order*/ LIMIT $2
)
SELECT (SELECT count(*) FROM first) AS count,
    ARRAY(SELECT t.id FROM first t ORDER BY /*order*/ LIMIT $3 OFFSET $4) AS ids;

-- name: rows_of
SELECT /*:_view*/, t.xmin AS version, p.xmin AS person_version
FROM tickets t /*:_attached*/
WHERE t.project_id = $1 AND t.id = ANY($2::uuid[]);

-- name: deep_page
-- Far from the start only numbers are walked, out of the index; rows are read for the page alone.
WITH page AS MATERIALIZED (
    SELECT t.ticket_number AS number FROM tickets t
    WHERE t.project_id = $1 AND t.deleted_at IS NULL /*where*/
    ORDER BY /*order*/ LIMIT $2 OFFSET $3
)
SELECT /*:_view*/
FROM page JOIN tickets t ON t.project_id = $1 AND t.ticket_number = page.number /*:_attached*/
ORDER BY /*order*/;

-- name: page_of
SELECT /*:_view*/ FROM tickets t /*:_attached*/
WHERE t.project_id = $1 AND t.deleted_at IS NULL AND t.ticket_number = ANY($2::bigint[])
ORDER BY /*order*/;

-- name: _text
-- As it is indexed.
(coalesce(t.anonymous_traits ->> 'name', '') || E'\n' || coalesce(t.anonymous_traits ->> 'email', '')
    || E'\n' || coalesce(t.email_subject, ''))

-- name: _contains
-- Lower case on both sides is what ILIKE compares, but no index serves it: another way in must not
-- be chosen.
(
    lower(t.text) LIKE lower($2) OR EXISTS (
        SELECT FROM messages m
        WHERE m.project_id = $1 AND m.ticket_id = t.id AND m.deleted_at IS NULL
            AND lower(m.content) LIKE lower($2)
        OFFSET 0
    )
)

-- name: matching_in_first
-- Looks into the list's first $3 tickets one by one, until $4 contain the text; where the list has no
-- more than that, into all. Where it has, and none of the first $5 contains the text, into no others.
WITH first AS MATERIALIZED (
    SELECT t.ticket_number, t.id, t.updated_at, t.created_at, t.sla_due_at, t.snoozed_until,
        /*:_text*/ AS text
    FROM tickets t
    WHERE t.project_id = $1 AND t.deleted_at IS NULL /*where*/
    ORDER BY /*order*/ LIMIT $3
)
SELECT (SELECT count(*) FROM first) AS seen, ARRAY(
    SELECT t.ticket_number FROM first t
    WHERE /*:_contains*/ AND (
        (SELECT count(*) FROM first) < $3 OR EXISTS (
            SELECT FROM (SELECT t.* FROM first t ORDER BY /*order*/ LIMIT $5) AS t
            WHERE /*:_contains*/
        )
    )
    ORDER BY /*order*/ LIMIT CASE WHEN (SELECT count(*) FROM first) = $3 THEN $4::bigint END
) AS numbers;

-- name: matching_by_index
-- At most $3 candidates of either kind, and the tickets $4 that are known to match; then the filter.
WITH said AS MATERIALIZED (
    SELECT m.ticket_id AS id FROM messages m
    WHERE m.project_id = $1 AND m.deleted_at IS NULL AND m.content ILIKE $2
), called AS MATERIALIZED (
    SELECT t.id FROM tickets t
    WHERE t.project_id = $1 AND t.deleted_at IS NULL AND /*:_text*/ ILIKE $2
), saying AS MATERIALIZED (SELECT id FROM said LIMIT $3
), being AS MATERIALIZED (SELECT id FROM called LIMIT $3
), candidates AS MATERIALIZED (
    SELECT id FROM saying UNION SELECT id FROM being UNION
    SELECT k.id FROM tickets k WHERE k.project_id = $1 AND k.ticket_number = ANY($4::bigint[])
)
SELECT (SELECT greatest((SELECT count(*) FROM saying), (SELECT count(*) FROM being))) AS seen, ARRAY(
    SELECT t.ticket_number FROM candidates c CROSS JOIN LATERAL (
        SELECT t.* FROM tickets t
        WHERE t.project_id = $1 AND t.id = c.id AND t.deleted_at IS NULL /*where*/ OFFSET 0
    ) t
    ORDER BY /*order*/
) AS numbers;

-- name: count_by_status
-- From the project's counters: the same cost at any size.
SELECT coalesce(sum(n), 0)::bigint FROM project_counters c, unnest(
    ARRAY['new', 'open', 'pending', 'on_hold', 'resolved'],
    ARRAY[c.tickets_new, c.tickets_open, c.tickets_pending, c.tickets_on_hold, c.tickets_resolved]
) AS kept (status, n)
WHERE c.project_id = $1 AND kept.status = ANY($2::text[]);

-- name: view_by_id
SELECT /*:_view*/ FROM tickets t /*:_attached*/
WHERE t.project_id = $1 AND t.id = $2 AND t.deleted_at IS NULL;

-- name: view_by_number
SELECT /*:_view*/ FROM tickets t /*:_attached*/
WHERE t.project_id = $1 AND t.ticket_number = $2 AND t.deleted_at IS NULL;

-- name: lock_by_id
SELECT /*:_ticket*/ FROM tickets t WHERE t.project_id = $1 AND t.id = $2 FOR UPDATE;

-- name: lock_by_number
SELECT /*:_ticket*/ FROM tickets t WHERE t.project_id = $1 AND t.ticket_number = $2 FOR UPDATE;

-- name: lock_by_ids
SELECT /*:_ticket*/ FROM tickets t
WHERE t.project_id = $1 AND t.id = ANY($2::uuid[]) ORDER BY t.id FOR UPDATE;

-- name: add_ticket
-- Number, ticket and counters in one statement: the counters' row is locked from here on, and
-- whatever else the transaction does, every other creation waits for. A refused ticket uses no number.
WITH numbered AS (
    UPDATE project_counters c SET
        last_ticket_number = last_ticket_number + 1,
        tickets_new = tickets_new + ($5 = 'new')::int,
        tickets_open = tickets_open + ($5 = 'open')::int,
        tickets_pending = tickets_pending + ($5 = 'pending')::int,
        tickets_on_hold = tickets_on_hold + ($5 = 'on_hold')::int,
        tickets_resolved = tickets_resolved + ($5 = 'resolved')::int,
        unread = unread + ($22::text IS NOT NULL AND $5 <> 'resolved')::int
    WHERE c.project_id = $1
    RETURNING last_ticket_number
), t AS (
    INSERT INTO tickets (
        project_id, id, ticket_number, channel_source, channel_detail, status, priority,
        distinct_id, assignee_user_id, assignee_role_id, anonymous_traits, ai_resolved,
        escalation_reason, sla_due_at, snoozed_until, tags, email_subject, email_from,
        widget_session_id, session_id, session_context, identity_verified, created_at, updated_at,
        message_count, unread_team_count, last_message_at, last_message_text
    )
    SELECT $1, $2, last_ticket_number, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15,
        $16, $17, $18, $19, $20, $21, clock.now,
        coalesce(clock.first, clock.now),
        ($22 IS NOT NULL)::int, ($22 IS NOT NULL)::int,
        clock.first, left($22, 500)
    FROM numbered, (SELECT clock_timestamp() AS now) AS stamp, LATERAL (
        SELECT stamp.now, CASE WHEN $22 IS NOT NULL THEN stamp.now + interval '1 us' END AS first
    ) AS clock
    RETURNING *
)
SELECT /*:_view*/ FROM t /*:_attached*/;

-- name: set_status
UPDATE tickets SET status = $3, /*:_touched*/
WHERE project_id = $1 AND id = $2 RETURNING updated_at;

-- name: set_priority
UPDATE tickets SET priority = $3, /*:_touched*/
WHERE project_id = $1 AND id = $2 RETURNING updated_at;

-- name: set_assignee
UPDATE tickets SET assignee_user_id = $3, assignee_role_id = $4, /*:_touched*/
WHERE project_id = $1 AND id = $2 RETURNING updated_at;

-- name: set_traits
-- Only here is it known what is equal once stored: 1 and 1.0 are, 1 and true are not.
UPDATE tickets SET anonymous_traits = $3, /*:_touched*/
WHERE project_id = $1 AND id = $2 AND anonymous_traits <> $3 RETURNING updated_at;

-- name: set_ai_resolved
UPDATE tickets SET ai_resolved = $3, /*:_touched*/
WHERE project_id = $1 AND id = $2 RETURNING updated_at;

-- name: set_escalation_reason
UPDATE tickets SET escalation_reason = $3, /*:_touched*/
WHERE project_id = $1 AND id = $2 RETURNING updated_at;

-- name: set_sla_due_at
UPDATE tickets SET sla_due_at = $3, /*:_touched*/
WHERE project_id = $1 AND id = $2 RETURNING updated_at;

-- name: set_snoozed_until
UPDATE tickets SET snoozed_until = $3, /*:_touched*/
WHERE project_id = $1 AND id = $2 RETURNING updated_at;

-- name: set_tags
UPDATE tickets SET tags = $3, /*:_touched*/
WHERE project_id = $1 AND id = $2 RETURNING updated_at;

-- name: count_message
-- The ticket's time is the message's, which was stamped under the same lock.
UPDATE tickets SET message_count = message_count + 1, last_message_at = $3, last_message_text = $4,
    unread_team_count = unread_team_count + $5::boolean::int,
    unread_customer_count = unread_customer_count + (NOT $5)::int,
    updated_at = greatest($3, updated_at)
WHERE project_id = $1 AND id = $2;

-- name: uncount_message
UPDATE tickets SET message_count = greatest(message_count - 1, 0),
    unread_customer_count = greatest(unread_customer_count - (NOT $3::boolean)::int, 0)
WHERE project_id = $1 AND id = $2;

-- name: set_last_message
UPDATE tickets SET last_message_at = $3, last_message_text = $4
WHERE project_id = $1 AND id = $2;

-- name: mark_read_by_team
-- Under the row's lock, so that a message that arrives meanwhile stays unread; updated_at stands still.
WITH unread AS (
    SELECT id, unread_team_count AS unread, status, updated_at FROM tickets
    WHERE project_id = $1 AND id = $2 AND deleted_at IS NULL AND unread_team_count > 0
    FOR UPDATE
), marked AS (
    UPDATE tickets SET unread_team_count = 0 FROM unread
    WHERE tickets.project_id = $1 AND tickets.id = unread.id
), counted AS (
    UPDATE project_counters SET unread = project_counters.unread - unread.unread FROM unread
    WHERE project_counters.project_id = $1 AND unread.status <> 'resolved'
)
SELECT unread, updated_at FROM unread;

-- name: mark_unread
-- The ticket's row is locked; updated_at stands still.
UPDATE tickets SET unread_team_count = 1 WHERE project_id = $1 AND id = $2;

-- name: mark_read_by_customer
-- The ticket's row is locked; updated_at stands still.
UPDATE tickets SET unread_customer_count = 0 WHERE project_id = $1 AND id = $2;

-- name: set_customer
-- Key by key in one statement. A null never wipes out what is known, and no ticket grows for ever.
UPDATE tickets SET
    anonymous_traits = CASE WHEN pg_column_size(anonymous_traits) > 65536 THEN anonymous_traits
        ELSE $3::jsonb || anonymous_traits || jsonb_strip_nulls($3) END,
    session_context = CASE WHEN pg_column_size(session_context) > 65536 THEN session_context
        ELSE session_context || $4::jsonb END,
    session_id = coalesce($5, session_id), distinct_id = $6, identity_verified = $7,
    widget_session_id = $8
WHERE project_id = $1 AND id = $2 RETURNING anonymous_traits;

-- name: set_widget_session
UPDATE tickets SET widget_session_id = $3 WHERE project_id = $1 AND id = $2;

-- name: delete_ticket
UPDATE tickets SET deleted_at = clock_timestamp(), deleted_by = $3
WHERE project_id = $1 AND id = $2 RETURNING deleted_at;

-- name: restore_ticket
UPDATE tickets SET deleted_at = NULL, deleted_by = NULL, /*:_touched*/
WHERE project_id = $1 AND id = $2 RETURNING updated_at;

-- name: adjust_counters
UPDATE project_counters SET
    tickets_new = tickets_new + $2, tickets_open = tickets_open + $3,
    tickets_pending = tickets_pending + $4, tickets_on_hold = tickets_on_hold + $5,
    tickets_resolved = tickets_resolved + $6, unread = unread + $7
WHERE project_id = $1;

-- name: unread_count
-- A project whose conversations are switched off has nothing to read.
SELECT CASE WHEN p.conversations_enabled THEN c.unread ELSE 0 END
FROM project_counters c JOIN projects p ON p.id = c.project_id
WHERE c.project_id = $1;

-- name: ids_of_role
-- Deleted ones, too: they may come back.
SELECT project_id, id FROM tickets WHERE project_id = $1 AND assignee_role_id = $2 LIMIT $3;

-- name: due_to_wake
-- scope: global
SELECT project_id, id FROM tickets
WHERE snoozed_until <= now() AND deleted_at IS NULL ORDER BY snoozed_until LIMIT $1;

-- name: is_past
-- scope: global
SELECT $1::timestamptz <= now();

-- name: due_to_purge
-- scope: global
SELECT project_id, id FROM tickets WHERE deleted_at <= now() - $1::interval ORDER BY deleted_at LIMIT $2;

-- name: purge_ticket
-- Its messages go with it, and what the log says of it. A restore in between wins.
WITH gone AS (
    DELETE FROM tickets WHERE project_id = $1 AND id = $2 AND deleted_at <= now() - $3::interval
    RETURNING ticket_number
), forgotten AS (
    DELETE FROM events USING gone WHERE events.project_id = $1 AND events.ticket_id = $2
)
SELECT ticket_number FROM gone;

-- name: drifts
-- scope: global
-- Counters change in the transaction of the ticket, so one snapshot must find them equal.
SELECT c.project_id, n.counted, k.kept
FROM project_counters c
CROSS JOIN LATERAL (
    SELECT ARRAY[c.tickets_new, c.tickets_open, c.tickets_pending, c.tickets_on_hold,
        c.tickets_resolved, c.unread] AS kept
) k
CROSS JOIN LATERAL (
    SELECT ARRAY[
        count(*) FILTER (WHERE t.status = 'new'), count(*) FILTER (WHERE t.status = 'open'),
        count(*) FILTER (WHERE t.status = 'pending'), count(*) FILTER (WHERE t.status = 'on_hold'),
        count(*) FILTER (WHERE t.status = 'resolved'),
        coalesce(sum(t.unread_team_count) FILTER (WHERE t.status <> 'resolved'), 0)
    ] AS counted
    FROM tickets t WHERE t.project_id = c.project_id AND t.deleted_at IS NULL
) n
WHERE k.kept <> n.counted AND ($1::bigint IS NULL OR c.project_id = $1);

-- name: lock_counters
SELECT true FROM project_counters WHERE project_id = $1 FOR UPDATE;
