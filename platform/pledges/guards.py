"""What stands against a step of a pledge."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from sqlalchemy import select

from core.clock import today
from core.db import db
from core.errors import NotPermitted, NotValid, Refused
from core.i18n import LazyString, _l
from core.policy import Actor, ActorKind, Grant
from core.workflow import NEEDS_REASON, Facts
from donors.models import Donor
from donors.queries import is_pledger
from needs.choices import NeedLevel, NeedStage
from needs.models import Need
from needs.rules import item_of, usual_price
from pairing.choices import LinkStage, LinkTerm
from pairing.models import HelperLink
from pairing.queries import is_cadre_of
from pledges.choices import CLOSED_KINDS, DeliveryStage, Escalation, PledgeKind, PledgeStage
from pledges.models import Delivery, Pledge
from pledges.policy import PledgePermission
from pledges.settings import settings_for

Errors = dict[str, list[str | LazyString]]
_HUNDREDTH = Decimal("0.01")
_MOST = Decimal("9999999999.99")


def offer(pledge: Pledge, actor: Actor, facts: Facts) -> None:
    """The need is published, the donor verified, nothing of his is in dispute here, the fields are sound."""
    need: Need = facts["need"]
    if need.stage is not NeedStage.PUBLISHED:
        raise Refused(_l("This need is not open for pledges."), code="not_published")
    _check_fields(pledge, need)
    donor: Donor | None = facts["donor"]
    if donor is not None:
        _check_donor(pledge, need, donor)
    if _in_dispute(pledge):
        raise Refused(_l("A delivery of yours for this need is being looked into."), code="open_dispute")
    link: HelperLink | None = facts["link"]
    if link is not None and link.stage is LinkStage.SUSPENDED:
        raise Refused(_l("Your link to this pairing is suspended."), code="link_suspended")


def _check_fields(pledge: Pledge, need: Need) -> None:
    errors: Errors = {}
    if not is_quantity(pledge.quantity):
        errors["quantity"] = [_l("Enter a quantity above 0, with at most two decimals.")]
    if pledge.kind in CLOSED_KINDS:
        words = _l("Money cannot be raised for one household. Name the thing needed, or refer it to temporary relief.")
        errors["kind"] = [words if need.level is NeedLevel.HOUSEHOLD else _l("This kind of help is not open yet.")]
    if (against := _due_date(pledge.due_on, need)) is not None:
        errors["due_on"] = [against]
    if errors:
        raise NotValid(errors)


def _due_date(due_on: date, need: Need) -> LazyString | None:
    day = today()
    if due_on < day:
        return _l("The day must be today or later.")
    if due_on > day + timedelta(days=settings_for(need.region_code, day).longest_due_days):
        return _l("The day is too far away.")
    if need.needed_by is not None and due_on > need.needed_by:
        return _l("It is needed by %(day)s at the latest.", day=need.needed_by.isoformat())
    return None


def is_quantity(value: Decimal) -> bool:
    """Return whether the value is a quantity: above 0, two places at most."""
    return value.is_finite() and 0 < value <= _MOST and value == value.quantize(_HUNDREDTH)


def _check_donor(pledge: Pledge, need: Need, donor: Donor) -> None:
    day = today()
    if is_pledger(donor, 2, day):
        return
    if donor.is_organisation or not is_pledger(donor, 1, day):
        raise Refused(_l("Only verified helpers can pledge. Finish your registration first."), code="not_verified")
    if pledge.kind is not PledgeKind.GOODS or pledge.term is not LinkTerm.ONE_TIME:
        raise Refused(
            _l("With a proven phone number only, you can pledge goods, this once, handed over at the village office."),
            code="level_one_goods",
        )
    limit = settings_for(need.region_code, day).person_limit_yuan
    price = usual_price(need.unit_price, item_of(need.item_code, need.region_code, day))
    if price is None:
        raise Refused(
            _l(
                "Nobody put down what this costs, so a proven phone number is not enough. Ask the county to verify you."
            ),
            code="price_unknown",
        )
    if price * pledge.quantity > limit:
        raise Refused(
            _l("With a proven phone number only, you can pledge up to %(limit)s yuan.", limit=f"{limit:f}"),
            code="over_person_limit",
            limit=limit,
        )


def _in_dispute(pledge: Pledge) -> bool:
    mine = (
        Delivery.donor_id == pledge.donor_id
        if pledge.donor_id is not None
        else Delivery.unit_account_id == pledge.unit_account_id
    )
    query = select(Delivery.id).where(
        Delivery.need_id == pledge.need_id, mine, Delivery.stage == DeliveryStage.DISPUTED
    )
    return db.session.scalar(query.limit(1)) is not None


def agreement(pledge: Pledge, actor: Actor, facts: Facts) -> None:
    """Who decides now, and an active link."""
    decider(pledge, actor, PledgePermission.PLEDGE_AGREE)
    link = db.session.get_one(HelperLink, pledge.link_id)
    if link.stage is LinkStage.ACTIVE:
        return
    if link.stage is LinkStage.SUSPENDED:
        raise Refused(_l("The link is suspended."), code="link_suspended")
    may_confirm = link.stage is LinkStage.HOUSEHOLD_CONSENTED and link.term is LinkTerm.ONE_TIME and link.by_survey
    if not may_confirm or not _is_cadre(pledge, actor):
        raise Refused(_l("The village or the township confirms this link first."), code="link_not_active")


def release(pledge: Pledge, actor: Actor, facts: Facts) -> None:
    """The cadre, village and township may release; never the county."""
    if actor.kind is ActorKind.SYSTEM or _is_cadre(pledge, actor):
        return
    if not _holds(pledge, actor, "village_officer", "stationed_team", "township_officer"):
        raise NotPermitted(permission=str(PledgePermission.PLEDGE_RELEASE), roles=("pairing_cadre", "township_officer"))


def decider(pledge: Pledge, actor: Actor, permission: PledgePermission) -> None:
    """Refuse an office to which the decision has not climbed (workflows.md, Pledge: escalate)."""
    if actor.kind is ActorKind.SYSTEM or _is_cadre(pledge, actor):
        return
    if pledge.subject.startswith("village/") and _holds(pledge, actor, "village_officer"):
        return
    if pledge.escalated_to is not Escalation.NONE and _holds(pledge, actor, "township_officer"):
        return
    if pledge.escalated_to is Escalation.COUNTY and _holds(pledge, actor, "county_officer"):
        return
    raise NotPermitted(permission=str(permission), roles=("pairing_cadre",))


def _is_cadre(pledge: Pledge, actor: Actor) -> bool:
    cadre = actor.has_role("pairing_cadre") and actor.account_id is not None
    return cadre and is_cadre_of(actor.account_id, pledge)  # type: ignore[arg-type]  # checked in the line before


def _holds(row: Any, actor: Actor, *roles: str) -> bool:
    held: tuple[Grant, ...] = actor.grants
    return any(grant.role in roles and grant.covers(row.region_code) for grant in held)


def withdrawal(pledge: Pledge, actor: Actor, facts: Facts) -> None:
    """A reason is asked once the pledge was agreed."""
    if facts.get("preview") or pledge.stage is not PledgeStage.AGREED:
        return
    if not str(facts.get("reason") or "").strip():
        raise NotValid({"reason": [NEEDS_REASON]})


def lapse_offered(pledge: Pledge, actor: Actor, facts: Facts) -> None:
    if today() < pledge.lapses_on:
        raise Refused(_l("The pledge does not lapse yet."), code="not_due")


def lapse_agreed(pledge: Pledge, actor: Actor, facts: Facts) -> None:
    if today() <= pledge.due_on or pledge.delivered >= pledge.quantity:
        raise Refused(_l("The pledge does not lapse yet."), code="not_due")
