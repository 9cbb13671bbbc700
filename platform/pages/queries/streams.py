"""Who may read a stream of update records (workflows.md, doubts 1)."""

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select

from accounts.queries import get_account
from core.db import db
from core.errors import Gone, NotFound
from core.i18n import _, _l
from core.policy import Actor, can
from donors.queries import find_donor, get_donor, public_name
from identification.queries.notices import get_notice
from identification.queries.objections import get_objection
from identification.queries.quotas import published_run
from identification.queries.quotas.reading import SHOWN
from identification.queries.rounds import get_round
from needs.choices import NeedLevel, NeedStage, NeedVisibility
from needs.models import Need
from needs.policy import NeedPermission
from needs.queries import get_need, published_need
from pairing.models import Pairing
from pairing.policy import PairingPermission
from regions.queries import find_published_region
from registry.policy import RegistryPermission
from registry.queries import get_household, get_village


@dataclass(frozen=True)
class Stream:
    """A stream that its reader may see: a name for the page if there is one, the unit of its quantities."""

    name: str
    kind: str
    title: str
    unit: str = ""
    is_public: bool = True
    is_village: bool = False


def readable_stream(actor: Actor, name: str) -> Stream:
    """Return the stream, or raise NotFound; Gone for a need that the household had taken down."""
    kind, _slash, key = name.partition("/")
    if kind == "village":
        return _village(actor, name, key)
    reader = _READERS.get(kind)
    try:
        subject_id = UUID(key)
    except ValueError as error:
        raise NotFound from error
    if reader is None or str(subject_id) != key:
        raise NotFound
    return reader(actor, name, subject_id)


def _need(actor: Actor, name: str, need_id: UUID) -> Stream:
    need = db.session.get(Need, need_id)
    if need is None:
        raise NotFound
    shown = need.stage is NeedStage.PUBLISHED and need.visibility is NeedVisibility.PUBLIC and not need.taken_down_at
    of_village = need.level is NeedLevel.VILLAGE
    if shown:
        return Stream(name, "need", need.title, need.unit, is_village=of_village)
    if actor.is_signed_in and _may_read_need(actor, need_id):
        return Stream(name, "need", need.title, need.unit, is_public=False, is_village=of_village)
    if need.taken_down_at is not None:
        raise Gone(_l("The household no longer wants this to be shown."), code="consent_withdrawn")
    if need.visibility is not NeedVisibility.PUBLIC:
        published_need(need_id, actor)
    title = need.title if need.stage in (NeedStage.EXPIRED, NeedStage.WITHDRAWN) and need.published_at else ""
    return Stream(name, "need", title, need.unit if title else "", is_public=bool(title), is_village=of_village)


def _may_read_need(actor: Actor, need_id: UUID) -> bool:
    try:
        found = get_need(actor, need_id)
    except NotFound:
        return False
    return can(actor, NeedPermission.NEED_READ, found)


def _donor(actor: Actor, name: str, donor_id: UUID) -> Stream:
    donor = find_donor(donor_id)
    if donor is None:
        raise NotFound
    if not donor.is_organisation:
        if not actor.is_signed_in:
            raise NotFound
        get_donor(actor, donor_id)
        return Stream(name, "donor", _("Your own file"), is_public=False)
    return Stream(name, "donor", public_name(donor))


def _pairing(actor: Actor, name: str, pairing_id: UUID) -> Stream:
    found = db.session.scalar(select(Pairing).where(Pairing.id == pairing_id))
    if found is None or not can(actor, PairingPermission.PAIRING_READ, found):
        raise NotFound
    return Stream(name, "pairing", _("A pairing"), is_public=False)


def _household(actor: Actor, name: str, household_id: UUID) -> Stream:
    household = get_household(actor, household_id)
    if not can(actor, RegistryPermission.HOUSEHOLD_READ, household):
        raise NotFound
    return Stream(name, "household", _("Household %(number)s", number=household.household_no), is_public=False)


def _village(actor: Actor, name: str, code: str) -> Stream:
    village = get_village(actor, code)
    return Stream(name, "village", village.region_code, is_public=False)


def _account(actor: Actor, name: str, account_id: UUID) -> Stream:
    get_account(actor, account_id)
    return Stream(name, "account", _("An account"), is_public=False)


def _quota_run(actor: Actor, name: str, run_id: UUID) -> Stream:
    run = published_run(run_id, actor)
    place = find_published_region(run.region_code)
    where = place.said if place else _("the whole country")
    is_public = run.stage in SHOWN
    return Stream(
        name, "quota_run", _("Planning numbers of %(place)s, %(year)s", place=where, year=run.year), is_public=is_public
    )


def _notice(actor: Actor, name: str, notice_id: UUID) -> Stream:
    get_notice(actor, notice_id)
    return Stream(name, "notice", _("A notice"), is_public=False)


def _objection(actor: Actor, name: str, objection_id: UUID) -> Stream:
    get_objection(actor, objection_id)
    return Stream(name, "objection", _("An objection"), is_public=False)


def _round(actor: Actor, name: str, round_id: UUID) -> Stream:
    get_round(actor, round_id)
    return Stream(name, "identification_round", _("A round of identification"), is_public=False)


_READERS = {
    "need": _need,
    "donor": _donor,
    "pairing": _pairing,
    "household": _household,
    "account": _account,
    "quota_run": _quota_run,
    "notice": _notice,
    "objection": _objection,
    "identification_round": _round,
}
