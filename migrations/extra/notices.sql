-- No line of a notice passes before its time by the database's clock, and no end ever moves forward (domain.md 3.3).
CREATE FUNCTION notice_entry_keeps_its_time() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.outcome = 'passed' AND (NEW.earliest_close IS NULL OR records.clock() < NEW.earliest_close)
       AND (TG_OP = 'INSERT' OR OLD.outcome IS DISTINCT FROM NEW.outcome) THEN
        RAISE EXCEPTION 'a line of a notice passes after its time only'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'notice_entry_not_passed_early';
    END IF;
    IF TG_OP = 'UPDATE' AND OLD.earliest_close IS NOT NULL
       AND (NEW.earliest_close IS NULL OR NEW.earliest_close < OLD.earliest_close) THEN
        RAISE EXCEPTION 'the end of a line of a notice never moves forward'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'notice_entry_never_earlier';
    END IF;
    RETURN NEW;
END
$$;
CREATE TRIGGER notice_entry_keeps_its_time BEFORE INSERT OR UPDATE ON notice_entry
    FOR EACH ROW EXECUTE FUNCTION notice_entry_keeps_its_time();
