-- Many records at once, one for each stream: what records.append does, for a whole batch in a few statements.
-- The same fields, rules and bytes; a test writes the same entries both ways and compares the hashes.

CREATE FUNCTION records.append_many(
    to_streams text[], new_kinds text[], new_reasons text[], public_texts text[], abouts text[], ciphertexts bytea[]
) RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, records, pg_temp AS $$
DECLARE
    who bytea := convert_to(current_setting('app.actor'), 'UTF8');
    as_role text := current_setting('app.role');
    moment timestamptz := records.clock();
    is_moved boolean := coalesce(current_setting('app.clock', true), '') <> '';
    key records.secret;
    written bigint;
BEGIN
    IF octet_length(who) = 0 THEN
        RAISE EXCEPTION 'app.actor is not set in this transaction' USING ERRCODE = '42501';
    END IF;
    IF (SELECT count(DISTINCT s) FROM unnest(to_streams) AS s) <> coalesce(array_length(to_streams, 1), 0) THEN
        RAISE EXCEPTION 'a stream takes one record at a time' USING ERRCODE = '22023';
    END IF;
    -- records.check_shape judges one row of each form, and every row whose variable parts are in doubt.
    PERFORM records.check_shape((e.stream, NULL, NULL, NULL, as_role, e.kind, e.reason, e.public, NULL, NULL, NULL, NULL)::records.record)
    FROM (
        SELECT g.*, row_number() OVER (PARTITION BY split_part(g.stream, '/', 1), g.kind, g.reason) AS place
        FROM unnest(to_streams, new_kinds, new_reasons, public_texts) AS g (stream, kind, reason, public)
    ) AS e
    WHERE e.place = 1 OR (e.stream ~ '^[a-z_]+/[0-9a-zA-Z-]+$' AND length(split_part(e.stream, '/', 2)) <= 64
        AND octet_length(e.public) <= 4096 AND json_typeof(e.public::json) = 'object') IS NOT TRUE;
    SELECT * INTO key FROM records.secret;
    PERFORM 1 FROM records.head h WHERE h.stream = ANY (to_streams) ORDER BY h.stream FOR UPDATE;
    IF is_moved AND EXISTS (SELECT 1 FROM records.head h WHERE h.stream = ANY (to_streams) AND h.at > moment) THEN
        RAISE EXCEPTION 'the moved clock is before the last record of a stream' USING ERRCODE = '22008';
    END IF;
    WITH given AS MATERIALIZED (
        SELECT e.stream, coalesce(h.seq, 0) + 1 AS seq, greatest(h.at, moment) AS at, coalesce(h.hash, ''::bytea) AS prev,
            substr(encode(sha256(key.okey || sha256(
                key.ikey || who || '\x00'::bytea || convert_to(e.stream, 'UTF8'))), 'hex'), 1, 32) AS actor,
            e.kind, e.reason, e.public, sha256(e.ciphertext) AS sealed, coalesce(e.about, e.stream) AS about, e.ciphertext
        FROM unnest(to_streams, new_kinds, new_reasons, public_texts, abouts, ciphertexts)
            AS e (stream, kind, reason, public, about, ciphertext)
        LEFT JOIN records.head h ON h.stream = e.stream
    ), hashed AS MATERIALIZED (
        SELECT g.*, sha256('\x00'::bytea
            || records.part('jiedui/v1'::bytea)
            || records.part('sha256'::bytea)
            || records.part(convert_to(g.stream, 'UTF8'))
            || records.part(convert_to(g.seq::text, 'UTF8'))
            || records.part(convert_to(records.written_time(g.at), 'UTF8'))
            || records.part(convert_to(g.actor, 'UTF8'))
            || records.part(convert_to(as_role, 'UTF8'))
            || records.part(convert_to(g.kind, 'UTF8'))
            || records.part(convert_to(g.reason, 'UTF8'))
            || records.part(convert_to(g.public, 'UTF8'))
            || records.part(coalesce(g.sealed, ''::bytea))
            || records.part(g.prev)) AS hash
        FROM given g
    ), heads AS (
        INSERT INTO records.head SELECT r.stream, r.seq, r.hash, r.at, pg_current_xact_id()::text::bigint FROM hashed r
        ON CONFLICT (stream) DO UPDATE
            SET seq = excluded.seq, hash = excluded.hash, at = excluded.at, txid = excluded.txid
    ), parts AS (
        INSERT INTO records.sealed SELECT r.stream, r.seq, r.about, r.ciphertext FROM hashed r
        WHERE r.ciphertext IS NOT NULL
    )
    INSERT INTO records.record (stream, seq, at, actor, role, kind, reason, public, sealed, prev, hash, alg)
    SELECT r.stream, r.seq, r.at, r.actor, as_role, r.kind, r.reason, r.public, r.sealed, r.prev, r.hash, 'sha256'
    FROM hashed r;
    GET DIAGNOSTICS written = ROW_COUNT;
    RETURN written;
END $$;

REVOKE ALL ON FUNCTION records.append_many FROM PUBLIC;
GRANT EXECUTE ON FUNCTION records.append_many TO jiedui_app, jiedui_owner;
