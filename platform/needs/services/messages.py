"""Who is told that a need waits for him."""

from datetime import timedelta

from accounts.models import Role
from accounts.queries import accounts_with_role
from accounts.services import MessageKind, notify
from core.clock import today
from core.db import db
from needs.choices import ApprovalLevel
from needs.models import Need
from needs.rules import ruleset_for

_DECIDES = {ApprovalLevel.TOWNSHIP: Role.TOWNSHIP_OFFICER, ApprovalLevel.COUNTY: Role.COUNTY_OFFICER}


def tell_verifiers(need: Need) -> None:
    """Tell the village level, without the author."""
    _tell(need, (Role.VILLAGE_OFFICER, Role.STATIONED_TEAM), "verify")


def tell_approvers(need: Need) -> None:
    """Tell the level that decides."""
    _tell(need, (_DECIDES[need.needs_level],), "approve")


def _tell(need: Need, roles: tuple[Role, ...], step: str) -> None:
    if "moved_clock" in db.session.info:
        return  # a demo's past is written; nobody is told of it today
    concerned = {need.author_id, need.verified_by}
    accounts = {account for role in roles for account in accounts_with_role(role, need.region_code)} - concerned
    day = today()
    due_on = day + timedelta(days=ruleset_for(need.region_code, day).deadline(step))
    notify(accounts, MessageKind.DECISION_DUE, link=f"/desk/needs/{need.id}/{step}", title=need.title, due_on=due_on)
