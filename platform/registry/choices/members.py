"""The closed sets of a member of a household (domain.md 2.1, A4 to A16)."""

from enum import StrEnum

from core.i18n import _l, register_labels


class Sex(StrEnum):
    MALE = "male"
    FEMALE = "female"


class IdType(StrEnum):
    RESIDENT_ID = "resident_id"
    DISABILITY_CERTIFICATE = "disability_certificate"
    OFFICER_CARD = "officer_card"


class Relation(StrEnum):
    """What the member is to the head. A household has exactly one head on every day."""

    HEAD = "head"
    SPOUSE = "spouse"
    SON = "son"
    DAUGHTER = "daughter"
    DAUGHTER_IN_LAW = "daughter_in_law"
    SON_IN_LAW = "son_in_law"
    GRANDSON = "grandson"
    GRANDDAUGHTER = "granddaughter"
    DAUGHTERS_SON = "daughters_son"
    DAUGHTERS_DAUGHTER = "daughters_daughter"
    FATHER = "father"
    MOTHER = "mother"
    WIFES_FATHER = "wifes_father"
    WIFES_MOTHER = "wifes_mother"
    HUSBANDS_FATHER = "husbands_father"
    HUSBANDS_MOTHER = "husbands_mother"
    GRANDFATHER = "grandfather"
    GRANDMOTHER = "grandmother"
    MOTHERS_FATHER = "mothers_father"
    MOTHERS_MOTHER = "mothers_mother"
    BROTHER_OR_SISTER = "brother_or_sister"
    OTHER = "other"


class Education(StrEnum):
    ILLITERATE = "illiterate"
    PRIMARY = "primary"
    JUNIOR = "junior"
    SENIOR = "senior"
    COLLEGE = "college"
    PRESCHOOL_CHILD = "preschool_child"


class SchoolStatus(StrEnum):
    NOT_IN_SCHOOL = "not_in_school"
    PRESCHOOL = "preschool"
    PRIMARY = "primary"
    GRADE_7 = "grade_7"
    GRADE_8 = "grade_8"
    GRADE_9 = "grade_9"
    SENIOR_1 = "senior_1"
    SENIOR_2 = "senior_2"
    SENIOR_3 = "senior_3"
    VOCATIONAL_1 = "vocational_1"
    VOCATIONAL_2 = "vocational_2"
    VOCATIONAL_3 = "vocational_3"
    HIGHER_VOCATIONAL_1 = "higher_vocational_1"
    HIGHER_VOCATIONAL_2 = "higher_vocational_2"
    HIGHER_VOCATIONAL_3 = "higher_vocational_3"
    COLLEGE = "college"


class Health(StrEnum):
    """A member may have several; `healthy` stands alone."""

    HEALTHY = "healthy"
    CHRONIC_ILLNESS = "chronic_illness"
    SERIOUS_ILLNESS = "serious_illness"
    DISABILITY = "disability"


class DisabilityType(StrEnum):
    """The seven kinds of the certificate, in its order."""

    VISUAL = "visual"
    HEARING = "hearing"
    SPEECH = "speech"
    PHYSICAL = "physical"
    INTELLECTUAL = "intellectual"
    MENTAL = "mental"
    MULTIPLE = "multiple"


class Labour(StrEnum):
    ORDINARY = "ordinary"
    SKILLED = "skilled"
    LOST = "lost"
    NONE = "none"


class WorkRegion(StrEnum):
    TOWNSHIP = "township"
    COUNTY = "county"
    PROVINCE = "province"
    ELSEWHERE = "elsewhere"


class PoliticalStatus(StrEnum):
    """Not needed by the platform; kept where a local form asks for it."""

    PARTY_MEMBER = "party_member"
    PROBATIONARY_MEMBER = "probationary_member"
    YOUTH_LEAGUE = "youth_league"
    DEMOCRATIC_PARTY = "democratic_party"
    NO_PARTY = "no_party"
    MASSES = "masses"


