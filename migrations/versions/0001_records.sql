-- The update records: a schema of their own, owned by a role without login.
-- Run by 0001_roles_and_records.py as jiedui_records (SET LOCAL ROLE). The hash is defined in docs/decisions/0014
-- and recomputed by platform/core/records/standalone.py; both must change together, under a new value of `alg`.

CREATE TABLE records.kind (
    kind text COLLATE "C" PRIMARY KEY CHECK (kind ~ '^[a-z_]{1,40}\.[a-z_]{1,40}$')
);

CREATE TABLE records.guarded (
    table_name text PRIMARY KEY,
    stream_kind text NOT NULL,
    stream_column text NOT NULL
);

CREATE TABLE records.database (
    single boolean PRIMARY KEY DEFAULT true CHECK (single),
    is_demo boolean NOT NULL,
    created_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    database_id uuid NOT NULL DEFAULT gen_random_uuid()
);

CREATE TABLE records.secret (
    single boolean PRIMARY KEY DEFAULT true CHECK (single),
    ikey bytea NOT NULL CHECK (octet_length(ikey) = 64),
    okey bytea NOT NULL CHECK (octet_length(okey) = 64)
);

CREATE TABLE records.head (
    stream text COLLATE "C" PRIMARY KEY,
    seq bigint NOT NULL,
    hash bytea NOT NULL,
    at timestamptz NOT NULL,
    txid bigint NOT NULL
);

CREATE TABLE records.record (
    stream text COLLATE "C" NOT NULL,
    seq bigint NOT NULL,
    at timestamptz NOT NULL,
    actor text NOT NULL,
    role text NOT NULL,
    kind text NOT NULL,
    reason text NOT NULL,
    public text NOT NULL,
    sealed bytea,
    prev bytea NOT NULL,
    hash bytea NOT NULL,
    alg text NOT NULL,
    PRIMARY KEY (stream, seq)
);

CREATE TABLE records.sealed (
    stream text COLLATE "C" NOT NULL,
    seq bigint NOT NULL,
    subject text COLLATE "C" NOT NULL,
    ciphertext bytea NOT NULL,
    PRIMARY KEY (stream, seq)
);

-- The time of this database. Only a database that was created as a demo lets a transaction move it.
CREATE FUNCTION records.clock() RETURNS timestamptz LANGUAGE plpgsql VOLATILE AS $$
DECLARE
    moved text := pg_catalog.current_setting('app.clock', true);
BEGIN
    IF moved IS NULL OR moved = '' THEN
        RETURN pg_catalog.clock_timestamp();
    END IF;
    IF NOT (SELECT d.is_demo FROM records.database d) THEN
        RAISE EXCEPTION 'the clock can be moved only in a demo database' USING ERRCODE = '42501';
    END IF;
    RETURN moved::timestamptz;
END $$;

-- Who acted, as a name that holds within one stream only: HMAC-SHA256 with the built-in sha256().
CREATE FUNCTION records.pseudonym(account text, in_stream text) RETURNS text
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, records, pg_temp AS $$
    SELECT substr(encode(sha256(okey || sha256(
        ikey || convert_to(account, 'UTF8') || '\x00'::bytea || convert_to(in_stream, 'UTF8'))), 'hex'), 1, 32)
    FROM records.secret
$$;

CREATE FUNCTION records.part(field bytea) RETURNS bytea LANGUAGE sql IMMUTABLE STRICT AS $$
    SELECT pg_catalog.int4send(pg_catalog.octet_length(field)) || field
$$;

