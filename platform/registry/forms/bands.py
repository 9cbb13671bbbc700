"""Natural villages without a road, by how many households they have: one column on file, six fields on the form."""

from collections.abc import Mapping
from typing import Any

from wtforms import ValidationError

from core.i18n import _, _l
from registry.forms.fields import WholeField
from registry.forms.step import StepForm
from registry.models.village_fields import BANDS

COLUMN = "roadless_villages"
NAMES = tuple(f"roadless_{band}" for band in BANDS)


class Band(WholeField):
    """How many natural villages of one size; either each size has its number, or none has."""

    def post_validate(self, form: Any, validation_stopped: bool) -> None:
        if self.data is None and any(form[name].data is not None for name in NAMES):
            raise ValidationError(_("Enter a number for each band."))


class BandsForm(StepForm):
    roadless_under_5 = Band(_l("with fewer than 5 households"))
    roadless_from_5 = Band(_l("with 5 to 9 households"))
    roadless_from_10 = Band(_l("with 10 to 19 households"))
    roadless_from_20 = Band(_l("with 20 to 49 households"))
    roadless_from_50 = Band(_l("with 50 to 99 households"))
    roadless_from_100 = Band(_l("with 100 households and more"))

    def answers(self) -> dict[str, Any]:
        """Return what the services take; the bands as one list, None where nobody counted them."""
        found = super().answers()
        counts = [found.pop(name) for name in NAMES]
        return found | {COLUMN: None if None in counts else counts}

    def raws_of(self, values: Mapping[str, Any]) -> dict[str, list[str]]:
        return super().raws_of(spread(values))


def spread(values: Mapping[str, Any]) -> dict[str, Any]:
    """Return the values of a sheet with a value for each band."""
    return {**values, **dict(zip(NAMES, values.get(COLUMN) or [None] * len(NAMES), strict=True))}
