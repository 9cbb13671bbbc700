"""What is said about the members of an invented family: school, health, work, insurance."""

from datetime import date
from random import Random
from typing import Any

from registry.choices import DisabilityType, Education, Health, Labour, Relation, SchoolStatus, WorkRegion
from web.demo.names import story
from web.demo.registers.families import Person

SCHOOL = {12: SchoolStatus.GRADE_7, 13: SchoolStatus.GRADE_8, 14: SchoolStatus.GRADE_9}
SENIOR = (SchoolStatus.SENIOR_1, SchoolStatus.SENIOR_2, SchoolStatus.SENIOR_3)
VOCATIONAL = (SchoolStatus.VOCATIONAL_1, SchoolStatus.VOCATIONAL_2, SchoolStatus.VOCATIONAL_3)
WORKING, AGED = range(18, 60), 60
LEAVES_TO_WORK, AT_COLLEGE = 0.12, 0.35
WORK = (None, WorkRegion.TOWNSHIP, WorkRegion.COUNTY, WorkRegion.PROVINCE, WorkRegion.ELSEWHERE)
WORK_CHANCES = (34, 18, 12, 10, 26)
HEALTH = (Health.HEALTHY, Health.CHRONIC_ILLNESS, Health.SERIOUS_ILLNESS, Health.DISABILITY)


def school_of(person: Person, day: date) -> SchoolStatus:
    """Return where somebody learns on a day; the school year begins in September. His path is his own in every year."""
    september = date(day.year if day.month >= 9 else day.year - 1, 9, 1)
    age = person.age(september)
    if age < 3 or age > 21:
        return SchoolStatus.NOT_IN_SCHOOL
    if age < 15:
        return SchoolStatus.PRESCHOOL if age < 6 else SCHOOL.get(age, SchoolStatus.PRIMARY)
    path = Random(person.number).random()  # noqa: S311 - a demo that can be repeated
    if age < 18:
        return SchoolStatus.NOT_IN_SCHOOL if path < LEAVES_TO_WORK else (VOCATIONAL if path < 0.5 else SENIOR)[age - 15]
    return SchoolStatus.COLLEGE if path > 1 - AT_COLLEGE else SchoolStatus.NOT_IN_SCHOOL


def describe(person: Person, day: date, *, dibao: bool, dice: Random) -> dict[str, Any]:
    """Return what the register says about a member on a day."""
    school = school_of(person, day)
    values: dict[str, Any] = {"school_status": school, "education_level": _education(person.age(day), school, dice)}
    values |= _health(person, day, dice) | _insured(person, day, school, dice)
    values["labour_ability"] = _labour(person.age(day), school, values["health_status"], dice)
    if values["labour_ability"] in (Labour.ORDINARY, Labour.SKILLED):
        values |= _work(person.age(day), dice)
    values["receives_dibao"] = dibao
    values["speaks_putonghua"] = 5 < person.age(day) < 50 or dice.random() < 0.5
    return values


def _education(age: int, school: SchoolStatus, dice: Random) -> Education:
    if age < 7:
        return Education.PRESCHOOL_CHILD
    if age < 15 or age > 70:
        return Education.ILLITERATE if age > 70 and dice.random() < 0.4 else Education.PRIMARY
    if age < 22:
        return {SchoolStatus.COLLEGE: Education.COLLEGE}.get(school, Education.JUNIOR)
    levels = (Education.PRIMARY, Education.JUNIOR, Education.SENIOR, Education.COLLEGE)
    return dice.choices(levels, weights=(40, 42, 13, 5) if age > 45 else (8, 58, 20, 14))[0]


def _health(person: Person, day: date, dice: Random) -> dict[str, Any]:
    age = person.age(day)
    weights = (60, 33, 3, 4) if age >= AGED else (93, 4, 1, 2)
    found = dice.choices(HEALTH, weights=weights)[0]
    values: dict[str, Any] = {"health_status": [found.value]}
    if found is Health.DISABILITY:
        values["disability_type"] = dice.choice(list(DisabilityType)[:6])
        values["disability_level"] = dice.choice((1, 2, 2, 3, 3, 4))
    return values


def _insured(person: Person, day: date, school: SchoolStatus, dice: Random) -> dict[str, Any]:
    grown = person.age(day) >= 16 and school is SchoolStatus.NOT_IN_SCHOOL
    medical = dice.random() < 0.985
    return {
        "has_basic_medical_insurance": medical,
        "has_serious_illness_insurance": medical,
        "has_basic_pension": dice.random() < 0.9 if grown else None,
    }


def _labour(age: int, school: SchoolStatus, health: list[str], dice: Random) -> Labour:
    if age < 16 or school is not SchoolStatus.NOT_IN_SCHOOL:
        return Labour.NONE
    if age > 72 or health in ([Health.SERIOUS_ILLNESS.value], [Health.DISABILITY.value]) and dice.random() < 0.7:
        return Labour.LOST
    return Labour.SKILLED if age < 55 and dice.random() < 0.12 else Labour.ORDINARY


def _work(age: int, dice: Random) -> dict[str, Any]:
    where = dice.choices(WORK, weights=WORK_CHANCES)[0] if age in WORKING else None
    if where is None:
        job = age in range(40, 70) and dice.random() < 0.12
        return {"public_welfare_job": True, "job_months": 12} if job else {"work_months": 0}
    places = story("registers")["work_places"].get(where.value)
    place = dice.choice(places) if places else None
    return {"work_region": where, "work_place": place, "work_months": dice.randint(3, 11)}


def is_alone(family: list[Person], day: date) -> bool:
    """Return whether an old head lives without a spouse."""
    spouse = any(person.relation is Relation.SPOUSE for person in family)
    return not spouse and family[0].age(day) >= AGED
