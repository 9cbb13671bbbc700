"""Rules about the members of a household."""

from collections.abc import Iterator

from core.i18n import _l
from registry.choices import Education, Health, IdType, Labour, Relation, SchoolStatus, Severity, Sex
from registry.queries.dossiers import MemberOn
from registry.rules.checking import DataQualityRule, Found, HouseholdFacts

R = Relation
CHILDREN = {R.SON, R.DAUGHTER}
PARENTS = {R.FATHER, R.MOTHER}
GRANDCHILDREN = {R.GRANDSON, R.GRANDDAUGHTER, R.DAUGHTERS_SON, R.DAUGHTERS_DAUGHTER}
GRANDPARENTS = {R.GRANDFATHER, R.GRANDMOTHER, R.MOTHERS_FATHER, R.MOTHERS_MOTHER}
MALE = {
    *(R.SON, R.SON_IN_LAW, R.GRANDSON, R.DAUGHTERS_SON, R.FATHER, R.WIFES_FATHER, R.HUSBANDS_FATHER),
    *(R.GRANDFATHER, R.MOTHERS_FATHER),
}
FEMALE = {
    *(R.DAUGHTER, R.DAUGHTER_IN_LAW, R.GRANDDAUGHTER, R.DAUGHTERS_DAUGHTER, R.MOTHER, R.WIFES_MOTHER),
    *(R.HUSBANDS_MOTHER, R.GRANDMOTHER, R.MOTHERS_MOTHER),
}


def _of(member: MemberOn, **more: object) -> Found:
    return Found(details={"member": str(member.member.id), **more})


def _id_twice(facts: HouseholdFacts) -> Iterator[Found]:
    ids = sorted(str(member) for member in facts.twice)
    if ids:
        yield Found(details={"members": ids})


def _id_missing(facts: HouseholdFacts) -> Iterator[Found]:
    missing = [str(m.member.id) for m in facts.members if m.member.id_number is None]
    if missing:
        yield Found(details={"members": missing})


def _head_birth(facts: HouseholdFacts) -> int | None:
    heads = (m.member.birth_year for m in facts.members if m.membership.relation_to_head is R.HEAD)
    return next(heads, None)


def _generation_wrong(facts: HouseholdFacts) -> Iterator[Found]:
    """Parents and children are years apart; the head's own year decides."""
    head, wrong = _head_birth(facts), []
    for m in facts.members:
        relation, born = m.membership.relation_to_head, m.member.birth_year
        if head is not None and born is not None and not _apart(facts, relation, born - head):
            wrong.append(str(m.member.id))
    if wrong:
        yield Found(details={"members": sorted(wrong)})


def _apart(facts: HouseholdFacts, relation: Relation, years: int) -> bool:
    """Return whether somebody born so many years after the head may be this to him."""
    one = facts.limit("parent_older_by")
    if relation in CHILDREN:
        return years >= one
    if relation in GRANDCHILDREN:
        return years >= 2 * one
    if relation in PARENTS:
        return years <= -one
    if relation in GRANDPARENTS:
        return years <= -2 * one
    return True


def _sex_wrong(facts: HouseholdFacts) -> Iterator[Found]:
    wrong = [
        str(m.member.id)
        for m in facts.members
        if (m.membership.relation_to_head in MALE and m.member.sex is Sex.FEMALE)
        or (m.membership.relation_to_head in FEMALE and m.member.sex is Sex.MALE)
    ]
    if wrong:
        yield Found(details={"members": sorted(wrong)})


def _spouse_young(facts: HouseholdFacts) -> Iterator[Found]:
    for m in facts.members:
        young = m.age is not None and m.age < facts.limit("married_from_age")
        if m.membership.relation_to_head is R.SPOUSE and young:
            yield _of(m, age=m.age)


def _two_spouses(facts: HouseholdFacts) -> Iterator[Found]:
    spouses = sum(1 for m in facts.members if m.membership.relation_to_head is R.SPOUSE)
    if spouses > 1:
        yield Found(details={"spouses": spouses})


def _head_is_child(facts: HouseholdFacts) -> Iterator[Found]:
    for m in facts.members:
        if m.membership.relation_to_head is R.HEAD and m.age is not None and m.age < facts.limit("head_from_age"):
            yield _of(m, age=m.age)


def _relation_unclear(facts: HouseholdFacts) -> Iterator[Found]:
    found = [str(m.member.id) for m in facts.members if m.membership.relation_to_head is R.OTHER]
    if found:
        yield Found(details={"members": sorted(found)})


def _each(facts: HouseholdFacts, wrong: list[MemberOn]) -> Iterator[Found]:
    if wrong:
        yield Found(details={"members": sorted(str(m.member.id) for m in wrong)})


