-- name: _person
p.id, p.name, p.distinct_ids, p.properties, p.created_at, p.is_identified

-- name: person
SELECT /*:_person*/ FROM persons p WHERE p.project_id = $1 AND p.id = $2;

-- name: locked_person
SELECT /*:_person*/ FROM persons p WHERE p.project_id = $1 AND p.id = $2 FOR UPDATE;

-- name: person_by_distinct_id
SELECT /*:_person*/ FROM person_distinct_ids d
JOIN persons p ON p.project_id = d.project_id AND p.id = d.person_id
WHERE d.project_id = $1 AND d.distinct_id = $2;

-- name: page
SELECT /*:_person*/ FROM persons p
WHERE p.project_id = $1 /*where*/
ORDER BY p.created_at DESC, p.id DESC LIMIT $2 OFFSET $3;

-- name: search_newest
-- Among the newest persons, which are looked into one by one.
SELECT /*:_person*/ FROM (
    SELECT * FROM persons WHERE project_id = $1 ORDER BY created_at DESC, id DESC LIMIT $4
) AS p
WHERE p.search_text ILIKE $2
    OR EXISTS (SELECT 1 FROM unnest(p.distinct_ids) AS known WHERE starts_with(known, $3))
ORDER BY p.created_at DESC, p.id DESC LIMIT $5 OFFSET $6;

-- name: search_all
-- Among everybody, by the indexes, of which $5 candidates are taken; without $6, a text that the
-- index cannot look up, only the newest $4 are looked into for it.
WITH found AS (
    (
        SELECT id FROM (
            SELECT id, search_text FROM persons
            WHERE project_id = $1 ORDER BY created_at DESC, id DESC LIMIT $4
        ) AS newest WHERE search_text ILIKE $2
    )
    UNION
    (SELECT id FROM persons WHERE $6 AND project_id = $1 AND search_text ILIKE $2 LIMIT $5)
    UNION
    (
        SELECT person_id FROM person_distinct_ids
        WHERE project_id = $1 AND distinct_id ~>=~ $3 AND distinct_id ~<=~ ($3 || chr(1114111))
        LIMIT $5
    )
)
SELECT /*:_person*/ FROM found JOIN persons p ON p.project_id = $1 AND p.id = found.id
ORDER BY p.created_at DESC, p.id DESC LIMIT $7 OFFSET $8;

-- name: lock_distinct_ids
-- Whoever links or creates by these ids waits here, in one order for all.
SELECT pg_advisory_xact_lock(hashtextextended($1::text || ':' || wanted, 0))
FROM unnest($2::text[]) AS wanted ORDER BY wanted;

-- name: add_person
INSERT INTO persons AS p (project_id, id, properties, name, distinct_ids, is_identified)
VALUES ($1, $2, $3, $4, $5, $6)
RETURNING /*:_person*/;

-- name: add_distinct_ids
INSERT INTO person_distinct_ids (project_id, distinct_id, person_id)
SELECT $1, wanted, $2 FROM unnest($3::text[]) AS wanted;

-- name: move_distinct_ids
UPDATE person_distinct_ids SET person_id = $3 WHERE project_id = $1 AND person_id = $2;

-- name: change_person
UPDATE persons AS p SET properties = $3, name = $4, distinct_ids = $5, is_identified = $6
WHERE p.project_id = $1 AND p.id = $2
RETURNING /*:_person*/;

-- name: remove_person
DELETE FROM persons WHERE project_id = $1 AND id = $2;

-- name: claim_distinct_ids
UPDATE person_distinct_ids SET is_claimed = true WHERE project_id = $1 AND distinct_id = ANY($2::text[]);

-- name: set_email_claimed
UPDATE persons SET email_is_claimed = $3
WHERE project_id = $1 AND id = $2 AND email_is_claimed IS DISTINCT FROM $3;

-- name: has_vouched_email
SELECT email IS NOT NULL AND NOT email_is_claimed FROM persons WHERE project_id = $1 AND id = $2;

-- name: inherit_email_claim
-- Of two persons who become one, the address of the other counts where the one has none.
UPDATE persons p SET email_is_claimed = o.email_is_claimed FROM persons o
WHERE p.project_id = $1 AND p.id = $2 AND p.email IS NULL
    AND o.project_id = $1 AND o.id = $3 AND o.email IS NOT NULL;
