"""Reports from the public: anonymous if one wishes, answered by the county."""

from uuid import UUID, uuid4

from accounts.queries import counties_with_officers
from core.clock import add_working_days, now, today
from core.db import db
from core.errors import NotValid, Refused
from core.i18n import LazyString, _l
from core.policy import Actor, require
from regions.codes import county_code
from supervision.models import PublicReport
from supervision.policy import SupervisionPermission

WORKING_DAYS = 5
LONGEST = 1000


def open_report(
    *, text: str, page: str = "", contact: str = "", region_code: str = "", household_id: UUID | None = None
) -> PublicReport:
    """Take a report; `region_code` is where it belongs, by default the first county of the site."""
    errors: dict[str, list[str | LazyString]] = {}
    if not 5 <= len(text.strip()) <= LONGEST:
        errors["text"] = [_l("Write what is wrong, in 5 to 1,000 characters.")]
    if len(contact) > 100:
        errors["contact"] = [_l("Write at most 100 characters.")]
    if errors:
        raise NotValid(errors)
    place = region_code or next(iter(counties_with_officers()), "")
    report = PublicReport(
        id=uuid4(),
        region_code=place,
        county_code=county_code(place) if place else "",
        page=page.strip()[:300],
        text=text.strip(),
        contact=contact.strip() or None,
        household_id=household_id,
        due_on=add_working_days(today(), WORKING_DAYS),
    )
    db.session.add(report)
    db.session.flush()  # the page names the report's number
    return report


def answer_report(report: PublicReport, *, actor: Actor, answer: str) -> None:
    """Write what was done about it."""
    require(actor, SupervisionPermission.REPORT_ANSWER, report)
    if report.answered_at is not None:
        raise Refused(_l("This was answered already."), code="answered")
    if not answer.strip():
        raise NotValid({"answer": [_l("Write what was done about it.")]})
    report.answer, report.answered_by, report.answered_at = answer.strip(), actor.account_id, now()
