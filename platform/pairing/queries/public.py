"""Who helps, as the public may see it: no name, unit or date of a household's first helper; persons by their city."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import or_, select

from core.clock import today
from core.db import db
from core.i18n import LazyString, _l
from core.policy import Actor, ActorKind, can
from donors.models import Donor
from donors.queries import is_pledger, public_name
from needs.models import Need
from pairing.choices import LinkKind, LinkStage, LinkTerm, UnitLevel
from pairing.models import HelperLink, Pairing
from pairing.policy import PairingPermission

_ENDED = (LinkStage.REJECTED, LinkStage.TERMINATED)
_VERIFIED = 2
_CADRES: Mapping[UnitLevel | None, LazyString] = {
    None: _l("Paired cadre"),
    UnitLevel.PROVINCE: _l("Paired cadre, unit of the province"),
    UnitLevel.CITY: _l("Paired cadre, unit of the city"),
    UnitLevel.COUNTY: _l("Paired cadre, county unit"),
    UnitLevel.TOWNSHIP: _l("Paired cadre, unit of the township"),
    UnitLevel.VILLAGE: _l("Paired cadre, of the village"),
}
_UNITS: Mapping[UnitLevel | None, LazyString] = {
    None: _l("Helping unit"),
    UnitLevel.PROVINCE: _l("Helping unit of the province"),
    UnitLevel.CITY: _l("Helping unit of the city"),
    UnitLevel.COUNTY: _l("Helping unit of the county"),
    UnitLevel.TOWNSHIP: _l("Helping unit of the township"),
    UnitLevel.VILLAGE: _l("Helping unit of the village"),
}


@dataclass(frozen=True)
class PublishedHelper:
    """One helper of the chain. `donor_id` is set where the name may be a link."""

    rank: int
    kind: LinkKind
    name: str
    stage: LinkStage
    term: LinkTerm
    since: date | None
    donor_id: UUID | None

    @property
    def is_one_time(self) -> bool:
        return self.term is LinkTerm.ONE_TIME

    @property
    def state(self) -> str:
        """The state that the picture of the chain knows."""
        return self.stage.value


def published_helpers(need: Any) -> list[PublishedHelper]:
    """Return who helps with a need, by rank; one-time helpers only of this very need."""
    return _helpers_of([need], _pairings_of([need])).get(need.id, [])


def _helpers_of(needs: Sequence[Any], pairings: Mapping[UUID, Pairing]) -> dict[UUID, list[PublishedHelper]]:
    by_pairing = _links(list(pairings.values()))
    day = today()
    found: dict[UUID, list[PublishedHelper]] = {}
    for need in needs:
        pairing = pairings.get(need.id)
        rows = by_pairing.get(pairing.id, []) if pairing else []
        found[need.id] = [_helper(link, donor, pairing) for link, donor in rows if _belongs(link, need, day)]
    return found


def _pairings_of(needs: Sequence[Any]) -> dict[UUID, Pairing]:
    households = [need.household_id for need in needs if need.household_id]
    villages = [need.village_id for need in needs if need.village_id]
    query = select(Pairing).where(or_(Pairing.household_id.in_(households), Pairing.village_id.in_(villages)))
    by_subject = {(row.household_id or row.village_id): row for row in db.session.scalars(query)}
    wanted = {need.id: need.household_id or need.village_id for need in needs}
    return {need_id: by_subject[key] for need_id, key in wanted.items() if key in by_subject}


def _links(pairings: Sequence[Pairing]) -> dict[UUID, list[tuple[HelperLink, Donor | None]]]:
    query = (
        select(HelperLink, Donor)
        .outerjoin(Donor, Donor.id == HelperLink.donor_id)
        .where(HelperLink.pairing_id.in_([row.id for row in pairings]), HelperLink.stage.not_in(_ENDED))
        .order_by(HelperLink.rank, HelperLink.starts_on)
    )
    found: dict[UUID, list[tuple[HelperLink, Donor | None]]] = {}
    for link, donor in db.session.execute(query):
        found.setdefault(link.pairing_id, []).append((link, donor))
    return found


def _belongs(link: HelperLink, need: Any, day: date) -> bool:
    if link.rank == 1:
        return link.starts_on is not None and link.starts_on <= day and (link.ends_on is None or link.ends_on >= day)
    return link.term is LinkTerm.STANDING or link.one_time_need_id == need.id


def _helper(link: HelperLink, donor: Donor | None, pairing: Pairing | None) -> PublishedHelper:
    hidden = donor is None and pairing is not None and pairing.household_id is not None
    named = donor is not None and donor.is_organisation and donor.named_publicly
    return PublishedHelper(
        rank=link.rank,
        kind=link.kind,
        name=_official_name(link, hidden=hidden) if donor is None or hidden else public_name(donor),
        stage=LinkStage.ACTIVE if link.rank == 1 else link.stage,
        term=link.term,
        since=None if hidden else link.starts_on,
        donor_id=link.donor_id if named and not hidden else None,
    )


def _official_name(link: HelperLink, *, hidden: bool) -> str:
    """Return the unit of a village's helper; of a household's first helper no more than whose unit it is."""
    if link.unit_name and not hidden:
        return link.unit_name
    words = _CADRES if link.kind is LinkKind.CADRE else _UNITS
    return str(words[link.unit_level])


def pairing_parts(need_ids: Sequence[UUID], viewer: Actor) -> Mapping[UUID, Mapping[str, Any]]:
    """Return the `pairing` part of the JSON answer for each need."""
    needs = db.session.scalars(select(Need).where(Need.id.in_(need_ids))).all()
    pairings = _pairings_of(needs)
    helpers = _helpers_of(needs, pairings)
    return {need.id: _part(helpers[need.id], pairings.get(need.id), viewer) for need in needs}


def _part(helpers: list[PublishedHelper], pairing: Pairing | None, viewer: Actor) -> dict[str, Any]:
    part: dict[str, Any] = {"helpers": [_row(helper) for helper in helpers]}
    if pairing is not None and may_know_pairing(viewer, pairing):
        part["id"] = pairing.id
    return part


def _row(helper: PublishedHelper) -> dict[str, Any]:
    row: dict[str, Any] = {"rank": helper.rank, "kind": helper.kind.value}
    return row | ({"name": helper.name} if helper.donor_id is not None else {})


def may_know_pairing(viewer: Actor, pairing: Pairing) -> bool:
    """Return whether the viewer is told which pairing a need belongs to (workflows.md, doubts 1)."""
    if viewer.kind is not ActorKind.ACCOUNT:
        return False
    if can(viewer, PairingPermission.PAIRING_READ, pairing):
        return True
    donor = db.session.get(Donor, viewer.donor_id) if viewer.donor_id else None
    return donor is not None and is_pledger(donor, _VERIFIED, today())
