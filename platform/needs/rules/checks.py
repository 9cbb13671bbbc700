"""The rules: each looks at the facts and says one thing or nothing. Pure functions."""

from collections.abc import Callable, Iterable, Iterator
from datetime import timedelta
from decimal import ROUND_HALF_UP, Decimal

from needs.choices import ApprovalLevel, NeedLevel, Urgency
from needs.rules.items import usual_price
from needs.rules.results import RuleFacts, RuleResult, Verdict
from needs.rules.ruleset import RuleSet
from needs.text_checks import findings

Rule = Callable[[RuleFacts, RuleSet], RuleResult | None]
PASS, JUDGE, SEND_UP, REFUSE = Verdict.PASS, Verdict.JUDGE, Verdict.SEND_UP, Verdict.REFUSE
_ORDER = {REFUSE: 0, SEND_UP: 1, JUDGE: 2, PASS: 3}
LONGEST_STORY = 200


def evaluate(facts: RuleFacts, rules: RuleSet) -> list[RuleResult]:
    """Return what every rule says, what stands against the need first."""
    found = [*_texts(facts, rules)]
    found += [result for rule in RULES if (result := rule(facts, rules)) is not None]
    return sorted(found, key=lambda result: _ORDER[result.verdict])


def refusals(results: Iterable[RuleResult]) -> list[RuleResult]:
    """Return what makes publishing impossible."""
    return [result for result in results if result.verdict is REFUSE]


def open_judgements(results: Iterable[RuleResult]) -> list[RuleResult]:
    """Return what the approver has to give a reason for."""
    return [result for result in results if result.verdict is JUDGE]


def refused_words(text: str, rules: RuleSet) -> list[RuleResult]:
    """Return what makes publishing impossible in one text, to be said beside the field that holds it."""
    codes = dict.fromkeys(finding.code.value for finding in findings(text))
    return [RuleResult(code, REFUSE) for code in codes if rules.text_verdict(code) is REFUSE]


def level_of(results: Iterable[RuleResult]) -> ApprovalLevel:
    """Return who decides: the county if any rule sends the need up."""
    sent_up = any(result.verdict is SEND_UP for result in results)
    return ApprovalLevel.COUNTY if sent_up else ApprovalLevel.TOWNSHIP


def _texts(facts: RuleFacts, rules: RuleSet) -> Iterator[RuleResult]:
    codes = dict.fromkeys(
        finding.code.value for finding in findings(f"{facts.title}\n{facts.description}\n{facts.unit}")
    )
    for code in codes:
        yield RuleResult(code, rules.text_verdict(code))
    if not any(rules.text_verdict(code) is REFUSE for code in codes):
        yield RuleResult("text_clean", PASS)
    if "money_for_person" not in codes:
        yield RuleResult("no_money", PASS)


def _quantity(facts: RuleFacts, rules: RuleSet) -> RuleResult:
    limits = rules.limits(facts.level, facts.category)
    if facts.quantity > limits.quantity_most:
        return RuleResult("quantity", REFUSE, {"quantity": str(facts.quantity), "limit": str(limits.quantity_most)})
    if facts.quantity > limits.quantity_judge:
        return RuleResult("quantity", JUDGE, {"quantity": str(facts.quantity), "limit": str(limits.quantity_judge)})
    return RuleResult("quantity", PASS)


def _value(facts: RuleFacts, rules: RuleSet) -> RuleResult | None:
    price = usual_price(facts.unit_price, facts.item)
    if price is None:
        return None
    value, limits = price * facts.quantity, rules.limits(facts.level, facts.category)
    steps = ((REFUSE, limits.value_most), (SEND_UP, limits.value_send_up), (JUDGE, limits.value_judge))
    for verdict, limit in steps:
        if value > limit:
            return RuleResult("value", verdict, {"value": str(value), "limit": str(limit)})
    return RuleResult("value", PASS, {"value": str(value)})


