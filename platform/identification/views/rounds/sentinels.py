"""The sentinel lists of a village: who stands on them, what came of each, and the button that looks again."""

from collections import Counter
from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from core.errors import NotFound
from core.http import actor
from core.i18n import _, label, ngettext
from core.policy import can, requires
from identification.case_packs import pack_labels
from identification.case_policy import CasePermission
from identification.forms.rounds import VillageChoiceForm
from identification.queries.cases import clue_rows
from identification.queries.clues import OF_HEALTH, SentinelRow, sentinel_rows
from identification.queries.rounds import running_rounds
from identification.round_choices import Outcome
from identification.services.clues import CLUES, look_for_clues
from identification.services.noticing import Place
from identification.views.desk_places import all_villages
from identification.views.rounds.door import blueprint
from registry.choices import Sentinel
from registry.views.places import place_name


@blueprint.get("/sentinels")
@requires(CasePermission.CLUE_FIND)
def lists() -> ResponseReturnValue:
    """Choose a village of mine; then see its lists."""
    villages = all_villages(actor())
    village = request.args.get("village", villages[0][0] if len(villages) == 1 else "")
    form = VillageChoiceForm.read_query(village=village).offer(villages)
    if not village:
        return render_template("identification/rounds/sentinels_choose.html", form=form)
    if not can(actor(), CasePermission.CLUE_FIND, Place(village)):
        raise NotFound
    rows = sentinel_rows(actor(), village)
    return render_template(
        "identification/rounds/sentinels.html",
        form=form,
        many=len(villages) > 1,
        village=village,
        place=place_name(village),
        rows=rows,
        lists=_by_list(rows),
        pack_labels=pack_labels,
        to_ask=sum(row.outcome is Outcome.TO_ASK for row in rows),
        clues=clue_rows(actor(), region_code=village),
        rounds=running_rounds(village),
    )


def _by_list(rows: list[SentinelRow]) -> list[dict[str, Any]]:
    """Return how many households stand on each list, by what came of them. Lists of illness are one line."""
    counted: dict[str, Counter[Outcome]] = {}
    for row in rows:
        for name in [label(one) for one in row.lists] + ([_("Lists about health")] if row.of_health else []):
            counted.setdefault(name, Counter())[row.outcome] += 1
    names = [label(one) for one in Sentinel if one not in OF_HEALTH] + [_("Lists about health")]
    return [
        {
            "name": name,
            "all": counted[name].total(),
            "words": [
                _("%(name)s: %(count)s", name=label(outcome), count=counted[name][outcome])
                for outcome in Outcome
                if counted[name][outcome]
            ],
        }
        for name in names
        if name in counted
    ]


@blueprint.post("/sentinels")
@requires(CasePermission.CLUE_FIND)
def look() -> ResponseReturnValue:
    """Look through the lists now; whoever nobody has asked becomes a clue."""
    village = request.form.get("village", "")
    if not can(actor(), CasePermission.CLUE_FIND, Place(village)):
        raise NotFound
    found = look_for_clues(village, actor=actor())
    if found >= CLUES:
        flash(_("%(count)s clues were found. There are more: look again, or let the night do it.", count=found))
    else:
        flash(ngettext("%(count)s clue was found", "%(count)s clues were found", found))
    return redirect(url_for(".lists", village=village), 303)
