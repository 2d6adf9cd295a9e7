-- name: add
INSERT INTO jobs (name, payload, due_at)
SELECT new.name, new.payload, now() + new.delay
FROM unnest($1::text[], $2::jsonb[], $3::interval[]) AS new (name, payload, delay);

-- name: schedule
-- An interval that was shortened counts from now, not from the end of the old one.
INSERT INTO jobs (name, repeats_every)
SELECT new.name, new.repeats_every
FROM unnest($1::text[], $2::interval[]) AS new (name, repeats_every)
ON CONFLICT (name) WHERE repeats_every IS NOT NULL DO UPDATE
SET repeats_every = excluded.repeats_every,
    due_at = least(jobs.due_at, now() + excluded.repeats_every)
WHERE jobs.repeats_every <> excluded.repeats_every;

-- name: claim
-- Of each name as many as have a place, the longest due first; what others are claiming is skipped.
WITH due AS (
    SELECT job.id
    FROM unnest($2::text[], $3::integer[]) AS kind (name, free)
    CROSS JOIN LATERAL (
        SELECT id, due_at FROM jobs
        WHERE name = kind.name AND claimed_by IS NULL AND given_up_at IS NULL AND due_at <= now()
        ORDER BY due_at
        LIMIT kind.free
        FOR UPDATE SKIP LOCKED
    ) AS job
    ORDER BY job.due_at
    LIMIT $4
)
UPDATE jobs SET claimed_by = $1, attempts = attempts + 1, due_at = now() + $5::interval
FROM due
WHERE jobs.id = due.id
RETURNING jobs.id, name, payload, attempts;

-- name: beat
UPDATE jobs SET due_at = now() + $3::interval WHERE claimed_by = $1 AND id = ANY($2::bigint[]);

-- name: finish
-- Here and below: a worker that has lost its claim (id, claimed_by, attempts) changes nothing.
WITH finished AS (
    DELETE FROM jobs WHERE id = $1 AND claimed_by = $2 AND attempts = $3 AND repeats_every IS NULL
)
UPDATE jobs
SET claimed_by = NULL, attempts = 0, deaths = 0, error = NULL, due_at = now() + repeats_every
WHERE id = $1 AND claimed_by = $2 AND attempts = $3 AND repeats_every IS NOT NULL;

-- name: retry
UPDATE jobs SET claimed_by = NULL, error = $4, due_at = now() + $5::interval
WHERE id = $1 AND claimed_by = $2 AND attempts = $3;

-- name: give_up
UPDATE jobs SET claimed_by = NULL, error = coalesce($4, error), given_up_at = now()
WHERE id = $1 AND claimed_by = $2 AND attempts = $3;

-- name: give_back
-- A run that was stopped for reasons of the worker's does not count.
UPDATE jobs SET claimed_by = NULL, attempts = attempts - 1, due_at = now()
WHERE id = $1 AND claimed_by = $2 AND attempts = $3;

-- name: reap
-- Jobs that ended together with their worker come back apart, so that the one which ended it
-- does not take the same others along each time.
UPDATE jobs
SET claimed_by = NULL,
    deaths = deaths + 1,
    error = 'Its worker ended or lost the database while it ran.',
    due_at = now() + random() * (deaths + 1) * $1::interval,
    given_up_at = CASE WHEN deaths + 1 >= $2 THEN now() END
WHERE id IN (
    SELECT id FROM jobs WHERE claimed_by IS NOT NULL AND due_at <= now() FOR UPDATE SKIP LOCKED
)
RETURNING id, name, deaths, given_up_at IS NOT NULL AS given_up;

-- name: standing
SELECT
    name,
    count(*) FILTER (WHERE given_up_at IS NULL AND due_at <= now() AND claimed_by IS NULL) AS waiting,
    count(*) FILTER (WHERE claimed_by IS NOT NULL) AS running,
    count(*) FILTER (WHERE given_up_at IS NOT NULL) AS given_up,
    coalesce(extract(epoch FROM now() - min(due_at) FILTER (
        WHERE given_up_at IS NULL AND claimed_by IS NULL AND due_at <= now()
    )), 0)::float8 AS waited
FROM jobs
GROUP BY name
ORDER BY name;

-- name: given_up
SELECT id, name, payload, attempts, deaths, error, given_up_at
FROM jobs WHERE given_up_at IS NOT NULL AND ($1::text IS NULL OR name = $1)
ORDER BY given_up_at DESC, id DESC LIMIT $2;

-- name: requeue
-- From the beginning: neither earlier attempts nor earlier deaths count.
UPDATE jobs SET given_up_at = NULL, attempts = 0, deaths = 0, due_at = now()
WHERE given_up_at IS NOT NULL AND ($1::bigint IS NULL OR id = $1) AND ($2::text IS NULL OR name = $2);

-- name: discard
DELETE FROM jobs WHERE id = $1 AND given_up_at IS NOT NULL;
