"""An issue is opened by the system and closed by the county."""

from core.errors import Refused
from core.i18n import _l
from core.policy import Actor
from core.workflow import Facts, Transition, Workflow
from supervision.models import IssueStage, SupervisionIssue
from supervision.policy import SupervisionPermission


def _unconcerned(issue: SupervisionIssue, actor: Actor, facts: Facts) -> None:
    if issue.donor_id is not None and actor.donor_id == issue.donor_id:
        raise Refused(_l("You took part in this, so somebody else must decide."), code="concerned")


issue_workflow = Workflow(
    "supervision_issue",
    (
        Transition("open", frozenset({None}), IssueStage.OPEN, None, "issue.opened", _l("Open an issue"), system=True),
        Transition(
            "close",
            frozenset({IssueStage.OPEN}),
            IssueStage.CLOSED,
            SupervisionPermission.ISSUE_CLOSE,
            "issue.closed",
            _l("Close the issue"),
            _unconcerned,
        ),
    ),
)
