"""The income of a year as it adds up, line by line, with what each line was worked out from."""

from decimal import Decimal

from flask import render_template
from markupsafe import Markup

from core.i18n import _, label
from registry.choices import IncomeConcept
from registry.forms.earnings import EarningsForm
from registry.forms.step import StepForm
from registry.incomes import FormulaLine, Income, Persons, formula_lines, income


def sum_of(form: StepForm) -> str:
    """Return the sum of what is typed so far; what cannot be read is left out, and said beside its field."""
    if not isinstance(form, EarningsForm):
        return ""
    members = form.members_end.data
    concept = form.concept.answer or IncomeConcept.NET
    return income_lines(income(form.items(), members or 1, IncomeConcept(concept)), members_known=bool(members))


def income_lines(year: Income, *, members_known: bool = True) -> str:
    """Return the calculation of a year as a part of a page."""
    lines = [line for line in formula_lines(year) if members_known or not _shares(line)]
    return Markup(  # noqa: S704 - a template of ours, which escapes its values
        render_template(
            "registry/_sum.html",
            lines=[
                {"title": label(line.line), "result": yuan(line.result), "formula": _formula(line)} for line in lines
            ],
            flags=sorted(label(flag) for flag in year.flags),
            members_known=members_known,
        )
    )


def _shares(line: FormulaLine) -> bool:
    return any(isinstance(term.what, Persons) for term in line.terms)


def _formula(line: FormulaLine) -> str:
    words = [
        f"{term.sign} {label(term.what)} {_count(term.amount) if isinstance(term.what, Persons) else yuan(term.amount)}"
        for term in line.terms
    ]
    return " ".join(words).strip()


def _count(amount: Decimal) -> str:
    return _("%(count)s persons", count=f"{amount:f}")


def yuan(amount: Decimal) -> str:
    """Return an amount as pages write it."""
    return _("%(amount)s yuan", amount=f"{amount:,.2f}".removesuffix(".00"))
