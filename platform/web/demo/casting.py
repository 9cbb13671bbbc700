"""Who plays in the demo county: offices at every level, cadres, units, and sixty donors."""

from datetime import date, datetime, timedelta

from accounts.models import Role
from core.clock import move_clock
from core.db import db
from donors.models import Donor, DonorStage
from donors.policy import REQUIRED_EVIDENCE
from donors.services import verify_donor
from web.demo.cast import Cast, Casting, acting, all_donors, by, cast_donor
from web.demo.names import offices
from web.demo.plan import TownshipPlan, VillagePlan, star_of

PERSONS = 28
HOUSEHOLDS_PER_CADRE = 3
HOUSEHOLDS_OF_THE_LISTED = 6
RENEWALS = (350, 700)
IN_OFFICE_SINCE = date(2014, 1, 6)


def cast_county(county: str, plans: list[TownshipPlan], *, start: datetime, end: datetime) -> tuple[Casting, Cast]:
    """Make everybody, as of `start`; donors are verified again each year, so that they hold until `end`."""
    casting = Casting()
    cast = Cast(county=county.ljust(12, "0"))
    star = star_of(plans)
    cast.star = star.code
    _county_offices(casting, cast, county)
    for plan in plans:
        _township_offices(casting, cast, plan, star)
    _units(casting, cast, county)
    for number, (part, username, level) in enumerate(all_donors(PERSONS), start=100):
        cast_donor(casting, cast, part, number, username=username, level=level)
    for day in RENEWALS:
        _renew(cast, start + timedelta(days=day))
    move_clock(end)
    return casting, cast


def _county_offices(casting: Casting, cast: Cast, county: str) -> None:
    office = offices()[0]
    since = IN_OFFICE_SINCE
    listed = casting.account("county", Role.COUNTY_OFFICER, county, unit_name=office, listed=True, since=since)
    others = [casting.account(f"county{n}", Role.COUNTY_OFFICER, county, unit_name=office, since=since) for n in (2, 3)]
    cast.county_officers = [others[0].id, others[1].id, listed.id]
    cast.named["county"] = listed.id
    for username, role in (
        ("operator", Role.PHONE_OPERATOR),
        ("evaluator", Role.EVALUATOR),
        ("auditor", Role.AUDITOR),
        ("security", Role.SECURITY_ADMIN),
        ("system", Role.SYSTEM_ADMIN),
    ):
        cast.named[username] = casting.account(username, role, county, unit_name=office, listed=True).id


def _township_offices(casting: Casting, cast: Cast, plan: TownshipPlan, star: VillagePlan) -> None:
    here = star in plan.villages
    for number in range(2):
        listed = here and number == 0
        name = "township" if listed else f"township-{plan.code[6:9]}-{number}"
        officer = casting.account(
            name, Role.TOWNSHIP_OFFICER, plan.code, unit_name=plan.name, listed=listed, since=IN_OFFICE_SINCE
        )
        cast.township_officers.setdefault(plan.code, []).append(officer.id)
    for village in plan.villages:
        _village_offices(casting, cast, village, listed=village == star)


def _village_offices(casting: Casting, cast: Cast, village: VillagePlan, *, listed: bool) -> None:
    tail = village.code[6:]
    for role, names, word in (
        (Role.VILLAGE_OFFICER, cast.village_officers, "village"),
        (Role.STATIONED_TEAM, cast.teams, "team"),
    ):
        account = casting.account(
            word if listed else f"{word}-{tail}",
            role,
            village.code,
            unit_name=village.name,
            listed=listed,
            since=IN_OFFICE_SINCE,
        )
        names[village.code] = account.id
    _cadres(casting, cast, village, listed=listed)


def _cadres(casting: Casting, cast: Cast, village: VillagePlan, *, listed: bool) -> None:
    """Make the cadres of a village, and note for each household which one is its own."""
    tail, of_households = village.code[6:], cast.cadres.setdefault(village.code, [])
    while len(of_households) < max(1, village.households):
        first = listed and not of_households
        number = len(of_households) // HOUSEHOLDS_PER_CADRE
        unit = offices()[(int(tail) + number) % len(offices())]
        name = "cadre" if first else f"cadre-{tail}-{number:02d}"
        cadre = casting.account(name, Role.PAIRING_CADRE, village.code[:6], unit_name=unit, listed=first)
        of_households += [cadre.id] * (HOUSEHOLDS_OF_THE_LISTED if first else HOUSEHOLDS_PER_CADRE)
        if first:
            cast.named["cadre"] = cadre.id


def _units(casting: Casting, cast: Cast, county: str) -> None:
    """Make the helping units: one account each that acts for its office."""
    for number, name in enumerate(offices()):
        username = "unit" if number == 0 else f"unit-{number:02d}"
        unit = casting.account(username, Role.HELPING_UNIT, county, unit_name=name, listed=number == 0)
        cast.units.append((unit.id, name))
    cast.named["unit"] = cast.units[0][0]


def _renew(cast: Cast, at: datetime) -> None:
    move_clock(at)
    officer = acting(cast.county_officers[0])
    for donor_id, *_ in cast.donors:
        donor = db.session.get_one(Donor, donor_id)
        if donor.stage is DonorStage.VERIFIED:
            seen = sorted(REQUIRED_EVIDENCE.get(donor.kind, ()))
            verify_donor(donor, actor=by(officer), level=donor.level, evidence_seen=seen)
