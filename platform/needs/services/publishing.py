"""What the public gets to see: the place, how long, and the columns by which lists walk."""

from datetime import datetime, timedelta

from sqlalchemy import text

from core.clock import local_day, start_of_day, today
from core.db import db
from needs.bigrams import vector_text
from needs.choices import NeedLevel, NeedVisibility
from needs.models import Need
from needs.rules import ruleset_for
from regions.codes import RegionLevel, county_code, level, township_code
from regions.queries import find_published_region

REACH = {NeedVisibility.PUBLIC: 1, NeedVisibility.DONORS: 2, NeedVisibility.INVITED: 3}

_NEIGHBOURS = text(
    "SELECT count(DISTINCT household_id) FROM need WHERE region_code = :village AND household_id <> :household"
    " AND published_at > :since"
)
_LIST = text(
    "UPDATE need_balance SET listed = :listed, published_at = :published_at, place = :place,"
    " township_code = :township, county_code = :county, prefecture_code = :prefecture, province_code = :province"
    " WHERE need_id = :need_id"
)
# A place that came into the lists since the last night has had no help yet, so it stands in front.
_RANK = text(
    "INSERT INTO village_share (night, village_code, county_code, needs, helped, share, rank)"
    " SELECT coalesce((SELECT max(night) FROM village_share), :today), :place, :county, 1, 0, 0, 0"
    " ON CONFLICT DO NOTHING"
)
_UNLIST = text("UPDATE need_balance SET listed = 0 WHERE need_id = :need_id")
_UNLIST_IF_OPEN = text("UPDATE need_balance SET listed = 0 WHERE need_id = :need_id AND held < quantity RETURNING 1")


def valid_until(need: Need, moment: datetime) -> datetime:
    """Return when the need expires: 90 days, or the end of the day by which it is needed if that is later."""
    days = ruleset_for(need.region_code, local_day(moment)).days("expiry_days")
    latest = moment + timedelta(days=days)
    if need.needed_by is None:
        return latest
    return max(latest, start_of_day(need.needed_by + timedelta(days=1)))


def place_to_show(need: Need, moment: datetime) -> str:
    """Return the village, or its township where fewer than five households would stand behind it."""
    if need.level is NeedLevel.VILLAGE:
        return need.region_code
    rules = ruleset_for(need.region_code, local_day(moment))
    since = moment - timedelta(days=rules.days("small_village_days"))
    others = db.session.execute(
        _NEIGHBOURS, {"village": need.region_code, "household": need.household_id, "since": since}
    ).scalar_one()
    small = others + 1 < rules.days("small_village_households")
    return township_code(need.region_code) or need.region_code if small else need.region_code


def list_need(need: Need) -> None:
    """Put the need into the lists that its visibility allows, and into the search."""
    place = need.shown_region_code or need.region_code
    need.search = vector_text(f"{need.title} {need.description} {_names(place)}")
    db.session.flush()  # the statement below must find the published need
    values = {
        "need_id": need.id,
        "listed": REACH[need.visibility],
        "published_at": need.published_at,
        "place": place,
        "township": township_code(place) or place,
        "county": county_code(place),
        "prefecture": place[:4],
        "province": place[:2],
    }
    db.session.execute(_LIST, values)
    db.session.execute(_RANK, {"today": today(), "place": place, "county": county_code(place)})


def _names(code: str) -> str:
    """Return the names below the county, so that a search for a township or village finds its needs."""
    place = find_published_region(code)
    if place is None:
        return ""
    return " ".join(place.path_names[-2:] if level(code) is RegionLevel.VILLAGE else place.path_names[-1:])


def unlist_need(need: Need) -> None:
    """Take the need out of every list at once."""
    db.session.flush()  # the stage first, so that both change or none
    db.session.execute(_UNLIST, {"need_id": need.id})


def unlist_if_open(need: Need) -> bool:
    """Take the need out of the lists unless it was fully pledged this moment; return whether it was taken out."""
    return db.session.execute(_UNLIST_IF_OPEN, {"need_id": need.id}).scalar() is not None
