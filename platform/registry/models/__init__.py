"""Households, villages, their members and cards; one file for each part of the register."""

from registry.models.cards import CardGuess, CardReplacement, HouseholdCard
from registry.models.drafts import SurveyDraft
from registry.models.erasures import ErasureOrder
from registry.models.findings import Finding
from registry.models.households import Household, HouseholdProfile, Village
from registry.models.imports import ImportBatch, ImportProgress, SheetExport
from registry.models.incomes import IncomeItem, IncomeRecord
from registry.models.living import LivingConditions
from registry.models.members import Member, MemberEvent, MemberProfile, Membership
from registry.models.papers import SignedPaper
from registry.models.villages import StationedTeam, VillagePlan, VillageProfile, VillageResult

__all__ = [
    "CardGuess",
    "CardReplacement",
    "ErasureOrder",
    "Finding",
    "Household",
    "HouseholdCard",
    "HouseholdProfile",
    "ImportBatch",
    "ImportProgress",
    "IncomeItem",
    "IncomeRecord",
    "LivingConditions",
    "Member",
    "MemberEvent",
    "MemberProfile",
    "Membership",
    "SignedPaper",
    "SheetExport",
    "StationedTeam",
    "SurveyDraft",
    "Village",
    "VillagePlan",
    "VillageProfile",
    "VillageResult",
]