def _price(facts: RuleFacts, rules: RuleSet) -> RuleResult | None:
    reference = None if facts.item is None else facts.item.reference_price
    if facts.item is None or reference is None or facts.unit_price is None:
        return None
    above = ((facts.unit_price / reference - 1) * 100).quantize(Decimal(1), ROUND_HALF_UP)
    found = {
        "percent": str(above),
        "price": str(facts.unit_price),
        "reference": str(reference),
        "unit": facts.unit,
        "priced_on": facts.item.priced_on.isoformat(),
    }
    limits = rules.part("price")
    if above > limits["send_up_above_percent"]:
        return RuleResult("price", SEND_UP, found)
    return RuleResult("price", JUDGE if above > limits["judge_above_percent"] else PASS, found)


def _cap(facts: RuleFacts, rules: RuleSet) -> RuleResult | None:
    if facts.item is None or facts.level is not NeedLevel.HOUSEHOLD:
        return None
    caps = [facts.item.per_household] if facts.item.per_household is not None else []
    if facts.item.per_person is not None and facts.size is not None:
        caps.append(facts.item.per_person * facts.size)
    if not caps:
        return None
    over = facts.quantity > min(caps)
    return RuleResult("cap", JUDGE if over else PASS, {"quantity": str(facts.quantity), "cap": str(min(caps))})


def _repeat(facts: RuleFacts, rules: RuleSet) -> RuleResult:
    setting = rules.part("repeat")
    if not facts.repeats:
        return RuleResult("repeat", PASS, {"days": setting["days"]})
    last = max(facts.repeats).isoformat()
    return RuleResult("repeat", Verdict(setting["verdict"]), {"days": setting["days"], "last": last})


def _season(facts: RuleFacts, rules: RuleSet) -> RuleResult | None:
    if facts.needed_by is None and facts.needed_from is None:
        return None
    if facts.needed_by is not None and facts.needed_by < facts.today:
        return RuleResult("season", REFUSE, {"needed_by": facts.needed_by.isoformat()})
    latest = facts.today + timedelta(days=rules.part("season")["longest_days"])
    far = max(day for day in (facts.needed_from, facts.needed_by) if day is not None)
    return RuleResult("season", JUDGE if far > latest else PASS, {"day": far.isoformat()})


def _split(facts: RuleFacts, rules: RuleSet) -> RuleResult:
    lot = {"min_lot": str(facts.min_lot), "quantity": str(facts.quantity), "unit": facts.unit}
    if not 0 < facts.min_lot <= facts.quantity:
        return RuleResult("min_lot", REFUSE, lot)
    large = facts.quantity >= Decimal(rules.part("split")["judge_from_quantity"])
    return RuleResult("min_lot", JUDGE if large and facts.min_lot == facts.quantity else PASS, lot)


def _urgency(facts: RuleFacts, rules: RuleSet) -> RuleResult | None:
    if facts.urgency is not Urgency.URGENT:
        return None
    return RuleResult("urgency", PASS if facts.urgency_reason.strip() else JUDGE)


def _story(facts: RuleFacts, rules: RuleSet) -> RuleResult:
    length = len(facts.description.strip())
    fits = 0 < length <= LONGEST_STORY
    return RuleResult("story", PASS if fits else REFUSE, {"length": length, "most": LONGEST_STORY})


def _consent(facts: RuleFacts, rules: RuleSet) -> RuleResult | None:
    if facts.consented is None:
        return None
    return RuleResult("consent", PASS if facts.consented else REFUSE)


def _pictures(facts: RuleFacts, rules: RuleSet) -> RuleResult | None:
    if not facts.pictures:
        return None
    found = {"count": facts.undated_pictures, "pictures": facts.pictures}
    return RuleResult("picture_dates", JUDGE if facts.undated_pictures else PASS, found)


def _visit(facts: RuleFacts, rules: RuleSet) -> RuleResult | None:
    return RuleResult("visit", PASS) if facts.visited else None


RULES: tuple[Rule, ...] = (
    _quantity,
    _value,
    _price,
    _cap,
    _repeat,
    _season,
    _split,
    _urgency,
    _story,
    _consent,
    _pictures,
    _visit,
)
