"""Help: one page for each kind of user."""

from enum import StrEnum

from flask import render_template

from core.errors import NotFound
from core.i18n import LazyString, _l, register_labels
from core.policy import public
from pages.views.door import blueprint


class Audience(StrEnum):
    """Who a page of help is for."""

    HOUSEHOLD = "household"
    PUBLIC = "public"
    PERSON = "person"
    ORGANISATION = "organisation"
    CADRE = "cadre"
    VILLAGE_OFFICER = "village-officer"
    TOWNSHIP = "township"
    COUNTY = "county"
    EVALUATOR = "evaluator"


headings: dict[Audience, LazyString] = {
    Audience.HOUSEHOLD: _l("Help for households"),
    Audience.PUBLIC: _l("Help for everybody who looks on"),
    Audience.PERSON: _l("Help for persons who want to help"),
    Audience.ORGANISATION: _l("Help for organisations and firms"),
    Audience.CADRE: _l("Help for paired cadres and units"),
    Audience.VILLAGE_OFFICER: _l("Help for village officers and stationed teams"),
    Audience.TOWNSHIP: _l("Help for township officers"),
    Audience.COUNTY: _l("Help for county officers"),
    Audience.EVALUATOR: _l("Help for evaluators and auditors"),
}
register_labels(headings)


@blueprint.get("/help")
@public
def help_index() -> str:
    """Show for whom there is help."""
    return render_template("pages/help.html", audiences=[(item.value, headings[item]) for item in Audience])


@blueprint.get("/help/<string:audience>")
@public
def help_page(audience: str) -> str:
    """Show the help for one kind of user."""
    if audience not in set(Audience):
        raise NotFound
    chosen = Audience(audience)
    return render_template(f"pages/help/{chosen.value}.html", heading=str(headings[chosen]), audience=chosen.value)
