"""What notices and receipts need to know of a case, and nothing more."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from core.i18n import _, label
from core.policy import Actor
from identification.case_choices import CaseStage
from identification.case_packs import pack_labels, pack_of
from identification.notice_choices import NoticeStep
from identification.queries.cases import cases_ready_for_notice, find_case, office_of
from identification.queries.notices import listed_cases
from regions.queries import published_children


@dataclass(frozen=True)
class ReadyCase:
    """A case as the composer of a notice sees it: the fields that may be shown, and whose they are."""

    id: UUID
    subject: str
    place_code: str
    group_no: str
    name: str
    household_suffix: str
    persons: int


@dataclass(frozen=True)
class CaseStanding:
    """How far a case has come, in words for the one who told about it."""

    words: str
    with_office: str = ""
    due_on: date | None = None
    reason: str = ""


def ready_cases(actor: Actor, region_code: str, pack: str, step: NoticeStep) -> list[ReadyCase]:
    """Return the cases that wait for a notice of the place and stand on none that was made but does not hang yet."""
    ready = cases_ready_for_notice(actor, region_code, pack, step.value)
    listed = listed_cases(found.id for found in ready)
    return [
        ReadyCase(
            found.id,
            f"household/{found.household_id}",
            found.region_code,
            found.group_no,
            found.head_name,
            found.household_suffix,
            found.persons,
        )
        for found in ready
        if found.id not in listed
    ]


def boards_of(region_code: str, step: NoticeStep) -> list[str]:
    """Return the villages in which the notice hangs: every one of the township for the second, else the village."""
    if step is NoticeStep.SECOND:
        return [place.code for place in published_children(region_code)]
    return [region_code]


def pack_steps(region_code: str, on: date) -> list[tuple[str, NoticeStep]]:
    """Return the notices of all packs, in their order."""
    found = []
    for code in pack_labels:
        pack = pack_of(code, region_code, on)
        found += [(code, NoticeStep(notice["id"])) for notice in pack["notices"]]
        if pack["announcement"]:
            found.append((code, NoticeStep.ANNOUNCEMENT))
    return found


def pack_words(pack: str) -> str:
    """Return the name of a policy pack for people."""
    return str(pack_labels[pack])


def office_words(office: str) -> str:
    """Return the level whose turn it is, in words; nothing if it is nobody's."""
    offices = {
        "village": _("the village office"),
        "township": _("the township office"),
        "county": _("the county office"),
        "province": _("the province"),
    }
    return offices.get(office, "")


def standing_of(case_id: UUID) -> CaseStanding:
    """Return how far a case has come."""
    case = find_case(case_id)
    reason = label(case.reject_reason) if case.stage is CaseStage.NOT_ADMITTED and case.reject_reason else ""
    return CaseStanding(label(case.stage), office_words(office_of(case)), case.due_on, reason)
