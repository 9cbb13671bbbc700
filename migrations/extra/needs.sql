-- What the counters of needs have to learn: one small row for each change of a published need's progress.
CREATE FUNCTION public.note_need_step() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    before_now text := NULL;
BEGIN
    IF TG_OP = 'UPDATE' AND OLD.listed = 1 THEN
        before_now := OLD.progress;
    END IF;
    INSERT INTO public.need_step
        (place, township_code, county_code, prefecture_code, province_code, category, level, before, after)
    VALUES
        (NEW.place, NEW.township_code, NEW.county_code, NEW.prefecture_code, NEW.province_code, NEW.category, NEW.level,
         before_now, CASE WHEN NEW.listed = 1 THEN NEW.progress END);
    RETURN NULL;
END $$;

CREATE TRIGGER need_balance_step AFTER UPDATE ON public.need_balance FOR EACH ROW
    WHEN ((CASE WHEN OLD.listed = 1 THEN OLD.progress END) IS DISTINCT FROM
        (CASE WHEN NEW.listed = 1 THEN NEW.progress END))
    EXECUTE FUNCTION public.note_need_step();

CREATE TRIGGER need_balance_first_step AFTER INSERT ON public.need_balance FOR EACH ROW
    WHEN (NEW.listed = 1)
    EXECUTE FUNCTION public.note_need_step();
