-- What is still to be done. A job that succeeds is deleted; one that is given up stays, with its error.
CREATE TABLE jobs (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    name text NOT NULL,
    payload jsonb NOT NULL DEFAULT '{}',
    -- Set for the jobs of the schedule: instead of being deleted they wait for their next time.
    repeats_every interval,
    -- When it may be run; while somebody runs it, until when he has to give a sign of life.
    due_at timestamptz NOT NULL DEFAULT now(),
    claimed_by text,
    -- Counted before the run, so that a run which ends its worker counts, too.
    attempts integer NOT NULL DEFAULT 0,
    deaths integer NOT NULL DEFAULT 0,
    error text,
    given_up_at timestamptz,
    created_at timestamptz NOT NULL DEFAULT now()
) WITH (fillfactor = 70, autovacuum_vacuum_threshold = 500, autovacuum_vacuum_scale_factor = 0);

CREATE INDEX jobs_waiting ON jobs (name, due_at) WHERE claimed_by IS NULL AND given_up_at IS NULL;
CREATE INDEX jobs_claimed ON jobs (due_at) WHERE claimed_by IS NOT NULL;
CREATE INDEX jobs_given_up ON jobs (given_up_at) WHERE given_up_at IS NOT NULL;
CREATE UNIQUE INDEX jobs_schedule ON jobs (name) WHERE repeats_every IS NOT NULL;
