"""Running the plausibility rules: findings open and close by what the registers say; a person may let one stand."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import func, select

from core.clock import now, today
from core.db import db
from core.errors import NotValid, WrongState
from core.i18n import _l
from core.policy import Actor
from core.policy_packs import policy_value
from core.records import note as tell
from registry.choices import FindingReason, FindingStage
from registry.models import Finding, Household, Village, VillageProfile
from registry.policy import RegistryPermission, role_for
from registry.queries.facts import load_facts
from registry.queries.on_file import find_village
from registry.rules import HOUSEHOLD_RULES, RULES, VILLAGE_RULES, DataQualityRule, Found, VillageFacts
from registry.services.dating import place_of

BATCH = 200
LONGEST_NOTE = 500
Key = tuple[str, str, int]


def check_household(household: Household, *, day: date | None = None) -> list[Finding]:
    """Run all rules over one household; return what is open now. Call it after what was changed is flushed."""
    return check_households([household], day=day)


def check_households(households: Sequence[Household], *, day: date | None = None) -> list[Finding]:
    """Run all rules over households; open what is new, close what is gone, return what stands."""
    on = day or today()
    found: dict[Key, tuple[Household | Village, Found]] = {}
    for facts in load_facts(households, on):
        for key, one in _found_by(HOUSEHOLD_RULES, facts, f"household/{facts.household.id}"):
            found[key] = (facts.household, one)
    return _settle([f"household/{household.id}" for household in households], found, on)


def check_village_sheets(village: Village, *, day: date | None = None) -> list[Finding]:
    """Run the rules of the village register over the sheets that stand."""
    on, subject = day or today(), f"village/{village.region_code}"
    sheets = select(VillageProfile).where(
        VillageProfile.village_id == village.id, VillageProfile.superseded_by.is_(None)
    )
    on_file = db.session.scalar(
        select(func.count()).where(
            Household.region_code == village.region_code, Household.erased_at.is_(None), Household.ended_on.is_(None)
        )
    )
    limits = policy_value("data_quality", village.region_code, on)
    found: dict[Key, tuple[Household | Village, Found]] = {}
    for sheet in db.session.scalars(sheets):
        count = int(on_file or 0) if sheet.year == on.year else 0
        for key, one in _found_by(VILLAGE_RULES, VillageFacts(sheet, count, limits), subject):
            found[key] = (village, one)
    return _settle([subject], found, on)


def check_village(region_code: str, *, day: date | None = None) -> int:
    """Run everything over a village: its sheets and all its households; return how many findings stand."""
    village, last, count = find_village(region_code), UUID(int=0), 0
    if village is not None:
        count += len(check_village_sheets(village, day=day))
    while households := _next(region_code, last):
        last = households[-1].id
        count += len(check_households(households, day=day))
        db.session.flush()  # the batch's objects can be let go
    return count


def _next(region_code: str, last: UUID) -> Sequence[Household]:
    query = select(Household).where(
        Household.region_code == region_code,
        Household.id > last,
        Household.erased_at.is_(None),
        Household.ended_on.is_(None),
    )
    return db.session.scalars(query.order_by(Household.id).limit(BATCH)).all()


def _found_by(rules: Iterable[DataQualityRule[Any]], facts: Any, subject: str) -> Iterable[tuple[Key, Found]]:
    for rule in rules:
        for found in rule.check(facts):
            yield (rule.code, subject, found.year), found


def _settle(
    subjects: Sequence[str], found: Mapping[Key, tuple[Household | Village, Found]], day: date
) -> list[Finding]:
    query = select(Finding).where(Finding.subject.in_(subjects), Finding.gone_on.is_(None)).with_for_update()
    standing = {(row.rule, row.subject, row.year): row for row in db.session.scalars(query.order_by(Finding.id))}
    for key, row in standing.items():
        if key not in found:
            row.gone_on = day
    for key, (about, one) in found.items():
        if key in standing:
            _see_again(standing[key], one, day)
        else:
            standing[key] = _open(key, about, one, day)
    db.session.flush()  # lists read them
    return [row for key, row in standing.items() if key in found]


def _see_again(row: Finding, found: Found, day: date) -> None:
    """Another detail is another thing: what a person let stand was not this."""
    row.last_seen_on = day
    if row.details != dict(found.details):
        row.details = dict(found.details)
        row.accepted_at = row.accepted_by = row.accepted_reason = row.note = None


def _open(key: Key, about: Household | Village, found: Found, day: date) -> Finding:
    rule, subject, year = key
    row = Finding(
        id=uuid4(),
        rule=rule,
        severity=RULES[rule].severity,
        subject=subject,
        household_id=about.id if isinstance(about, Household) else None,
        **place_of(about),
        year=year,
        details=dict(found.details),
        first_seen_on=day,
        last_seen_on=day,
    )
    db.session.add(row)
    return row


def accept_finding(finding: Finding, *, actor: Actor, reason: FindingReason | str, note: str = "") -> None:
    """Let a finding stand as it is; rule and reason go into the records of the household or village."""
    about = _subject_of(finding)
    db.session.info["acting_role"] = role_for(actor, RegistryPermission.HOUSEHOLD_CHANGE, about)
    if reason not in set(FindingReason):
        raise NotValid({"reason": [_l("Choose one of the list.")]})
    if len(note) > LONGEST_NOTE:
        raise NotValid({"note": [_l("This text is too long.")]})
    if finding.state is not FindingStage.OPEN:
        raise WrongState(state=finding.state.value)
    finding.accepted_at, finding.accepted_by = now(), actor.account_id
    finding.accepted_reason, finding.note = FindingReason(reason), note.strip() or None
    tell(about, "finding.accepted", reason=str(reason), rule=finding.rule, year=finding.year)


def _subject_of(finding: Finding) -> Household | Village:
    if finding.household_id is not None:
        return db.session.get_one(Household, finding.household_id)
    village = find_village(finding.region_code)
    if village is None:
        raise WrongState(state=finding.state.value)
    return village


def villages_with_households() -> Sequence[str]:
    """Return the villages that the nightly check goes through."""
    query = select(Household.region_code).union(select(VillageProfile.region_code))
    return sorted(db.session.scalars(query))