def _out_of_school(facts: HouseholdFacts) -> Iterator[Found]:
    """A child of compulsory age out of school needs a reason (domain.md 2.1, A10)."""
    first, last = facts.limit("school_from_age"), facts.limit("school_until_age")
    yield from _each(
        facts,
        [
            m
            for m in facts.members
            if m.profile is not None and m.profile.school_status is SchoolStatus.NOT_IN_SCHOOL
            if m.age is not None and first <= m.age <= last and not m.profile.dropout_reason
        ],
    )


def _healthy_and_ill(facts: HouseholdFacts) -> Iterator[Found]:
    healthy = Health.HEALTHY.value
    wrong = [m for m in facts.members if m.profile and healthy in m.profile.health_status]
    yield from _each(facts, [m for m in wrong if m.profile and len(m.profile.health_status) > 1])


def _disability_contradicts(facts: HouseholdFacts) -> Iterator[Found]:
    """A kind, a level or a certificate of disability, and the health says nothing of it."""
    wrong = []
    for m in facts.members:
        if m.profile is None or not m.profile.health_status or Health.DISABILITY.value in m.profile.health_status:
            continue
        certified = m.member.id_type is IdType.DISABILITY_CERTIFICATE
        if certified or m.profile.disability_type is not None or m.profile.disability_level is not None:
            wrong.append(m)
    yield from _each(facts, wrong)


def _work_contradicts(facts: HouseholdFacts) -> Iterator[Found]:
    """Months of work of somebody who cannot work, or more than a year has."""
    unable = {Labour.LOST, Labour.NONE}
    wrong = [
        m
        for m in facts.members
        if m.profile is not None and m.profile.labour_ability in unable and (m.profile.work_months or 0) > 0
    ]
    yield from _each(facts, wrong)


def _job_incomplete(facts: HouseholdFacts) -> Iterator[Found]:
    wrong = [m for m in facts.members if m.profile and m.profile.job_months and not m.profile.public_welfare_job]
    yield from _each(facts, wrong)


def _preschool_too_old(facts: HouseholdFacts) -> Iterator[Found]:
    last = facts.limit("school_from_age") + 2
    wrong = [m for m in facts.members if m.profile and m.age is not None and m.age > last]
    yield from _each(
        facts,
        [
            m
            for m in wrong
            if m.profile is not None
            and (
                m.profile.education_level is Education.PRESCHOOL_CHILD
                or m.profile.school_status is SchoolStatus.PRESCHOOL
            )
        ],
    )


def _counts_unexplained(facts: HouseholdFacts) -> Iterator[Found]:
    wrong = [m for m in facts.members if not m.counts and m.profile and not m.profile.counts_reason]
    yield from _each(facts, wrong)


def _no_insurance(facts: HouseholdFacts) -> Iterator[Found]:
    """Known to be without basic medical insurance; not collected is not this."""
    wrong = [m for m in facts.members if m.profile and m.profile.has_basic_medical_insurance is False]
    yield from _each(facts, wrong)


Rule, S = DataQualityRule[HouseholdFacts], Severity
MEMBER_RULES: tuple[DataQualityRule[HouseholdFacts], ...] = (
    Rule("id_twice", _l("The same ID number stands twice in the registers"), S.ERROR, _id_twice),
    Rule("id_missing", _l("A member has no ID number on file"), S.NOTE, _id_missing),
    Rule("generation_wrong", _l("Ages do not fit the relation to the head"), S.SUSPICIOUS, _generation_wrong),
    Rule("sex_wrong", _l("The sex does not fit the relation to the head"), S.ERROR, _sex_wrong),
    Rule("spouse_young", _l("The spouse is younger than the law allows"), S.SUSPICIOUS, _spouse_young),
    Rule("two_spouses", _l("The head has two spouses on file"), S.ERROR, _two_spouses),
    Rule("head_is_child", _l("The head of the household is a child"), S.SUSPICIOUS, _head_is_child),
    Rule("relation_unclear", _l("What a member is to the head is not said"), S.NOTE, _relation_unclear),
    Rule("out_of_school", _l("A child of school age is out of school without a reason"), S.ERROR, _out_of_school),
    Rule("healthy_and_ill", _l("Healthy stands beside an illness or disability"), S.ERROR, _healthy_and_ill),
    Rule(
        "disability_contradicts",
        _l("A disability is on file, and the health says nothing of it"),
        S.SUSPICIOUS,
        _disability_contradicts,
    ),
    Rule("work_contradicts", _l("Somebody who cannot work has months of work"), S.SUSPICIOUS, _work_contradicts),
    Rule("job_incomplete", _l("Months in a public-welfare job, but no such job"), S.ERROR, _job_incomplete),
    Rule("preschool_too_old", _l("A child before school is too old for it"), S.SUSPICIOUS, _preschool_too_old),
    Rule(
        "counts_unexplained",
        _l("A member does not count for the income, without a reason"),
        S.NOTE,
        _counts_unexplained,
    ),
    Rule("no_insurance", _l("A member has no basic medical insurance"), S.SUSPICIOUS, _no_insurance),
)
