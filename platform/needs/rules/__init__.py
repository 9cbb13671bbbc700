"""The rule set that checks each need: data with effective dates, read by small pure functions."""

from needs.rules.checks import evaluate, level_of, open_judgements, refusals, refused_words
from needs.rules.items import Item, item_of, items_for, usual_price
from needs.rules.results import RuleFacts, RuleResult, Verdict
from needs.rules.ruleset import RuleSet, ruleset_for
from needs.rules.wording import sentence_of

__all__ = [
    "Item",
    "RuleFacts",
    "RuleResult",
    "RuleSet",
    "Verdict",
    "evaluate",
    "item_of",
    "items_for",
    "level_of",
    "open_judgements",
    "refusals",
    "refused_words",
    "ruleset_for",
    "sentence_of",
    "usual_price",
]
