-- What went into a run and came out of it never changes; a correction is a new run (domain.md 4.4, 9 and 10).
CREATE FUNCTION refuse_quota_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '% of % is refused: a run never changes, a correction is a new run', TG_OP, TG_TABLE_NAME
        USING ERRCODE = '23514', CONSTRAINT = TG_TABLE_NAME || '_unchanged', TABLE = TG_TABLE_NAME;
END;
$$;

CREATE TRIGGER quota_line_unchanged BEFORE UPDATE OR DELETE OR TRUNCATE ON quota_line
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_quota_change();
CREATE TRIGGER quota_run_stays BEFORE DELETE ON quota_run
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_quota_change();
CREATE TRIGGER quota_transfer_stays BEFORE DELETE ON quota_transfer
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_quota_change();
CREATE TRIGGER quota_settlement_stays BEFORE DELETE ON quota_settlement
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_quota_change();

-- All lines of a run come in one statement, so that none can be added later.
CREATE FUNCTION check_quota_lines() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    IF EXISTS (
        SELECT 1 FROM (SELECT DISTINCT run_id FROM added_line) AS fresh
          JOIN quota_run r ON r.id = fresh.run_id
         WHERE r.stage <> 'computed' OR r.places <> (SELECT count(*) FROM quota_line l WHERE l.run_id = r.id)
    ) THEN
        RAISE EXCEPTION 'the lines of a run come all at once'
            USING ERRCODE = '23514', CONSTRAINT = 'quota_line_unchanged', TABLE = 'quota_line';
    END IF;
    RETURN NULL;
END;
$$;

CREATE TRIGGER quota_line_at_once AFTER INSERT ON quota_line
    REFERENCING NEW TABLE AS added_line FOR EACH STATEMENT EXECUTE FUNCTION check_quota_lines();

-- Of a run only its stage moves on, of a transfer only the decision; both once.
CREATE FUNCTION check_quota_run() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    movable text[] := ARRAY['stage', 'version', 'published_by', 'published_at'];
BEGIN
    IF to_jsonb(NEW) - movable <> to_jsonb(OLD) - movable
       OR (OLD.stage, NEW.stage) NOT IN (
           ('computed', 'published'), ('computed', 'discarded'), ('published', 'replaced'), ('computed', 'computed'))
       OR (OLD.published_by IS NOT NULL AND NEW.published_by IS DISTINCT FROM OLD.published_by)
       OR (OLD.published_at IS NOT NULL AND NEW.published_at IS DISTINCT FROM OLD.published_at)
    THEN
        RAISE EXCEPTION 'a run never changes, a correction is a new run'
            USING ERRCODE = '23514', CONSTRAINT = 'quota_run_unchanged', TABLE = 'quota_run';
    END IF;
    RETURN NEW;
END;
$$;

CREATE TRIGGER quota_run_unchanged BEFORE UPDATE ON quota_run
    FOR EACH ROW EXECUTE FUNCTION check_quota_run();

-- A place gives what is there and takes what it can hold, also when two are moved at one time.
CREATE FUNCTION check_quota_transfer() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
DECLARE
    movable text[] := ARRAY['stage', 'version', 'decided_by', 'decided_at'];
BEGIN
    IF TG_OP = 'UPDATE' AND (to_jsonb(NEW) - movable <> to_jsonb(OLD) - movable OR OLD.stage <> 'asked') THEN
        RAISE EXCEPTION 'a transfer never changes once it is decided'
            USING ERRCODE = '23514', CONSTRAINT = 'quota_transfer_unchanged', TABLE = 'quota_transfer';
    END IF;
    IF NEW.stage <> 'agreed' THEN
        RETURN NEW;
    END IF;
    PERFORM 1 FROM quota_run WHERE id = NEW.run_id FOR NO KEY UPDATE;
    IF (SELECT count(*) FROM quota_line l
          JOIN quota_run r ON r.id = l.run_id
          CROSS JOIN LATERAL (
              SELECT l.quota + CASE WHEN l.region_code = NEW.to_code THEN NEW.persons ELSE -NEW.persons END
                     + coalesce(sum(CASE WHEN t.to_code = l.region_code THEN t.persons ELSE -t.persons END), 0) AS now
                FROM quota_transfer t
               WHERE t.run_id = l.run_id AND t.stage = 'agreed' AND t.id <> NEW.id
                 AND l.region_code IN (t.from_code, t.to_code)
          ) AS quota
         WHERE l.run_id = NEW.run_id AND l.region_code IN (NEW.from_code, NEW.to_code)
           AND quota.now >= 0 AND (r.level = 'provinces' OR quota.now <= l.population)
           AND r.stage = 'published') <> 2
    THEN
        RAISE EXCEPTION 'a place gives what it has and takes what it can hold'
            USING ERRCODE = '23514', CONSTRAINT = 'quota_transfer_within_bounds', TABLE = 'quota_transfer';
    END IF;
    RETURN NEW;
END;
$$;

CREATE TRIGGER quota_transfer_within_bounds BEFORE INSERT OR UPDATE ON quota_transfer
    FOR EACH ROW EXECUTE FUNCTION check_quota_transfer();
