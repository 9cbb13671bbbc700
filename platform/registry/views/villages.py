"""The village register: year by year on the desk, and what of it everybody may see."""

from datetime import date
from typing import Any

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from core.clock import today
from core.errors import NotFound, NotValid, Refused
from core.http import actor
from core.i18n import _
from core.policy import can, public, require, requires
from registry.forms.bands import spread
from registry.forms.step import Pairs, paired
from registry.forms.villages import VillageForm
from registry.models import Village, VillageProfile
from registry.policy import RegistryPermission
from registry.queries import find_village
from registry.queries.village_register import public_village, stationed_team_on, village_profile, village_profiles
from registry.services import check_village_sheets, open_village
from registry.services.village_register import save_village_profile
from registry.small_cells import SENSITIVE_COUNTS, is_small
from registry.views.door import blueprint, open_blueprint
from registry.views.lines import columns_of, value_rows
from registry.views.places import place_name
from registry.views.projects import project_rows, public_team
from registry.views.survey.pages import Offer, typed

FIRST_YEAR = 1990


@blueprint.get("/villages/<string(length=12):code>/register")
@requires(RegistryPermission.HOUSEHOLD_READ)
def village_register(code: str) -> ResponseReturnValue:
    """List the years of a village's register, and the team that is stationed there."""
    village = open_village(code, actor=actor())
    may_change = can(actor(), RegistryPermission.HOUSEHOLD_CHANGE, village)
    sheets = village_profiles(village.id)
    return render_template(
        "registry/village_register.html",
        code=code,
        place=place_name(code),
        sheets=sheets,
        team=stationed_team_on(village.id, today()),
        projects=project_rows(village.id, code, may_change=may_change),
        may_change=may_change,
        years=[year for year in (today().year, today().year - 1) if year not in {sheet.year for sheet in sheets}],
    )


@blueprint.get("/villages/<string(length=12):code>/register/<int:year>")
@requires(RegistryPermission.HOUSEHOLD_READ)
def village_sheet(code: str, year: int) -> ResponseReturnValue:
    """Show the sheet of a year: as a form to whoever may change it, else as it stands."""
    village = _village(code, year)
    standing = village_profile(village.id, year)
    if not can(actor(), RegistryPermission.HOUSEHOLD_CHANGE, village):
        if standing is None:
            raise NotFound
        groups = value_rows(VillageForm.of([]), spread(columns_of(standing)), VillageProfile, revealed=True)
        return render_template(
            "registry/village_public.html", layout="desk_base.html", **_public(village, year, groups, standing, [])
        )
    form = VillageForm.of(_pairs(standing))
    return _page(village, year, form, standing)


def _village(code: str, year: int) -> Village:
    if not FIRST_YEAR <= year <= today().year:
        raise NotFound
    return open_village(code, actor=actor())


def _pairs(standing: VillageProfile | None) -> Pairs:
    return paired(VillageForm.of([]).raws_of(columns_of(standing)))


def _page(village: Village, year: int, form: VillageForm, standing: VillageProfile | None) -> str:
    before = next((sheet for sheet in village_profiles(village.id) if sheet.year < year), None)
    found = form.raws_of(columns_of(before))
    return render_template(
        "registry/village_sheet.html",
        code=village.region_code,
        place=place_name(village.region_code),
        year=year,
        form=form,
        revision=request.form.get("revision") or (standing.revision if standing else 0),
        offers={
            name: Offer(_("%(year)s: %(value)s", year=before.year, value=form[name].said(raws)), raws)
            for name, raws in found.items()
        }
        if before
        else {},
    )


@blueprint.post("/villages/<string(length=12):code>/register/<int:year>")
@requires(RegistryPermission.HOUSEHOLD_CHANGE)
def save_village_sheet(code: str, year: int) -> ResponseReturnValue:
    """Write the sheet of a year; what is wrong stands beside its field, and nothing typed is lost."""
    village = _village(code, year)
    require(actor(), RegistryPermission.HOUSEHOLD_CHANGE, village)
    standing = village_profile(village.id, year)
    pairs = typed()
    wanted = request.form.get("copy", "")
    form = VillageForm.of(_with_copy(village, year, pairs, wanted) if wanted else pairs)
    if wanted:
        return _page(village, year, form, standing)
    if not form.validate():
        return _page(village, year, form, standing), 422
    seen = request.form.get("revision", "0")
    try:
        save_village_profile(
            village,
            year,
            form.answers(),
            actor=actor(),
            as_of=today(),
            expected_revision=int(seen) if seen.isascii() and seen.isdecimal() else 0,
        )
    except NotValid as refusal:
        form.refuse(refusal)
        return _page(village, year, form, standing), 422
    except Refused as refusal:
        form.refuse(NotValid({"": [refusal.detail]}))
        return _page(village, year, form, standing), 409
    check_village_sheets(village)
    flash(_("The sheet of %(year)s is on file.", year=year))
    return redirect(url_for("registry.village_register", code=code), 303)


def _with_copy(village: Village, year: int, pairs: Pairs, name: str) -> Pairs:
    before = next((sheet for sheet in village_profiles(village.id) if sheet.year < year), None)
    raws = VillageForm.of([]).raws_of(columns_of(before)).get(name, [])
    return [(key, value) for key, value in pairs if key != name] + [(name, raw) for raw in raws]


@open_blueprint.get("/villages/<string(length=12):code>/register")
@public
def published_register(code: str) -> ResponseReturnValue:
    """Show everybody the newest sheet of a village, or that of a year: no person, no small sensitive number."""
    village = find_village(code)
    sheets = village_profiles(village.id) if village else []
    wanted = request.args.get("year", "")
    year = int(wanted) if wanted.isascii() and wanted.isdecimal() else (sheets[0].year if sheets else 0)
    sheet = next((found for found in sheets if found.year == year), None)
    if village is None or sheet is None:
        abort(404)
    small = {name: _("Fewer than 5; not shown") for name in SENSITIVE_COUNTS if is_small(getattr(sheet, name))}
    groups = value_rows(VillageForm.of([]), spread(public_village(sheet)), VillageProfile, revealed=True, hidden=small)
    return render_template(
        "registry/village_public.html", **_public(village, year, groups, sheet, [found.year for found in sheets])
    )


def _public(village: Village, year: int, groups: Any, sheet: VillageProfile, years: list[int]) -> dict[str, Any]:
    code, last = village.region_code, min(date(year, 12, 31), today())
    tabs = [
        {
            "url": url_for("registers.published_register", code=code, year=other),
            "text": str(other),
            "current": other == year,
        }
        for other in years
    ]
    return {
        "place": place_name(code),
        "code": code,
        "year": year,
        "groups": groups,
        "sheet": sheet,
        "years": tabs,
        "team": public_team(stationed_team_on(village.id, last)),
        "projects": project_rows(village.id, code, year=year),
    }
