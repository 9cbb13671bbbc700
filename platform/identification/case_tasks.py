"""What is to be done next with a case, as a task: a verb and an object, by the state in which it waits."""

from core.i18n import LazyString, _l
from identification.case_choices import CaseStage

stage_tasks: dict[CaseStage, LazyString] = {
    CaseStage.CLUE: _l("Go and see whether it is so"),
    CaseStage.APPLIED: _l("Accept the application"),
    CaseStage.VERIFYING: _l("Visit and check at home"),
    CaseStage.REVIEWED: _l("Let the meeting vote"),
    CaseStage.PRELIMINARY: _l("Finish the preliminary list"),
    CaseStage.VILLAGE_VERIFIED: _l("Post the first notice"),
    CaseStage.TOWNSHIP_REVIEW: _l("Review as the township"),
    CaseStage.TOWNSHIP_REVIEWED: _l("Post the second notice"),
    CaseStage.COUNTY_REVIEW: _l("Decide as the county"),
    CaseStage.COUNTY_APPROVED: _l("Announce the decision"),
    CaseStage.ELIGIBLE_OVER_QUOTA: _l("Answer a household beyond the number"),
    CaseStage.ANNOUNCED: _l("Put on the register"),
    CaseStage.MONITORED: _l("Write the help plan"),
    CaseStage.PLAN_MADE: _l("Start the measures"),
    CaseStage.CLEARING_REVIEW: _l("Decide whether the risk is gone"),
}
