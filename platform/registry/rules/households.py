"""Rules about the household as a whole and its description."""

import re
from collections.abc import Iterator

from core.i18n import _l
from registry.choices import Cause, PovertyStatus, Relation, Severity
from registry.rules.checking import DataQualityRule, Found, HouseholdFacts

PHONE = re.compile(r"1[3-9]\d{9}|0\d{2,3}-?\d{7,8}")
ACCOUNT = re.compile(r"\d{12,19}")
CARD = re.compile(r"62\d{14,17}")
OUT = {PovertyStatus.EXITED, PovertyStatus.RELAPSED}


def _members_missing(facts: HouseholdFacts) -> Iterator[Found]:
    if len(facts.members) != facts.household.size:
        yield Found(details={"size": facts.household.size, "members": len(facts.members)})


def _not_one_head(facts: HouseholdFacts) -> Iterator[Found]:
    heads = sum(1 for m in facts.members if m.membership.relation_to_head is Relation.HEAD)
    if heads != 1:
        yield Found(details={"heads": heads})


def _main_cause_twice(facts: HouseholdFacts) -> Iterator[Found]:
    profile = facts.profile
    if profile is not None and profile.main_cause is not None and profile.main_cause.value in profile.other_causes:
        yield Found(details={"cause": profile.main_cause.value})


def _other_without_main(facts: HouseholdFacts) -> Iterator[Found]:
    if facts.profile is not None and facts.profile.other_causes and facts.profile.main_cause is None:
        yield Found()


def _cause_unexplained(facts: HouseholdFacts) -> Iterator[Found]:
    profile = facts.profile
    if profile is None or profile.cause_note:
        return
    if profile.main_cause is Cause.OTHER or Cause.OTHER.value in profile.other_causes:
        yield Found()


def _no_cause(facts: HouseholdFacts) -> Iterator[Found]:
    profile = facts.profile
    registered = {PovertyStatus.NOT_OUT, PovertyStatus.PRE_EXIT, PovertyStatus.RELAPSED}
    if profile is not None and profile.poverty_status in registered and profile.main_cause is None:
        yield Found()


def _exit_planned_before_entry(facts: HouseholdFacts) -> Iterator[Found]:
    profile = facts.profile
    if profile is None or profile.planned_exit_year is None or profile.registered_year is None:
        return
    if profile.planned_exit_year < profile.registered_year:
        yield Found(details={"planned": profile.planned_exit_year, "registered": profile.registered_year})


def _years_disorder(facts: HouseholdFacts) -> Iterator[Found]:
    profile = facts.profile
    if profile is None:
        return
    known = [year for year in (profile.registered_year, profile.exit_year, profile.relapse_year) if year]
    if known != sorted(known) or any(year > facts.day.year for year in known):
        yield Found(details={"years": known})


def _exit_without_year(facts: HouseholdFacts) -> Iterator[Found]:
    if facts.profile is not None and facts.profile.poverty_status in OUT and facts.profile.exit_year is None:
        yield Found(details={"status": facts.profile.poverty_status.value})


def _relapse_incomplete(facts: HouseholdFacts) -> Iterator[Found]:
    profile = facts.profile
    if profile is None or profile.poverty_status is not PovertyStatus.RELAPSED:
        return
    if profile.relapse_year is None or profile.relapse_cause is None:
        yield Found()


def _phone_wrong(facts: HouseholdFacts) -> Iterator[Found]:
    phone = facts.profile.phone if facts.profile is not None else None
    if phone and not PHONE.fullmatch(phone):
        yield Found(details={"places": len(phone)})


def _account_wrong(facts: HouseholdFacts) -> Iterator[Found]:
    account = facts.profile.bank_account if facts.profile is not None else None
    if not account:
        return
    if not ACCOUNT.fullmatch(account) or (CARD.fullmatch(account) and not passes_luhn(account)):
        yield Found(details={"places": len(account)})


def passes_luhn(digits: str) -> bool:
    """Return whether a card number's last digit fits the others."""
    total = 0
    for place, digit in enumerate(reversed(digits)):
        value = int(digit) * (2 if place % 2 else 1)
        total += value - 9 if value > 9 else value
    return total % 10 == 0


def _relocation_incomplete(facts: HouseholdFacts) -> Iterator[Found]:
    profile = facts.profile
    if profile is not None and profile.is_relocation_household and profile.relocation_mode is None:
        yield Found()


R, S = DataQualityRule[HouseholdFacts], Severity
HOUSEHOLD_RULES: tuple[DataQualityRule[HouseholdFacts], ...] = (
    R(
        "members_missing",
        _l("The number of members on file is not the size of the household"),
        S.NOTE,
        _members_missing,
    ),
    R("not_one_head", _l("The household does not have exactly one head"), S.ERROR, _not_one_head),
    R("main_cause_twice", _l("The main cause stands among the other causes"), S.ERROR, _main_cause_twice),
    R("other_without_main", _l("Other causes are given but no main cause"), S.ERROR, _other_without_main),
    R("cause_unexplained", _l("Another cause is given without saying which"), S.NOTE, _cause_unexplained),
    R("no_cause", _l("A registered household has no main cause"), S.NOTE, _no_cause),
    R(
        "exit_before_entry",
        _l("The planned year of leaving poverty lies before the year of registration"),
        S.ERROR,
        _exit_planned_before_entry,
    ),
    R(
        "years_disorder",
        _l("Years of registration, leaving and falling back are out of order"),
        S.ERROR,
        _years_disorder,
    ),
    R("exit_without_year", _l("Out of poverty, but the year is missing"), S.NOTE, _exit_without_year),
    R("relapse_incomplete", _l("Fallen back, but year or cause is missing"), S.NOTE, _relapse_incomplete),
    R("phone_wrong", _l("The phone number cannot be right"), S.ERROR, _phone_wrong),
    R("account_wrong", _l("The bank account cannot be right"), S.ERROR, _account_wrong),
    R(
        "relocation_incomplete",
        _l("A resettled household without the way of resettlement"),
        S.NOTE,
        _relocation_incomplete,
    ),
)
