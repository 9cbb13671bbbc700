"""The items of a household's year (domain.md 2.1, income), each in its group."""

from enum import StrEnum

from core.i18n import _l, register_labels


class IncomeConcept(StrEnum):
    """`disposable` also takes off what the household hands on, such as contributions to social insurance."""

    NET = "net"
    DISPOSABLE = "disposable"


class IncomeGroup(StrEnum):
    WAGE = "wage"
    BUSINESS = "business"
    PROPERTY = "property"
    TRANSFER = "transfer"
    BUSINESS_EXPENSE = "business_expense"
    TRANSFER_EXPENSE = "transfer_expense"
    CLAIMS = "claims"
    SELF_PAID = "self_paid"


class IncomeCode(StrEnum):
    """One line of the sheet; `group_of_item` says where it belongs."""

    WAGE_MIGRANT = "wage_migrant"
    WAGE_SECTOR_JOB = "wage_sector_job"
    WAGE_TOWNSHIP_JOB = "wage_township_job"
    WAGE_VILLAGE_JOB = "wage_village_job"
    WAGE_GATHERING = "wage_gathering"
    WAGE_OTHER = "wage_other"
    BUSINESS_CROPS = "business_crops"
    BUSINESS_LIVESTOCK = "business_livestock"
    BUSINESS_FORESTRY_FRUIT = "business_forestry_fruit"
    BUSINESS_OTHER = "business_other"
    PROPERTY_DIVIDENDS = "property_dividends"
    PROPERTY_LAND_TRANSFER = "property_land_transfer"
    PROPERTY_LOAN_PROJECT = "property_loan_project"
    PROPERTY_ENTRUSTED_FARMING = "property_entrusted_farming"
    PROPERTY_OTHER = "property_other"
    TRANSFER_FAMILY_PLANNING = "transfer_family_planning"
    TRANSFER_DIBAO = "transfer_dibao"
    TRANSFER_TEKUN = "transfer_tekun"
    TRANSFER_PENSION = "transfer_pension"
    TRANSFER_ECO_RETURNED_FOREST = "transfer_eco_returned_forest"
    TRANSFER_ECO_PUBLIC_FOREST = "transfer_eco_public_forest"
    TRANSFER_ECO_GRASSLAND = "transfer_eco_grassland"
    TRANSFER_ECO_RESETTLEMENT = "transfer_eco_resettlement"
    TRANSFER_ECO_OTHER = "transfer_eco_other"
    TRANSFER_CROP_SUBSIDY = "transfer_crop_subsidy"
    TRANSFER_LAND_FERTILITY = "transfer_land_fertility"
    TRANSFER_INSURANCE = "transfer_insurance"
    TRANSFER_OLD_AGE = "transfer_old_age"
    TRANSFER_VETERANS = "transfer_veterans"
    TRANSFER_DISABILITY = "transfer_disability"
    TRANSFER_EDUCATION_AID = "transfer_education_aid"
    TRANSFER_DISASTER_RELIEF = "transfer_disaster_relief"
    TRANSFER_FAMILY_SUPPORT = "transfer_family_support"
    TRANSFER_HEATING = "transfer_heating"
    TRANSFER_SOCIAL_RELIEF = "transfer_social_relief"
    TRANSFER_ANTI_POVERTY_INSURANCE = "transfer_anti_poverty_insurance"
    TRANSFER_DONATIONS = "transfer_donations"
    TRANSFER_OTHER = "transfer_other"
    EXPENSE_CROPS = "expense_crops"
    EXPENSE_LIVESTOCK = "expense_livestock"
    EXPENSE_FORESTRY = "expense_forestry"
    EXPENSE_OTHER = "expense_other"
    PAID_SOCIAL_INSURANCE = "paid_social_insurance"
    PAID_FAMILY_SUPPORT = "paid_family_support"
    PAID_OTHER = "paid_other"
    CLAIMS_INCOME = "claims_income"
    COMPLIANT_SELF_PAID = "compliant_self_paid"


_PREFIXES = {
    "wage": IncomeGroup.WAGE,
    "business": IncomeGroup.BUSINESS,
    "property": IncomeGroup.PROPERTY,
    "transfer": IncomeGroup.TRANSFER,
    "expense": IncomeGroup.BUSINESS_EXPENSE,
    "paid": IncomeGroup.TRANSFER_EXPENSE,
    "claims": IncomeGroup.CLAIMS,
    "compliant": IncomeGroup.SELF_PAID,
}


def group_of_item(code: IncomeCode) -> IncomeGroup:
    """Return the group that the item is summed in."""
    return _PREFIXES[code.value.partition("_")[0]]


