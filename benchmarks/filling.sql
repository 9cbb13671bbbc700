-- Needs by the hundred thousand, straight into the tables: {needs} of them over the places of level village.
-- Run as superuser with session_replication_role = replica: guards, foreign keys and records are left aside.
-- A need's village is drawn with a heavy head, so that the first place of each level has full pages.
SELECT setseed(0.42);

CREATE TEMPORARY TABLE village AS
    SELECT row_number() OVER (ORDER BY code) - 1 AS n, code FROM public.region WHERE level = 'village';
CREATE UNIQUE INDEX ON village (n);
ANALYZE village;

CREATE TEMPORARY TABLE drawn AS
    SELECT i, gen_random_uuid() AS id, v.code AS region_code,
        CASE WHEN i % 7 = 0 THEN left(v.code, 9) || '000' ELSE v.code END AS place,
        CASE WHEN i = ANY (rare.needs) THEN {texts} ELSE floor(power(r2, 1.5) * {texts})::int END AS text,
        CASE WHEN r3 < 0.45 THEN 'open' WHEN r3 < 0.60 THEN 'partly_held' WHEN r3 < 0.70 THEN 'fully_held'
            WHEN r3 < 0.80 THEN 'delivered' ELSE 'fulfilled' END AS progress,
        2 + floor(r4 * 10)::int AS quantity,
        CASE WHEN i % 9 = 0 THEN 'village' ELSE 'household' END AS level,
        CASE WHEN i % 33 = 0 THEN 2 ELSE 1 END AS listed,
        now() - (({needs} - i) * interval '365 days') / {needs} AS published_at
    FROM (SELECT i, random() AS r1, random() AS r2, random() AS r3, random() AS r4 FROM generate_series(1, {needs}) AS i
        OFFSET 0) AS d
    CROSS JOIN (SELECT array_agg(k * ({needs} / 20) - {needs} / 40) AS needs FROM generate_series(1, 20) AS k) AS rare
    CROSS JOIN (SELECT count(*) AS villages FROM village) AS c
    JOIN village AS v ON v.n = floor(c.villages * r1 * r1)::bigint;
ANALYZE drawn;

INSERT INTO public.need (id, version, region_code, county_code, level, household_id, village_id, survey_id, category, title,
    description, quantity, unit, min_lot, urgency, urgency_reason, needed_from, needed_by, visibility, stage, author_id,
    submitted_at, visited_on, second_visitor, verified_by, verified_at, approved_by, needs_level, rule_results, reasons,
    last_reason, published_at, expires_at, shown_region_code, size_band, revisit_drawn, search, created_at)
SELECT d.id, 1, d.region_code, left(d.region_code, 6), d.level, CASE WHEN d.level = 'household' THEN gen_random_uuid() END,
    CASE WHEN d.level = 'village' THEN gen_random_uuid() END, gen_random_uuid(), t.category, t.title, t.description,
    d.quantity, t.unit, 1, CASE WHEN d.i % 12 = 0 THEN 'urgent' ELSE 'routine' END, '', NULL, NULL,
    CASE d.listed WHEN 1 THEN 'public' ELSE 'donors' END, 'published', gen_random_uuid(),
    d.published_at - interval '3 days', (d.published_at - interval '2 days')::date, '', gen_random_uuid(),
    d.published_at - interval '1 day', gen_random_uuid(), 'township', '[]', '{}', '', d.published_at,
    now() + interval '90 days', d.place, CASE WHEN d.level = 'household' THEN '2-3' END, false, t.search::tsvector,
    d.published_at
FROM drawn AS d JOIN bench_text AS t ON t.n = d.text ORDER BY d.i;

INSERT INTO public.need_balance (need_id, quantity, held, delivered, confirmed, progress, listed, published_at,
    fulfilled_at, place, township_code, county_code, prefecture_code, province_code, category, level)
SELECT d.id, d.quantity, CASE d.progress WHEN 'open' THEN 0 WHEN 'partly_held' THEN 1 ELSE d.quantity END,
    CASE WHEN d.progress IN ('delivered', 'fulfilled') THEN d.quantity ELSE 0 END,
    CASE WHEN d.progress = 'fulfilled' THEN d.quantity ELSE 0 END, d.progress, d.listed, d.published_at,
    CASE WHEN d.progress = 'fulfilled' THEN d.published_at + interval '20 days' END, d.place,
    left(d.place, 9) || '000', left(d.place, 6), left(d.place, 4), left(d.place, 2), t.category, d.level
FROM drawn AS d JOIN bench_text AS t ON t.n = d.text ORDER BY d.i;