CREATE FUNCTION records.written_time(moment timestamptz) RETURNS text LANGUAGE sql STABLE AS $$
    SELECT pg_catalog.to_char(moment AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')
$$;

-- SHA-256(0x00, then each field prefixed by its length as four bytes, big-endian).
CREATE FUNCTION records.digest(r records.record) RETURNS bytea LANGUAGE plpgsql STABLE AS $$
BEGIN
    RETURN pg_catalog.sha256('\x00'::bytea
        || records.part('jiedui/v1'::bytea)
        || records.part(pg_catalog.convert_to(r.alg, 'UTF8'))
        || records.part(pg_catalog.convert_to(r.stream, 'UTF8'))
        || records.part(pg_catalog.convert_to(r.seq::text, 'UTF8'))
        || records.part(pg_catalog.convert_to(records.written_time(r.at), 'UTF8'))
        || records.part(pg_catalog.convert_to(r.actor, 'UTF8'))
        || records.part(pg_catalog.convert_to(r.role, 'UTF8'))
        || records.part(pg_catalog.convert_to(r.kind, 'UTF8'))
        || records.part(pg_catalog.convert_to(r.reason, 'UTF8'))
        || records.part(pg_catalog.convert_to(r.public, 'UTF8'))
        || records.part(coalesce(r.sealed, ''::bytea))
        || records.part(r.prev));
END $$;

CREATE FUNCTION records.check_shape(r records.record) RETURNS void LANGUAGE plpgsql STABLE AS $$
BEGIN
    IF r.stream IS NULL OR r.stream !~ '^(need|pairing|household|village|donor|account)/[0-9a-zA-Z-]{1,64}$' THEN
        RAISE EXCEPTION 'not a stream: %', r.stream USING ERRCODE = '22023';
    END IF;
    IF NOT EXISTS (SELECT 1 FROM records.kind k WHERE k.kind = r.kind) THEN
        RAISE EXCEPTION 'not a kind of record: %', r.kind USING ERRCODE = '22023', HINT = 'add it in a migration';
    END IF;
    IF r.reason IS NULL OR r.reason !~ '^[a-z0-9_.-]{0,64}$' THEN
        RAISE EXCEPTION 'the reason of a record is a code' USING ERRCODE = '22023';
    END IF;
    IF r.role IS NULL OR r.role !~ '^[a-z_]{1,40}$' THEN
        RAISE EXCEPTION 'not a role: %', r.role USING ERRCODE = '22023';
    END IF;
    IF r.public IS NULL OR octet_length(r.public) > 4096 OR jsonb_typeof(r.public::jsonb) <> 'object' THEN
        RAISE EXCEPTION 'the public part of a record is a JSON object of at most 4 KB' USING ERRCODE = '22023';
    END IF;
END $$;

-- The only writer. Actor and role come from the transaction; a missing one is an error.
CREATE FUNCTION records.append(
    to_stream text, new_kind text, new_reason text, public_text text, about text, ciphertext bytea
) RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, records, pg_temp AS $$
DECLARE
    who text := current_setting('app.actor');
    last records.head;
    r records.record;
BEGIN
    IF who = '' THEN
        RAISE EXCEPTION 'app.actor is not set in this transaction' USING ERRCODE = '42501';
    END IF;
    r.stream := to_stream; r.kind := new_kind; r.reason := new_reason; r.public := public_text; r.alg := 'sha256';
    r.role := current_setting('app.role');
    r.sealed := sha256(ciphertext);
    PERFORM records.check_shape(r);
    r.actor := records.pseudonym(who, to_stream);
    LOOP
        SELECT * INTO last FROM records.head h WHERE h.stream = to_stream FOR UPDATE;
        r.seq := coalesce(last.seq, 0) + 1;
        r.prev := coalesce(last.hash, ''::bytea);
        r.at := records.clock();
        IF last.at > r.at THEN
            IF coalesce(current_setting('app.clock', true), '') <> '' THEN
                RAISE EXCEPTION 'the moved clock is before the last record of %', to_stream USING ERRCODE = '22008';
            END IF;
            r.at := last.at;
        END IF;
        r.hash := records.digest(r);
        IF last.stream IS NOT NULL THEN
            UPDATE records.head h SET seq = r.seq, hash = r.hash, at = r.at, txid = pg_current_xact_id()::text::bigint
            WHERE h.stream = to_stream;
            EXIT;
        END IF;
        INSERT INTO records.head VALUES (to_stream, 1, r.hash, r.at, pg_current_xact_id()::text::bigint)
        ON CONFLICT DO NOTHING;
        EXIT WHEN FOUND;
    END LOOP;
    INSERT INTO records.record SELECT r.*;
    IF ciphertext IS NOT NULL THEN
        INSERT INTO records.sealed VALUES (to_stream, r.seq, coalesce(about, to_stream), ciphertext);
    END IF;
    RETURN r.seq;
END $$;

-- Deferred guard of a recorded table: at commit its stream must have a record of this very transaction.
-- Arguments: the kind of stream and the column that names it.
CREATE FUNCTION records.guard() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, records, pg_temp AS $$
DECLARE
    rows jsonb[] := ARRAY[]::jsonb[];
    one jsonb;
    name text;
BEGIN
    IF TG_OP <> 'INSERT' THEN rows := rows || to_jsonb(OLD); END IF;
    IF TG_OP <> 'DELETE' THEN rows := rows || to_jsonb(NEW); END IF;
    FOREACH one IN ARRAY rows LOOP
        name := TG_ARGV[0] || '/' || (one ->> TG_ARGV[1]);
        IF NOT EXISTS (
            SELECT 1 FROM records.head h WHERE h.stream = name AND h.txid = pg_current_xact_id()::text::bigint
        ) THEN
            RAISE EXCEPTION 'a change of % has no update record in %', TG_TABLE_NAME, coalesce(name, 'no stream')
            USING ERRCODE = '23514', CONSTRAINT = TG_TABLE_NAME || '_recorded', TABLE = TG_TABLE_NAME;
        END IF;
    END LOOP;
    RETURN NULL;
END $$;

CREATE FUNCTION records.refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '% of %.% is refused: update records only grow', TG_OP, TG_TABLE_SCHEMA, TG_TABLE_NAME
    USING ERRCODE = '42501';
END $$;

-- A head moves one step at a time and never back.
CREATE FUNCTION records.step() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.stream <> OLD.stream OR NEW.seq <> OLD.seq + 1 OR NEW.at < OLD.at THEN
        RAISE EXCEPTION 'the head of % may only advance by one', OLD.stream USING ERRCODE = '42501';
    END IF;
    RETURN NEW;
END $$;

CREATE TRIGGER record_refuse BEFORE UPDATE OR DELETE OR TRUNCATE ON records.record
    FOR EACH STATEMENT EXECUTE FUNCTION records.refuse();
CREATE TRIGGER sealed_refuse BEFORE UPDATE OR DELETE OR TRUNCATE ON records.sealed
    FOR EACH STATEMENT EXECUTE FUNCTION records.refuse();
CREATE TRIGGER head_refuse BEFORE DELETE OR TRUNCATE ON records.head
    FOR EACH STATEMENT EXECUTE FUNCTION records.refuse();
CREATE TRIGGER head_step BEFORE UPDATE ON records.head
    FOR EACH ROW EXECUTE FUNCTION records.step();
CREATE TRIGGER database_refuse BEFORE UPDATE OR DELETE OR TRUNCATE ON records.database
    FOR EACH STATEMENT EXECUTE FUNCTION records.refuse();
CREATE TRIGGER secret_refuse BEFORE UPDATE OR DELETE OR TRUNCATE ON records.secret
    FOR EACH STATEMENT EXECUTE FUNCTION records.refuse();

REVOKE ALL ON ALL TABLES IN SCHEMA records FROM PUBLIC;
REVOKE ALL ON ALL FUNCTIONS IN SCHEMA records FROM PUBLIC;
GRANT USAGE ON SCHEMA records TO jiedui_app, jiedui_owner;
GRANT SELECT ON records.record, records.head, records.sealed, records.kind, records.guarded, records.database
    TO jiedui_app, jiedui_owner;
GRANT EXECUTE ON FUNCTION records.append, records.clock, records.pseudonym TO jiedui_app, jiedui_owner;
GRANT EXECUTE ON FUNCTION records.guard, records.refuse TO jiedui_owner;

INSERT INTO records.kind VALUES ('subject.erased');
