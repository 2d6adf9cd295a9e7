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

-- name: secondary_indexes
-- Those that back no constraint.
SELECT i.indexrelid::regclass::text AS name, pg_get_indexdef(i.indexrelid) AS definition
FROM pg_index i
WHERE i.indrelid = ANY($1::text[]::regclass[]) AND NOT i.indisunique
    AND NOT EXISTS (SELECT FROM pg_constraint c WHERE c.conindid = i.indexrelid)
ORDER BY i.indexrelid;

-- name: foreign_keys
SELECT c.conrelid::regclass::text AS table, quote_ident(c.conname) AS name,
    pg_get_constraintdef(c.oid) AS definition
FROM pg_constraint c WHERE c.contype = 'f' AND c.conrelid = ANY($1::text[]::regclass[])
ORDER BY c.oid;

-- name: announce
SELECT pg_notify('rejoinder', $1);
