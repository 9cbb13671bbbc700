"""Choosing a place in a form: typed by name, by pinyin or by code; what fits is offered, at most eight."""

from typing import Any

from flask import render_template, request
from flask.typing import ResponseReturnValue

from accounts.policy import AccountPermission
from accounts.views.door import blueprint
from core.errors import NotValid
from core.http import actor, wants_fragment
from core.i18n import _l
from core.policy import requires
from regions.codes import is_prefix
from regions.queries import Place, published_search

MOST = 8


@blueprint.get("/accounts/places")
@requires(AccountPermission.ACCOUNT_CREATE)
def places() -> ResponseReturnValue:
    """Show which places fit what was typed so far: a part of the form, or by itself a page."""
    found = places_like(request.args.get("region_code", ""))
    page = "accounts/_places.html" if wants_fragment() else "accounts/places.html"
    return render_template(page, places=found)


def places_like(words: str) -> list[Place]:
    """Return the places in the actor's own ranges that fit the words, best first."""
    return published_search(words, within=actor().ranges, limit=MOST) if actor().ranges else []


def place_of(form: Any) -> str:
    """Return the code of the place that a form names, or nothing where it names none.

    Raises NotValid, with what could be meant in `form.found`, unless exactly one place fits.
    """
    typed = (form.region_code.data or "").strip()
    chosen = (form.region_choice.data or "").strip()
    if chosen or not typed or is_prefix(typed) or typed.isdigit():
        return chosen or typed
    form.found = places_like(typed)
    named = [place for place in form.found if typed in (place.name, place.said)] or form.found
    if len(named) == 1:
        return str(named[0].code)
    if not named:
        raise NotValid({"region_code": [_l("There is no such place among those that you answer for.")]})
    raise NotValid({"region_code": [_l("Several places are called so. Choose one below.")]})
