"""The contact card on the wall, two copies on one sheet."""

from typing import Any

from core.i18n import _
from reports.layouts.blocks import value_of
from reports.sheets import CardSheet


def contact_card(sheet: CardSheet) -> list[dict[str, Any]]:
    """Return the copy for the household's wall and the one that the helper keeps."""
    large = [
        {"words": _("Your helper"), "value": value_of(sheet.helper)},
        {"words": _("Phone"), "value": sheet.phone},
    ]
    fields = [{"words": one.words, "value": value_of(one.value)} for one in sheet.facts]
    advice = _(
        "Call when something is missing, wrong, or late. Help is free; "
        "nobody may ask you for money or a signature in blank."
    )
    return [
        {"whose": whose, "large": large, "fields": fields, "advice": advice, "signs": [signed, _("Day")]}
        for whose, signed in (
            (_("On the wall of the household"), _("Signature of the helper")),
            (_("The helper keeps this copy"), _("Signature of the household")),
        )
    ]
