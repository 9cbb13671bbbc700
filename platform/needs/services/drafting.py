"""Writing a need down, changing the draft, handing it in."""

from dataclasses import dataclass, fields
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import uuid4

from sqlalchemy import text as sql

from core.clock import now, today
from core.db import db
from core.errors import NotPermitted, NotValid, Refused, WrongState
from core.i18n import LazyString, _l
from core.policy import Actor
from core.records import note
from needs.choices import Category, NeedLevel, NeedStage, NeedVisibility, Urgency
from needs.models import Need, NeedBalance
from needs.policy import NeedPermission
from needs.queries.surveys import latest_survey
from needs.rules import RuleSet, items_for, level_of, ruleset_for
from needs.services.gate import check_need, refuse_by_rules
from needs.services.messages import tell_verifiers
from needs.services.surveys import refuse_erased
from needs.workflow import need_workflow
from registry.queries import Subject, holds_card_of

LONGEST_TITLE = 60
LONGEST_UNIT = 12
MOST = Decimal("9999999999.99")
_FOLLOW = sql(
    "UPDATE need_balance SET quantity = :quantity, category = :category WHERE need_id = :need_id AND listed = 0"
)
Errors = dict[str, list[str | LazyString]]


@dataclass(frozen=True)
class NeedText:
    """What an author writes. `None` for the lot means the smallest whole unit."""

    category: Category
    title: str
    quantity: Decimal
    unit: str
    description: str = ""
    min_lot: Decimal | None = None
    item_code: str | None = None
    unit_price: Decimal | None = None
    urgency: Urgency = Urgency.ROUTINE
    urgency_reason: str = ""
    needed_from: date | None = None
    needed_by: date | None = None
    visibility: NeedVisibility | None = None


def create_need(subject: Subject, *, actor: Actor, text: NeedText) -> Need:
    """Write a need down as a draft; the subject needs a survey of the last 365 days."""
    _refuse_card_giver(subject, actor)
    day = today()
    rules = ruleset_for(subject.region_code, day)
    _check(text, subject.region_code, day)
    survey = latest_survey(subject, on=day, days=rules.days("survey_days"))
    if survey is None:
        raise Refused(_l("Record a needs survey first; the last one is more than a year old."), code="survey_needed")
    need = Need(
        id=uuid4(),
        level=NeedLevel(subject.kind.value),
        household_id=subject.household_id,
        village_id=subject.village_id,
        region_code=subject.region_code,
        county_code=subject.county_code,
        survey_id=survey.id,
        author_id=actor.account_id,
        **_columns(text, rules),
    )
    need_workflow.fire(need, "create", actor=actor)
    db.session.add(need)
    db.session.flush()  # the sums need need.id
    balance = NeedBalance(
        need_id=need.id, quantity=need.quantity, category=need.category.value, level=need.level.value, progress="open"
    )
    db.session.add(balance)
    return need


def _refuse_card_giver(subject: Subject, actor: Actor) -> None:
    """Who gave the household its card may know the PIN that confirms what arrives (workflows.md)."""
    if subject.household_id is None or actor.account_id is None:
        return
    refuse_erased(subject)
    if holds_card_of(subject.household_id, actor.account_id):
        words = _l("You gave this household its card, so somebody else writes its needs down.")
        raise Refused(words, code="card_giver")


def _columns(text: NeedText, rules: RuleSet) -> dict[str, Any]:
    whole = Decimal(1) if text.quantity >= 1 else text.quantity
    return {
        "category": text.category,
        "title": text.title.strip(),
        "description": text.description.strip(),
        "quantity": text.quantity,
        "unit": text.unit.strip(),
        "min_lot": text.min_lot or whole,
        "item_code": text.item_code or None,
        "unit_price": text.unit_price,
        "urgency": text.urgency,
        "urgency_reason": text.urgency_reason.strip(),
        "needed_from": text.needed_from,
        "needed_by": text.needed_by,
        "visibility": text.visibility or rules.default_visibility,
    }


def _check(text: NeedText, region_code: str, day: date) -> None:
    errors: Errors = {}
    if not 0 < len(text.title.strip()) <= LONGEST_TITLE:
        errors["title"] = [_l("Say what is needed in at most 60 characters.")]
    if not 0 < len(text.unit.strip()) <= LONGEST_UNIT:
        errors["unit"] = [_l("Enter the unit, such as quilt, kg or hour.")]
    _check_amounts(text, errors)
    if text.needed_from and text.needed_by and text.needed_by < text.needed_from:
        errors["needed_by"] = [_l("The last day must not be before the first.")]
    if text.item_code and text.item_code not in items_for(region_code, day):
        errors["item_code"] = [_l("Choose an item of the list.")]
    if errors:
        raise NotValid(errors)


def _check_amounts(text: NeedText, errors: Errors) -> None:
    if not _two_places(text.quantity):
        errors["quantity"] = [_l("Enter a quantity above 0, with at most two decimals.")]
    elif text.min_lot is not None and not (_two_places(text.min_lot) and text.min_lot <= text.quantity):
        errors["min_lot"] = [_l("The smallest lot must be more than 0 and at most the quantity.")]
    if text.unit_price is not None and not _two_places(text.unit_price):
        errors["unit_price"] = [_l("Enter a price above 0, with at most two decimals.")]


def _two_places(value: Decimal) -> bool:
    return value.is_finite() and 0 < value <= MOST and value == value.quantize(Decimal("0.01"))


def text_of(need: Need) -> NeedText:
    """Return what stands in a draft."""
    return NeedText(**{field.name: getattr(need, field.name) for field in fields(NeedText)})


def change_draft(need: Need, *, actor: Actor, text: NeedText) -> None:
    """Write one's own draft anew; begin with `replace(text_of(need), ...)`."""
    if need.stage is not NeedStage.DRAFT:
        raise WrongState(state=need.stage.value)
    if actor.account_id != need.author_id:
        raise NotPermitted(permission=str(NeedPermission.NEED_SUBMIT), roles=())
    day = today()
    _check(text, need.region_code, day)
    for name, value in _columns(text, ruleset_for(need.region_code, day)).items():
        if getattr(need, name) != value:
            setattr(need, name, value)
    note(need, "need.changed")
    db.session.flush()  # the sums below must find the changed need
    db.session.execute(_FOLLOW, {"need_id": need.id, "quantity": need.quantity, "category": need.category.value})


def submit_need(need: Need, *, actor: Actor) -> None:
    """Hand the draft in; a rule that refuses it says why."""
    need_workflow.check(need, "submit", actor=actor, facts={})
    results = check_need(need)
    refuse_by_rules(results)
    moment = now()
    need.rule_results = [result.as_json() for result in results]
    need.needs_level, need.submitted_at = level_of(results), moment
    with db.session.no_autoflush:  # one change of the need, one record
        need_workflow.fire(need, "submit", actor=actor)
    tell_verifiers(need)
