-- name: count_waiting
-- scope: global
SELECT count(*) FROM (
    SELECT 1 FROM jobs WHERE name = $1 AND claimed_by IS NULL AND given_up_at IS NULL LIMIT $2
) waiting;
