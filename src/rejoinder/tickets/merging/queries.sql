-- name: link
UPDATE tickets SET merged_into = $3, status_before_merge = $4,
    updated_at = greatest(clock_timestamp(), updated_at + interval '1 us')
WHERE project_id = $1 AND id = $2 RETURNING updated_at;

-- name: merged_ids
-- Deleted ones, too: restored, they are merged again.
SELECT id FROM tickets WHERE project_id = $1 AND merged_into = $2 ORDER BY id;

-- name: absorbed
SELECT id, ticket_number, status, last_message_text FROM tickets
WHERE project_id = $1 AND merged_into = $2 AND deleted_at IS NULL ORDER BY ticket_number;
