-- name: reserve
-- Does nothing when its uploader has too many already that stand in no message. What has not
-- arrived in ten minutes never will: where the disk was full, it could not even be removed.
INSERT INTO attachments (project_id, id, uploader, object_key, name)
SELECT $1, $2, $3, $4, $5
WHERE $6 > (
    SELECT count(*) FROM attachments
    WHERE project_id = $1 AND uploader = $3 AND message_id IS NULL
        AND (size IS NOT NULL OR created_at > now() - interval '10 minutes')
);

-- name: complete
UPDATE attachments SET size = $3, sha256 = $4, content_type = $5
WHERE project_id = $1 AND id = $2
RETURNING id, name, content_type, size;

-- name: discard
DELETE FROM attachments WHERE project_id = $1 AND id = $2;

-- name: put_into_message
-- Those that are free, or already there.
UPDATE attachments SET message_id = $3
WHERE project_id = $1 AND id = ANY($4::uuid[]) AND size IS NOT NULL
    AND (message_id = $3 OR message_id IS NULL AND uploader = $2)
RETURNING id;

-- name: of_message
SELECT id, name, content_type, size FROM attachments
WHERE project_id = $1 AND message_id = $2 ORDER BY id;

-- name: count_in_messages
SELECT count(*) FROM attachments
WHERE project_id = $1 AND id = ANY($2::uuid[]) AND message_id IS NOT NULL;

-- name: remove_of_message
DELETE FROM attachments WHERE project_id = $1 AND message_id = $2;

-- name: readable
-- Not, when its message or ticket is out of sight.
SELECT a.id, a.name, a.content_type, a.size, a.object_key
FROM attachments a
LEFT JOIN messages m ON m.project_id = $1 AND m.id = a.message_id
LEFT JOIN tickets t ON t.project_id = $1 AND t.id = m.ticket_id
WHERE a.project_id = $1 AND a.id = $2 AND a.size IS NOT NULL
    AND m.deleted_at IS NULL AND t.deleted_at IS NULL;

-- name: remove_unused
-- scope: global
-- Asks twice, because one may be put into a message while we wait for its lock.
DELETE FROM attachments WHERE message_id IS NULL AND (project_id, id) IN (
    SELECT project_id, id FROM attachments
    WHERE message_id IS NULL AND created_at < now() - $1::interval LIMIT $2
);

-- name: garbage
-- Not while a backup reads the files that its moment knows: it holds the lock that is looked for.
-- scope: global
SELECT object_key FROM attachment_garbage
WHERE NOT EXISTS (
    SELECT FROM pg_locks
    WHERE locktype = 'advisory' AND classid = 730260412 AND objid = 1 AND objsubid = 2
        AND database = (SELECT oid FROM pg_database WHERE datname = current_database())
)
ORDER BY created_at LIMIT $1;

-- name: forget_garbage
-- scope: global
DELETE FROM attachment_garbage WHERE object_key = ANY($1::text[]);
