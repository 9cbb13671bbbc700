"""Where money and goods come from (domain.md 7.1)."""

from enum import StrEnum

from core.i18n import _l, register_labels


class FundSource(StrEnum):
    """The four sources, in the order in which they are told."""

    SPECIAL_FISCAL = "special_fiscal"
    SECTORAL = "sectoral"
    SOCIAL = "social"
    MOBILISED = "mobilised"


register_labels(
    {
        FundSource.SPECIAL_FISCAL: _l("Special budget funds"),
        FundSource.SECTORAL: _l("Funds of a department"),
        FundSource.SOCIAL: _l("Given by society"),
        FundSource.MOBILISED: _l("Mobilised by the unit"),
    }
)
