"""Tables of identification."""

from identification.models.cases import CaseStep, IdentificationCase, QuotaAnswer, Visit
from identification.models.checks import DepartmentMatch, VetoFlag
from identification.models.figures import VillageFigure
from identification.models.meetings import Meeting, MeetingMember, MeetingVote
from identification.models.notices import Notice, NoticeEntry, NoticeInspection
from identification.models.objections import Objection
from identification.models.own_reports import OwnReport, PaperCode
from identification.models.quotas import (
    QuotaLine,
    QuotaRun,
    QuotaSettlement,
    QuotaTransfer,
    RunStage,
    TransferStage,
)
from identification.models.rounds import FrameEntry, IdentificationRound

__all__ = [
    "CaseStep",
    "DepartmentMatch",
    "FrameEntry",
    "IdentificationCase",
    "IdentificationRound",
    "Meeting",
    "MeetingMember",
    "MeetingVote",
    "QuotaAnswer",
    "Notice",
    "NoticeEntry",
    "NoticeInspection",
    "Objection",
    "OwnReport",
    "PaperCode",
    "QuotaLine",
    "QuotaRun",
    "QuotaSettlement",
    "QuotaTransfer",
    "RunStage",
    "TransferStage",
    "VetoFlag",
    "VillageFigure",
    "Visit",
]
