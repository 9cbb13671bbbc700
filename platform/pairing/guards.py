"""What stands against a step of a link or an invitation."""

from datetime import date, timedelta

from sqlalchemy import or_, select

from core.clock import add_working_days, local_day, today
from core.db import db
from core.errors import NotPermitted, NotValid, Refused
from core.i18n import LazyString, _l
from core.policy import Actor, ActorKind
from core.workflow import Facts
from donors.models import Donor, DonorStage
from donors.queries import is_pledger
from needs.choices import ConsentMethod
from pairing.choices import LinkKind, LinkStage, LinkTerm
from pairing.events import link_completing
from pairing.models import HelperLink, Invitation
from pairing.policy import PairingPermission

STANDING_LEVEL = 2
ONE_TIME_LEVEL = 1
COMMENT_DAYS = 3
UPDATE_DAYS = 90
OVERDUE_DAYS = 2 * UPDATE_DAYS
LONGEST_AHEAD = 365


def level_for(term: LinkTerm) -> int:
    """Return the level of verification that a link of this term asks for."""
    return ONE_TIME_LEVEL if term is LinkTerm.ONE_TIME else STANDING_LEVEL


def check_level(donor: Donor | None, term: LinkTerm) -> None:
    """Refuse a donor that is not verified at the level of the term today."""
    if donor is not None and not is_pledger(donor, level_for(term), today()):
        raise Refused(_l("This helper is not verified, or not at the level that this needs."), code="not_verified")


def proposal(link: HelperLink, actor: Actor, facts: Facts) -> None:
    """A survey comes first; one live link for each donor; the donor's level fits, unless the cadre invited it."""
    if facts.get("preview"):
        return
    if not facts["survey"]:
        raise Refused(_l("A needs survey must come before further helpers."), code="survey_needed")
    if facts["live_link"]:
        raise Refused(_l("This helper already belongs to the pairing."), code="already_linked")
    if facts["donor"].stage is DonorStage.BLACKLISTED:
        raise Refused(_l("This helper is barred and cannot join."), code="donor_barred")
    if not facts["invited"]:
        check_level(facts["donor"], link.term)


def comment(link: HelperLink, actor: Actor, facts: Facts) -> None:
    """The first helper is heard, cadre or unit, once."""
    if actor.kind is not ActorKind.SYSTEM and not _is_first(link, actor):
        raise NotPermitted(permission=str(PairingPermission.LINK_COMMENT), roles=("pairing_cadre",))
    if link.commented_at is not None:
        raise Refused(_l("The cadre has commented already."), code="commented")
    if facts.get("objection") and not str(facts.get("comment") or "").strip():
        raise NotValid({"comment": [_l("Write the reason of the objection.")]})


def _is_first(link: HelperLink, actor: Actor) -> bool:
    day = today()
    query = select(HelperLink.id).where(
        HelperLink.pairing_id == link.pairing_id,
        HelperLink.rank == 1,
        HelperLink.account_id == actor.account_id,
        HelperLink.starts_on <= day,
        or_(HelperLink.ends_on.is_(None), HelperLink.ends_on >= day),
    )
    return db.session.scalar(query) is not None


def consent(link: HelperLink, actor: Actor, facts: Facts) -> None:
    if facts.get("preview"):
        return
    errors: dict[str, list[str | LazyString]] = {}
    until: date | None = facts.get("until")
    if until is None or until < today():
        errors["until"] = [_l("The consent must run until today or later.")]
    if not facts.get("scope"):
        errors["scope"] = [_l("Say what the household agreed to.")]
    if facts.get("method") is ConsentMethod.THUMBPRINT and not str(facts.get("witness") or "").strip():
        errors["witness"] = [_l("A thumbprint needs a witness.")]
    if errors:
        raise NotValid(errors)


def is_informed(link: HelperLink) -> bool:
    """Return whether the cadre commented, or was silent for three working days."""
    if link.commented_at is not None:
        return True
    since = local_day(link.proposed_at or link.created_at)
    return today() > add_working_days(since, COMMENT_DAYS)


