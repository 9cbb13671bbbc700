DROP TABLE IF EXISTS procrastinate_events, procrastinate_periodic_defers, procrastinate_jobs, procrastinate_workers CASCADE;
DO $$ DECLARE f regprocedure; BEGIN FOR f IN SELECT p.oid::regprocedure FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace WHERE n.nspname = 'public' AND p.proname LIKE 'procrastinate\_%' LOOP EXECUTE format('DROP FUNCTION IF EXISTS %s CASCADE', f); END LOOP; END $$;
DROP TYPE IF EXISTS procrastinate_job_status CASCADE;
DROP TYPE IF EXISTS procrastinate_job_event_type CASCADE;
DROP TYPE IF EXISTS procrastinate_job_to_defer_v1 CASCADE;
