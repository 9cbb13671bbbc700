"""How a second or further helper joins: proposed, commented on, consented to, confirmed."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID, uuid4

from accounts.models import Role
from accounts.queries import accounts_with_role
from accounts.services import MessageKind, notify
from core.clock import add_working_days, now, today
from core.db import db
from core.policy import Actor
from donors.models import Donor, DonorKind
from needs.choices import ConsentItem, ConsentMethod
from needs.models import Need
from needs.queries.surveys import find_consent, latest_survey
from pairing.choices import LinkKind, LinkOrigin, LinkTerm
from pairing.events import link_confirmed
from pairing.guards import COMMENT_DAYS
from pairing.models import HelperLink, Pairing
from pairing.queries import cadre_accounts, find_live_link, highest_rank, lock_pairing, subject_of_pairing
from pairing.workflow import link_workflow

SURVEY_DAYS = 365
_FIRMS = (DonorKind.ENTERPRISE, DonorKind.SOLE_TRADER, DonorKind.FARMER_COOPERATIVE)


def propose_link(
    pairing: Pairing,
    donor: Donor,
    *,
    actor: Actor,
    term: LinkTerm = LinkTerm.STANDING,
    need: Need | None = None,
    origin: LinkOrigin = LinkOrigin.PROPOSED,
    wants: ConsentItem = ConsentItem.GOODS_VIA_OFFICE,
) -> HelperLink:
    """Propose a donor as the next helper. `wants` is what the help asks of the household; the survey may cover it."""
    lock_pairing(pairing.id)  # ranks are given one after the other
    link = _proposal(pairing, donor, actor=actor, term=term, need=need, origin=origin)
    covered = _covered_until(pairing, wants)
    facts = {
        "survey": latest_survey(subject_of_pairing(pairing), on=today(), days=SURVEY_DAYS) is not None,
        "live_link": find_live_link(pairing.id, donor.id) is not None,
        "invited": origin is LinkOrigin.INVITED,
        "donor": donor,
    }
    link.wants = wants
    if covered is not None:
        link.by_survey = True
        if pairing.household_id is not None:
            link.consent_until, link.consent_scope = covered, [wants.value]
    link_workflow.fire(link, "propose_covered" if covered else "propose", actor=actor, facts=facts)
    db.session.add(link)
    db.session.flush()  # a pledge needs link.id
    _tell_cadre(link)
    return link


def _proposal(
    pairing: Pairing, donor: Donor, *, actor: Actor, term: LinkTerm, need: Need | None, origin: LinkOrigin
) -> HelperLink:
    return HelperLink(
        id=uuid4(),
        pairing_id=pairing.id,
        subject=pairing.subject,
        region_code=pairing.region_code,
        county_code=pairing.county_code,
        rank=highest_rank(pairing.id) + 1,
        kind=kind_of(donor),
        donor_id=donor.id,
        term=term,
        origin=origin,
        one_time_need_id=need.id if need is not None and term is LinkTerm.ONE_TIME else None,
        proposed_at=now(),
        proposed_by=actor.account_id,
    )


def kind_of(donor: Donor) -> LinkKind:
    """Return which kind of helper a donor is."""
    if donor.kind is DonorKind.INDIVIDUAL:
        return LinkKind.INDIVIDUAL
    return LinkKind.ENTERPRISE if donor.kind in _FIRMS else LinkKind.ORGANISATION


def _covered_until(pairing: Pairing, wants: ConsentItem) -> date | None:
    """Return until when no further consent is asked for: a village's own need, or what the survey covers."""
    if pairing.household_id is None:
        return date.max
    consent = find_consent(pairing.household_id, wants, today())
    return None if consent is None else consent.valid_until


def _tell_cadre(link: HelperLink) -> None:
    _tell(cadre_accounts(link.pairing_id), link)


def _tell(accounts: Sequence[UUID], link: HelperLink) -> None:
    if "moved_clock" in db.session.info:
        return  # a demo's past is written; nobody is told of it today
    due_on = add_working_days(today(), COMMENT_DAYS)
    notify(accounts, MessageKind.DECISION_DUE, link=f"/desk/pairings/{link.pairing_id}", due_on=due_on)


def comment_link(link: HelperLink, *, actor: Actor, comment: str = "", objection: bool = False) -> None:
    """Say, once, what the cadre thinks of it."""
    moment = now()
    link_workflow.fire(link, "comment", actor=actor, facts={"comment": comment, "objection": objection})
    link.commented_at, link.commented_by = moment, actor.account_id
    link.comment, link.objection = comment.strip(), objection


def record_link_consent(
    link: HelperLink,
    *,
    actor: Actor,
    method: ConsentMethod,
    scope: Sequence[ConsentItem],
    until: date,
    witness: str = "",
) -> None:
    """Record what the household agreed to, how, and until when."""
    facts = {"method": method, "scope": scope, "until": until, "witness": witness}
    link_workflow.fire(link, "record_consent", actor=actor, facts=facts)
    link.consent_by, link.consent_method, link.consent_until = actor.account_id, method, until
    link.consent_scope = sorted(item.value for item in scope)
    link.consent_witness = witness.strip()
    _tell(accounts_with_role(Role.TOWNSHIP_OFFICER, link.region_code), link)


def confirm_link(link: HelperLink, *, actor: Actor, reason: str = "") -> None:
    """Let the helper in."""
    _confirm(link, "confirm", actor=actor, reason=reason)


def confirm_once(link: HelperLink, *, actor: Actor) -> None:
    """Let a one-time helper in together with the agreement to the pledge."""
    _confirm(link, "confirm_once", actor=actor, reason="")


def _confirm(link: HelperLink, step: str, *, actor: Actor, reason: str) -> None:
    day, moment = today(), now()
    link_workflow.fire(link, step, actor=actor, reason=reason, facts={"reason": reason})
    link.confirmed_at, link.confirmed_by = moment, actor.account_id
    link.starts_on = link.last_update_on = day
    link.last_reason = reason.strip()
    link_confirmed.send(link)