register_labels({Sex.MALE: _l("Male"), Sex.FEMALE: _l("Female")})
register_labels(
    {
        IdType.RESIDENT_ID: _l("Resident ID card"),
        IdType.DISABILITY_CERTIFICATE: _l("Disability certificate"),
        IdType.OFFICER_CARD: _l("Military officer's card"),
    }
)
register_labels(
    {
        Relation.HEAD: _l("Head (himself or herself)"),
        Relation.SPOUSE: _l("Spouse"),
        Relation.SON: _l("Son"),
        Relation.DAUGHTER: _l("Daughter"),
        Relation.DAUGHTER_IN_LAW: _l("Daughter-in-law"),
        Relation.SON_IN_LAW: _l("Son-in-law"),
        Relation.GRANDSON: _l("Son's son"),
        Relation.GRANDDAUGHTER: _l("Son's daughter"),
        Relation.DAUGHTERS_SON: _l("Daughter's son"),
        Relation.DAUGHTERS_DAUGHTER: _l("Daughter's daughter"),
        Relation.FATHER: _l("Father"),
        Relation.MOTHER: _l("Mother"),
        Relation.WIFES_FATHER: _l("Wife's father"),
        Relation.WIFES_MOTHER: _l("Wife's mother"),
        Relation.HUSBANDS_FATHER: _l("Husband's father"),
        Relation.HUSBANDS_MOTHER: _l("Husband's mother"),
        Relation.GRANDFATHER: _l("Father's father"),
        Relation.GRANDMOTHER: _l("Father's mother"),
        Relation.MOTHERS_FATHER: _l("Mother's father"),
        Relation.MOTHERS_MOTHER: _l("Mother's mother"),
        Relation.BROTHER_OR_SISTER: _l("Brother or sister"),
        Relation.OTHER: _l("Another relation"),
    }
)
register_labels(
    {
        Education.ILLITERATE: _l("Illiterate or half-literate"),
        Education.PRIMARY: _l("Primary school finished"),
        Education.JUNIOR: _l("Junior middle school finished"),
        Education.SENIOR: _l("Senior middle school finished"),
        Education.COLLEGE: _l("College or above"),
        Education.PRESCHOOL_CHILD: _l("Child before school"),
    }
)
register_labels(
    {
        SchoolStatus.NOT_IN_SCHOOL: _l("Not in school"),
        SchoolStatus.PRESCHOOL: _l("Pre-school"),
        SchoolStatus.PRIMARY: _l("Primary school"),
        SchoolStatus.GRADE_7: _l("Grade 7"),
        SchoolStatus.GRADE_8: _l("Grade 8"),
        SchoolStatus.GRADE_9: _l("Grade 9"),
        SchoolStatus.SENIOR_1: _l("Senior middle school, year 1"),
        SchoolStatus.SENIOR_2: _l("Senior middle school, year 2"),
        SchoolStatus.SENIOR_3: _l("Senior middle school, year 3"),
        SchoolStatus.VOCATIONAL_1: _l("Secondary vocational school, year 1"),
        SchoolStatus.VOCATIONAL_2: _l("Secondary vocational school, year 2"),
        SchoolStatus.VOCATIONAL_3: _l("Secondary vocational school, year 3"),
        SchoolStatus.HIGHER_VOCATIONAL_1: _l("Higher vocational school, year 1"),
        SchoolStatus.HIGHER_VOCATIONAL_2: _l("Higher vocational school, year 2"),
        SchoolStatus.HIGHER_VOCATIONAL_3: _l("Higher vocational school, year 3"),
        SchoolStatus.COLLEGE: _l("At college or university"),
    }
)
register_labels(
    {
        Health.HEALTHY: _l("Healthy"),
        Health.CHRONIC_ILLNESS: _l("Long-term chronic illness"),
        Health.SERIOUS_ILLNESS: _l("Serious illness"),
        Health.DISABILITY: _l("Disabled"),
    }
)
register_labels(
    {
        DisabilityType.VISUAL: _l("Visual disability"),
        DisabilityType.HEARING: _l("Hearing disability"),
        DisabilityType.SPEECH: _l("Speech disability"),
        DisabilityType.PHYSICAL: _l("Physical disability"),
        DisabilityType.INTELLECTUAL: _l("Intellectual disability"),
        DisabilityType.MENTAL: _l("Mental disability"),
        DisabilityType.MULTIPLE: _l("Multiple disabilities"),
    }
)
register_labels(
    {
        Labour.ORDINARY: _l("Ordinary labour"),
        Labour.SKILLED: _l("Skilled labour"),
        Labour.LOST: _l("Lost the ability to work"),
        Labour.NONE: _l("No ability to work"),
    }
)
register_labels(
    {
        WorkRegion.TOWNSHIP: _l("In the township"),
        WorkRegion.COUNTY: _l("In the county, outside the township"),
        WorkRegion.PROVINCE: _l("In the province, outside the county"),
        WorkRegion.ELSEWHERE: _l("Outside the province"),
    }
)
register_labels(
    {
        PoliticalStatus.PARTY_MEMBER: _l("Party member"),
        PoliticalStatus.PROBATIONARY_MEMBER: _l("Probationary party member"),
        PoliticalStatus.YOUTH_LEAGUE: _l("Youth League member"),
        PoliticalStatus.DEMOCRATIC_PARTY: _l("Member of a democratic party"),
        PoliticalStatus.NO_PARTY: _l("Person without party affiliation"),
        PoliticalStatus.MASSES: _l("Of the people, in no party"),
    }
)