def confirmation(link: HelperLink, actor: Actor, facts: Facts) -> None:
    """Another person than who recorded the consent; the cadre knows; an objection is answered."""
    if actor.account_id is not None and actor.account_id == link.consent_by:
        raise Refused(_l("You recorded the consent, so somebody else must confirm."), code="four_eyes")
    check_level(_donor(link), link.term)
    check_consent(link)
    if not is_informed(link):
        raise Refused(_l("The cadre has three working days to comment. Wait for the comment."), code="comment_awaited")
    if link.objection and not facts.get("preview") and not str(facts.get("reason") or "").strip():
        raise NotValid({"reason": [_l("The cadre objected. Write why you confirm all the same.")]})


def once(link: HelperLink, actor: Actor, facts: Facts) -> None:
    """A one-time link that the survey's consent covers: the cadre's agreement confirms it too."""
    if link.term is not LinkTerm.ONE_TIME or not link.by_survey:
        raise Refused(_l("The village or the township confirms this link first."), code="link_not_active")
    check_level(_donor(link), link.term)
    check_consent(link)


def check_consent(link: HelperLink) -> None:
    """Refuse when the household's consent has run out."""
    if link.consent_until is not None and link.consent_until < today():
        raise Refused(_l("The household's consent has run out. Record a new one."), code="consent_ended")


def is_overdue(link: HelperLink, day: date) -> bool:
    """Return whether nothing was heard of an active further helper for more than one period (domain.md 2.4, rule 5)."""
    heard = link.last_update_on
    active = link.stage is LinkStage.ACTIVE and link.rank > 1
    return active and heard is not None and heard < day - timedelta(days=UPDATE_DAYS)


def suspension(link: HelperLink, actor: Actor, facts: Facts) -> None:
    _not_first(link)


def resumption(link: HelperLink, actor: Actor, facts: Facts) -> None:
    _not_first(link)
    check_consent(link)


def completion(link: HelperLink, actor: Actor, facts: Facts) -> None:
    _not_first(link)
    link_completing.send(link)


def ending(link: HelperLink, actor: Actor, facts: Facts) -> None:
    _not_first(link)


def succession(link: HelperLink, actor: Actor, facts: Facts) -> None:
    if link.rank != 1:
        raise NotPermitted(permission=str(PairingPermission.PAIRING_ASSIGN), roles=())
    if facts.get("preview"):
        return
    errors: dict[str, list[str | LazyString]] = {}
    if facts["account_id"] is not None and facts["account_id"] == link.account_id:
        errors["account_id"] = [_l("This is the first helper already. Choose somebody else.")]
    if (against := _succession_day(facts["starts_on"], link.starts_on or today())) is not None:
        errors["starts_on"] = [against]
    if errors:
        raise NotValid(errors)


def _succession_day(starts_on: date, since: date) -> LazyString | None:
    day = today()
    if starts_on < day:
        return _l("A hand-over is not dated back. Choose today or a later day.")
    if starts_on <= since:
        first = (since + timedelta(days=1)).isoformat()
        return _l("The one before began on %(since)s. Choose %(first)s or later.", since=since.isoformat(), first=first)
    if starts_on > day + timedelta(days=LONGEST_AHEAD):
        return _l("The day is too far away. Choose one within a year.")
    return None


def assignment(link: HelperLink, actor: Actor, facts: Facts) -> None:
    if link.kind not in {LinkKind.CADRE, LinkKind.UNIT}:
        raise NotValid({"kind": [_l("The first helper is a cadre or a unit.")]})


def _not_first(link: HelperLink) -> None:
    if link.rank == 1:
        raise NotPermitted(permission=str(PairingPermission.PAIRING_ASSIGN), roles=())


def _donor(link: HelperLink) -> Donor | None:
    return db.session.get(Donor, link.donor_id) if link.donor_id else None


def acceptance(invitation: Invitation, actor: Actor, facts: Facts) -> None:
    """The invited donor itself, never the cadre who sent it, and before it runs out."""
    if actor.account_id is not None and actor.account_id == invitation.sent_by:
        raise Refused(_l("Who sent an invitation cannot answer it."), code="own_invitation")
    if actor.kind is not ActorKind.SYSTEM and actor.donor_id is None:
        raise NotPermitted(permission=str(PairingPermission.INVITATION_ANSWER), roles=("donor_admin", "donor_member"))
