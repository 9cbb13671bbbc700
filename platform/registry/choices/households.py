"""The closed sets of a household's description (domain.md 2.1, 2.2, 5.4, 5.6)."""

from enum import StrEnum

from core.i18n import _l, register_labels


class Source(StrEnum):
    """Where a value comes from."""

    VISIT = "visit"
    DEPARTMENT = "department"
    IMPORT = "import"
    FORM = "form"
    PAPER = "paper"


class Cause(StrEnum):
    """The causes of domain.md 2.2. `low_motivation` stigmatises and never leaves the file."""

    ILLNESS = "illness"
    DISABILITY = "disability"
    SCHOOLING = "schooling"
    DISASTER = "disaster"
    LACK_LAND = "lack_land"
    LACK_WATER = "lack_water"
    LACK_SKILL = "lack_skill"
    LACK_LABOUR = "lack_labour"
    LACK_CAPITAL = "lack_capital"
    POOR_TRANSPORT = "poor_transport"
    LOW_MOTIVATION = "low_motivation"
    MARRIAGE_COST = "marriage_cost"
    FUNERAL_COST = "funeral_cost"
    LACK_HOUSING = "lack_housing"
    LACK_POWER = "lack_power"
    OTHER = "other"


class RiskType(StrEnum):
    """Why a household may fall (back) into poverty; up to five, in order."""

    ILLNESS = "illness"
    SCHOOLING = "schooling"
    DISABILITY = "disability"
    NATURAL_DISASTER = "natural_disaster"
    ACCIDENT = "accident"
    BUSINESS_FAILURE = "business_failure"
    UNSTABLE_WORK = "unstable_work"
    LACK_LABOUR = "lack_labour"
    HOUSING = "housing"
    WATER = "water"
    OTHER = "other"


class IdentificationStandard(StrEnum):
    NATIONAL = "national"
    PROVINCIAL = "provincial"
    MUNICIPAL = "municipal"


class HouseholdCategory(StrEnum):
    """The form's kinds of household; other provinces tick several, so a household has a set of them."""

    GENERAL_POOR = "general_poor"
    DIBAO_HOUSEHOLD = "dibao_household"
    WUBAO_HOUSEHOLD = "wubao_household"
    DIBAO_POOR = "dibao_poor"


class PovertyStatus(StrEnum):
    NONE = "none"
    NOT_OUT = "not_out"
    PRE_EXIT = "pre_exit"
    EXITED = "exited"
    RELAPSED = "relapsed"
    REMOVED = "removed"
    ENDED = "ended"


class MonitoringStatus(StrEnum):
    NONE = "none"
    MONITORED = "monitored"
    CLEARED = "cleared"


class MonitoringKind(StrEnum):
    UNSTABLE_EXITED = "unstable_exited"
    MARGINAL_AT_RISK = "marginal_at_risk"
    SUDDEN_SEVERE_DIFFICULTY = "sudden_severe_difficulty"


class ClearingMethod(StrEnum):
    """How a monitored household's risk went away (domain.md 5.5)."""

    BY_HELP = "by_help"
    BY_ITSELF = "by_itself"


class RelocationMode(StrEnum):
    CONCENTRATED = "concentrated"
    DISPERSED = "dispersed"


register_labels(
    {
        Source.VISIT: _l("Visit to the house"),
        Source.DEPARTMENT: _l("Another department"),
        Source.IMPORT: _l("Imported sheet"),
        Source.FORM: _l("Form on the screen"),
        Source.PAPER: _l("Paper form"),
    }
)
register_labels(
    {
        Cause.ILLNESS: _l("Illness"),
        Cause.DISABILITY: _l("Disability"),
        Cause.SCHOOLING: _l("Children at school"),
        Cause.DISASTER: _l("Disaster"),
        Cause.LACK_LAND: _l("Lack of land"),
        Cause.LACK_WATER: _l("Lack of water"),
        Cause.LACK_SKILL: _l("Lack of skills"),
        Cause.LACK_LABOUR: _l("Lack of labour"),
        Cause.LACK_CAPITAL: _l("Lack of capital"),
        Cause.POOR_TRANSPORT: _l("Poor roads"),
        Cause.LOW_MOTIVATION: _l("Little drive of their own"),
        Cause.MARRIAGE_COST: _l("Cost of a wedding"),
        Cause.FUNERAL_COST: _l("Cost of a funeral"),
        Cause.LACK_HOUSING: _l("Lack of housing"),
        Cause.LACK_POWER: _l("Lack of electricity"),
        Cause.OTHER: _l("Another cause"),
    }
)
register_labels(
    {
        RiskType.ILLNESS: _l("Risk by illness"),
        RiskType.SCHOOLING: _l("Risk by costs of schooling"),
        RiskType.DISABILITY: _l("Risk by disability"),
        RiskType.NATURAL_DISASTER: _l("Risk by a natural disaster"),
        RiskType.ACCIDENT: _l("Risk by an accident"),
        RiskType.BUSINESS_FAILURE: _l("Risk by a business that failed"),
        RiskType.UNSTABLE_WORK: _l("Risk by unsteady work away from home"),
        RiskType.LACK_LABOUR: _l("Risk by lack of labour"),
        RiskType.HOUSING: _l("Risk by housing"),
        RiskType.WATER: _l("Risk by drinking water"),
        RiskType.OTHER: _l("Another risk"),
    }
)
register_labels(
    {
        IdentificationStandard.NATIONAL: _l("National standard"),
        IdentificationStandard.PROVINCIAL: _l("Provincial standard"),
        IdentificationStandard.MUNICIPAL: _l("Municipal standard"),
    }
)
register_labels(
    {
        HouseholdCategory.GENERAL_POOR: _l("Ordinary poor household"),
        HouseholdCategory.DIBAO_HOUSEHOLD: _l("Household on dibao"),
        HouseholdCategory.WUBAO_HOUSEHOLD: _l("Household in extreme difficulty (tekun)"),
        HouseholdCategory.DIBAO_POOR: _l("Poor household on dibao"),
    }
)
register_labels(
    {
        PovertyStatus.NONE: _l("Never registered"),
        PovertyStatus.NOT_OUT: _l("Registered, not out of poverty"),
        PovertyStatus.PRE_EXIT: _l("On the list to leave poverty"),
        PovertyStatus.EXITED: _l("Out of poverty"),
        PovertyStatus.RELAPSED: _l("Fallen back"),
        PovertyStatus.REMOVED: _l("Taken off, registered wrongly"),
        PovertyStatus.ENDED: _l("Household ended"),
    }
)
register_labels(
    {
        MonitoringStatus.NONE: _l("Not monitored"),
        MonitoringStatus.MONITORED: _l("Monitored"),
        MonitoringStatus.CLEARED: _l("Risk cleared"),
    }
)
register_labels(
    {
        MonitoringKind.UNSTABLE_EXITED: _l("Out of poverty but unstable"),
        MonitoringKind.MARGINAL_AT_RISK: _l("At the margin of poverty"),
        MonitoringKind.SUDDEN_SEVERE_DIFFICULTY: _l("Sudden severe difficulty"),
    }
)
register_labels({ClearingMethod.BY_HELP: _l("Cleared by help"), ClearingMethod.BY_ITSELF: _l("Cleared without help")})
register_labels(
    {
        RelocationMode.CONCENTRATED: _l("Resettled together"),
        RelocationMode.DISPERSED: _l("Resettled one by one"),
    }
)
