"""Figures that jobs keep: counters from changes, and each night the share of help of every place."""

from datetime import date, datetime, timedelta

from sqlalchemy import text

from core.clock import now, today
from core.db import db
from needs.queries.figures import COUNTER_RUN

KEPT_NIGHTS = timedelta(days=7)

# One run at a time; steps of transactions that are still open wait for the next run.
_ALONE = text("SELECT pg_advisory_xact_lock(hashtextextended('needs.figures', 0))")
_PLACES = (
    "ARRAY['000000000000', rpad(province_code, 12, '0'), rpad(prefecture_code, 12, '0'),"
    " rpad(county_code, 12, '0'), township_code, place]"
)
_ROLL_UP = text(
    f"""
    WITH taken AS (
        DELETE FROM need_step RETURNING category, level, before, after, {_PLACES} AS places
    ), steps AS (
        SELECT places, category, level, before AS progress, -1 AS step FROM taken WHERE before IS NOT NULL
        UNION ALL
        SELECT places, category, level, after, 1 FROM taken WHERE after IS NOT NULL
    ), added AS (
        INSERT INTO need_counter AS n (region_code, category, level, progress, count)
        SELECT code, category, level, progress, sum(step)
        FROM steps, LATERAL (SELECT DISTINCT unnest(places) AS code) AS each
        GROUP BY code, category, level, progress HAVING sum(step) <> 0
        ORDER BY code, category, level, progress
        ON CONFLICT (region_code, category, level, progress) DO UPDATE SET count = n.count + excluded.count
    )
    SELECT count(*) FROM taken
    """  # noqa: S608 - our own words
)
_HOLD_STILL = text("LOCK TABLE need_balance IN SHARE MODE")
_FORGET_COUNTS = (text("DELETE FROM need_step"), text("DELETE FROM need_counter"))
_COUNT = text(
    f"""
    INSERT INTO need_counter (region_code, category, level, progress, count)
    SELECT code, category, level, progress, count(*)
    FROM need_balance, LATERAL (SELECT DISTINCT unnest({_PLACES}) AS code) AS each
    WHERE listed = 1 GROUP BY code, category, level, progress
    """  # noqa: S608 - our own words
)
_STAMP = text(
    "INSERT INTO counter_run (name, as_of) VALUES (:name, :as_of)"
    " ON CONFLICT (name) DO UPDATE SET as_of = excluded.as_of"
)
_FREEZE = text(
    """
    INSERT INTO village_share (night, village_code, county_code, needs, helped, share, rank)
    SELECT :night, place, county_code, needs, helped, share,
        row_number() OVER (PARTITION BY county_code ORDER BY share, helped, place)
    FROM (
        SELECT place, county_code, count(*) AS needs, count(*) FILTER (WHERE confirmed > 0) AS helped,
            round(count(*) FILTER (WHERE confirmed > 0)::numeric / count(*), 6) AS share
        FROM need_balance WHERE listed > 0 AND published_at > :since GROUP BY place, county_code
        UNION ALL
        SELECT place, county_code, 0, 0, 1
        FROM need_balance WHERE listed > 0 GROUP BY place, county_code HAVING max(published_at) <= :since
    ) AS asked
    """
)
_FORGET = text("DELETE FROM village_share WHERE night < :before OR night = :night")


def roll_up_counters() -> int:
    """Bring the counters up to date with every change since the last run; return how many changes there were."""
    db.session.execute(_ALONE)
    moment = now()
    changed: int = db.session.execute(_ROLL_UP).scalar_one()
    _stamp(moment)
    return changed


def rebuild_counters() -> None:
    """Count everything anew, after rows were loaded past the trigger."""
    db.session.execute(_ALONE)
    db.session.execute(_HOLD_STILL)
    for statement in (*_FORGET_COUNTS, _COUNT):
        db.session.execute(statement)
    _stamp(now())


def _stamp(moment: datetime) -> None:
    db.session.execute(_STAMP, {"name": COUNTER_RUN, "as_of": moment})
    db.session.info.pop(COUNTER_RUN, None)


def freeze_village_shares(night: date | None = None) -> int:
    """Freeze the order of places for a night: by the share of their needs of 365 days with something confirmed."""
    db.session.execute(_ALONE)
    day = night or today()
    db.session.execute(_FORGET, {"before": day - KEPT_NIGHTS, "night": day})
    since = now() - timedelta(days=365)
    frozen = db.session.execute(_FREEZE, {"night": day, "since": since})
    db.session.execute(_STAMP, {"name": "village_share", "as_of": now()})
    return int(frozen.rowcount)  # type: ignore[attr-defined]  # a CursorResult, as every INSERT gives