register_labels({IncomeConcept.NET: _l("Net income"), IncomeConcept.DISPOSABLE: _l("Disposable income")})
register_labels(
    {
        IncomeGroup.WAGE: _l("Wages"),
        IncomeGroup.BUSINESS: _l("Farming and business, before costs"),
        IncomeGroup.PROPERTY: _l("Income from property"),
        IncomeGroup.TRANSFER: _l("Transfers received"),
        IncomeGroup.BUSINESS_EXPENSE: _l("Costs of farming and business"),
        IncomeGroup.TRANSFER_EXPENSE: _l("Transfers paid"),
        IncomeGroup.CLAIMS: _l("Insurance claims"),
        IncomeGroup.SELF_PAID: _l("Recognised costs paid by oneself"),
    }
)
register_labels(
    {
        IncomeCode.WAGE_MIGRANT: _l("Work away from home"),
        IncomeCode.WAGE_SECTOR_JOB: _l("Public-welfare job of a department"),
        IncomeCode.WAGE_TOWNSHIP_JOB: _l("Public-welfare job of the township"),
        IncomeCode.WAGE_VILLAGE_JOB: _l("Public-welfare job of the village"),
        IncomeCode.WAGE_GATHERING: _l("Gathering wild plants"),
        IncomeCode.WAGE_OTHER: _l("Other wages"),
        IncomeCode.BUSINESS_CROPS: _l("Crops"),
        IncomeCode.BUSINESS_LIVESTOCK: _l("Livestock and poultry"),
        IncomeCode.BUSINESS_FORESTRY_FRUIT: _l("Forestry and fruit"),
        IncomeCode.BUSINESS_OTHER: _l("Other farming or business"),
        IncomeCode.PROPERTY_DIVIDENDS: _l("Dividends from assets"),
        IncomeCode.PROPERTY_LAND_TRANSFER: _l("Rent for land"),
        IncomeCode.PROPERTY_LOAN_PROJECT: _l("Project financed by a loan"),
        IncomeCode.PROPERTY_ENTRUSTED_FARMING: _l("Entrusted farming"),
        IncomeCode.PROPERTY_OTHER: _l("Other income from property"),
        IncomeCode.TRANSFER_FAMILY_PLANNING: _l("Family-planning payment"),
        IncomeCode.TRANSFER_DIBAO: _l("Dibao payment"),
        IncomeCode.TRANSFER_TEKUN: _l("Payment for extreme difficulty (tekun)"),
        IncomeCode.TRANSFER_PENSION: _l("Pension"),
        IncomeCode.TRANSFER_ECO_RETURNED_FOREST: _l("Subsidy for returned forest"),
        IncomeCode.TRANSFER_ECO_PUBLIC_FOREST: _l("Subsidy for public forest"),
        IncomeCode.TRANSFER_ECO_GRASSLAND: _l("Subsidy for grassland"),
        IncomeCode.TRANSFER_ECO_RESETTLEMENT: _l("Subsidy for ecological resettlement"),
        IncomeCode.TRANSFER_ECO_OTHER: _l("Other ecological subsidy"),
        IncomeCode.TRANSFER_CROP_SUBSIDY: _l("Crop subsidy"),
        IncomeCode.TRANSFER_LAND_FERTILITY: _l("Subsidy for keeping land fertile"),
        IncomeCode.TRANSFER_INSURANCE: _l("Insurance subsidy"),
        IncomeCode.TRANSFER_OLD_AGE: _l("Old-age allowance"),
        IncomeCode.TRANSFER_VETERANS: _l("Veterans' allowance"),
        IncomeCode.TRANSFER_DISABILITY: _l("Disability allowance"),
        IncomeCode.TRANSFER_EDUCATION_AID: _l("Aid for schooling"),
        IncomeCode.TRANSFER_DISASTER_RELIEF: _l("Disaster relief"),
        IncomeCode.TRANSFER_FAMILY_SUPPORT: _l("Support from children or alimony"),
        IncomeCode.TRANSFER_HEATING: _l("Heating subsidy"),
        IncomeCode.TRANSFER_SOCIAL_RELIEF: _l("Social relief"),
        IncomeCode.TRANSFER_ANTI_POVERTY_INSURANCE: _l("Anti-poverty insurance"),
        IncomeCode.TRANSFER_DONATIONS: _l("Regular donations and compensation"),
        IncomeCode.TRANSFER_OTHER: _l("Other transfers"),
        IncomeCode.EXPENSE_CROPS: _l("Costs of crops"),
        IncomeCode.EXPENSE_LIVESTOCK: _l("Costs of livestock"),
        IncomeCode.EXPENSE_FORESTRY: _l("Costs of forestry"),
        IncomeCode.EXPENSE_OTHER: _l("Other costs of production"),
        IncomeCode.PAID_SOCIAL_INSURANCE: _l("Contributions to social insurance"),
        IncomeCode.PAID_FAMILY_SUPPORT: _l("Support paid to relatives"),
        IncomeCode.PAID_OTHER: _l("Other transfers paid"),
        IncomeCode.CLAIMS_INCOME: _l("Claims paid by insurance"),
        IncomeCode.COMPLIANT_SELF_PAID: _l("Recognised medical, schooling and disaster costs paid by oneself"),
    }
)
