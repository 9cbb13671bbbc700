-- Rank 1: no two at one time, no day without one (domain.md 2.4, rule 1). A range over uuid needs no extension.
CREATE TYPE uuid_range AS RANGE (subtype = uuid);

ALTER TABLE helper_link ADD CONSTRAINT helper_link_one_first EXCLUDE USING gist (
    uuid_range(pairing_id, pairing_id, '[]') WITH &&,
    daterange(starts_on, ends_on, '[]') WITH &&
) WHERE (rank = 1);

CREATE FUNCTION check_first_link() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
DECLARE
    concerned uuid;
    broken boolean;
BEGIN
    IF TG_TABLE_NAME = 'helper_link' AND (to_jsonb(NEW) ->> 'rank') IS DISTINCT FROM '1'
       AND (to_jsonb(OLD) ->> 'rank') IS DISTINCT FROM '1' THEN
        RETURN NULL;
    END IF;
    concerned := CASE WHEN TG_TABLE_NAME = 'pairing' THEN (to_jsonb(NEW) ->> 'id')::uuid
                      WHEN TG_OP = 'DELETE' THEN (to_jsonb(OLD) ->> 'pairing_id')::uuid
                      ELSE (to_jsonb(NEW) ->> 'pairing_id')::uuid END;
    PERFORM 1 FROM pairing WHERE id = concerned FOR UPDATE;
    IF NOT FOUND THEN
        RETURN NULL;
    END IF;
    SELECT count(*) = 0 OR bool_or(following IS NULL AND ends_on IS NOT NULL)
           OR bool_or(following IS NOT NULL AND (ends_on IS NULL OR following <> ends_on + 1))
      INTO broken
      FROM (SELECT ends_on, lead(starts_on) OVER (ORDER BY starts_on) AS following
              FROM helper_link WHERE pairing_id = concerned AND rank = 1) AS firsts;
    IF broken THEN
        RAISE EXCEPTION 'pairing % has a day without a first helper', concerned
            USING ERRCODE = '23514', CONSTRAINT = 'helper_link_no_gap';
    END IF;
    RETURN NULL;
END;
$$;

CREATE CONSTRAINT TRIGGER pairing_has_first AFTER INSERT ON pairing
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION check_first_link();

CREATE CONSTRAINT TRIGGER helper_link_no_gap AFTER INSERT OR UPDATE OR DELETE ON helper_link
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION check_first_link();
