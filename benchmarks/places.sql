-- Invented places for the full size: 31 provinces, 341 prefectures, 3,069 counties, 42,966 townships, 619,937 villages.
INSERT INTO public.region (code, name, level, kind, parent_code, county_code, township_code, path_names, grams,
    pinyin_key, valid_from)
WITH
province AS (SELECT (10 + p)::text AS code, 'P' || p AS name FROM generate_series(1, 31) AS p),
prefecture AS (
    SELECT p.code || lpad(n::text, 2, '0') AS code, p.name || '-' || n AS name, ARRAY[p.name] AS above, p.code AS parent
    FROM province AS p, generate_series(1, 11) AS n
),
county AS (
    SELECT f.code || lpad(n::text, 2, '0') AS code, f.name || '-' || n AS name, f.above || f.name AS above,
        f.code AS parent
    FROM prefecture AS f, generate_series(1, 9) AS n
),
township AS (
    SELECT c.code || (100 + n)::text AS code, 'T' || n AS name, c.above || c.name AS above, c.code AS parent
    FROM county AS c, generate_series(1, 14) AS n
),
village AS (
    SELECT t.code || (200 + n)::text AS code, 'V' || n AS name, t.above || t.name AS above, t.code AS parent
    FROM township AS t, generate_series(1, 15) AS n
    WHERE n < 15 OR hashtext(t.code) % 7 IN (0, 1, 2, -1)
)
SELECT rpad(code, 12, '0'), name, level, kind, rpad(parent, 12, '0'), left(rpad(code, 12, '0'), 6),
    CASE WHEN length(code) >= 9 THEN left(code, 9) || '000' END, above || name, '{}', '', DATE '2023-06-30'
FROM (
    SELECT code, name, 'province' AS level, 'province' AS kind, NULL AS parent, ARRAY[]::text[] AS above FROM province
    UNION ALL SELECT code, name, 'prefecture', 'prefecture', parent, above FROM prefecture
    UNION ALL SELECT code, name, 'county', 'county', parent, above FROM county
    UNION ALL SELECT code, name, 'township', 'town', parent, above FROM township
    UNION ALL SELECT code, name, 'village', 'villagers_committee', parent, above FROM village
) AS place;
