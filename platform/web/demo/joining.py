"""How a further helper comes into a pairing of the demo: one step each time it is looked at."""

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from core.clock import local_day
from core.policy import Actor
from needs.choices import ConsentItem, ConsentMethod
from pairing.choices import LinkStage, LinkTerm
from pairing.guards import is_informed
from pairing.models import HelperLink
from pairing.services import comment_link, confirm_link, record_link_consent, reject_link
from web.demo.cast import by
from web.demo.names import story

if TYPE_CHECKING:
    from web.demo.helping import Helping
    from web.demo.story import Scene

Wait = tuple[float, float]
SOON: Wait = (0.2, 1.2)
CONSENT_DAYS = 700


def is_waiting(link: HelperLink) -> bool:
    """Return whether the helper has not been let in yet."""
    return link.stage in (LinkStage.PROPOSED, LinkStage.HOUSEHOLD_CONSENTED)


def join_step(link: HelperLink, scene: "Scene", helping: "Helping", at: datetime) -> Wait | None:
    """Take the next step; return how many days until the next one, or None when the pledge can be agreed."""
    if link.stage is LinkStage.ACTIVE or _comes_with_the_pledge(link, scene):
        return None
    if link.commented_at is None and scene.home is not None:
        comment_link(link, actor=by(helping.acting(scene.home.cadre)))
        return SOON
    if link.stage is LinkStage.PROPOSED:
        _consent(link, scene.officers.village, at)
        return SOON
    if not is_informed(link):  # a village's unit says nothing: three working days count as informed
        return (1, 1.5)
    confirm_link(link, actor=by(scene.officers.townships[0]))
    return SOON


def _comes_with_the_pledge(link: HelperLink, scene: "Scene") -> bool:
    """A cadre's agreement lets a one-time helper in whom the survey's consent covers; a village has no cadre."""
    covered = link.stage is LinkStage.HOUSEHOLD_CONSENTED and link.by_survey
    return covered and link.term is LinkTerm.ONE_TIME and scene.home is not None


def _consent(link: HelperLink, officer: Actor, at: datetime) -> None:
    record_link_consent(
        link,
        actor=by(officer),
        method=ConsentMethod.PAPER,
        scope=[ConsentItem.SERVICES],
        until=local_day(at) + timedelta(days=CONSENT_DAYS),
    )


def send_away(link: HelperLink, scene: "Scene") -> None:
    """Let the township say no, since the pledge with which the helper came has ended."""
    reject_link(link, actor=by(scene.officers.townships[0]), reason=story("people")["release_reason"])
