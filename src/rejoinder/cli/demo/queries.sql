-- name: first_project
SELECT min(id) FROM projects;

-- name: members
SELECT coalesce(array_agg(m.user_id ORDER BY m.user_id), '{}')
FROM memberships m JOIN users u ON u.id = m.user_id AND u.is_active
WHERE m.organization_id = $1 AND m.level <> 'viewer';

-- name: roles
SELECT coalesce(array_agg(id ORDER BY id), '{}') FROM roles WHERE organization_id = $1;

-- name: take_numbers
-- The last number before those taken; others who create tickets wait until this commits.
UPDATE project_counters SET last_ticket_number = last_ticket_number + $2
WHERE project_id = $1 RETURNING last_ticket_number - $2;

-- name: is_empty
-- scope: global
SELECT NOT EXISTS (SELECT FROM tickets) AND NOT EXISTS (SELECT FROM messages)
    AND NOT EXISTS (SELECT FROM persons);

-- name: lock_tables
-- scope: global
LOCK TABLE persons, person_distinct_ids, tickets, messages IN ACCESS EXCLUSIVE MODE;

-- name: announce
SELECT pg_notify('rejoinder', $1);
