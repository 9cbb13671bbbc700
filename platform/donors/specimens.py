"""Codes for the demo and for tests: valid by their check digits, plainly invented by their place (459999 is none)."""

from datetime import date, timedelta

from stdnum.cn import ric, uscc

from donors.identity import organisation_check_digit
from donors.models import DonorKind

PLACE = "459999"
_FIRST_BIRTH = date(1945, 1, 1)
_DAYS = 20_000
_FRONT = {
    DonorKind.GOVERNMENT_ORGAN: "11",
    DonorKind.PUBLIC_INSTITUTION: "12",
    DonorKind.PEOPLE_ORGANISATION: "13",
    DonorKind.DEMOCRATIC_PARTY: "13",
    DonorKind.ASSOCIATION: "51",
    DonorKind.SOCIAL_SERVICE_AGENCY: "52",
    DonorKind.FOUNDATION: "53",
    DonorKind.ENTERPRISE: "91",
    DonorKind.SOLE_TRADER: "92",
    DonorKind.FARMER_COOPERATIVE: "93",
    DonorKind.VOLUNTEER_GROUP: "52",
    DonorKind.OVERSEAS_NGO: "Y1",
}


def make_uscc(kind: DonorKind, n: int) -> str:
    """Return the n-th invented credit code of a kind of organisation (0 to 999,999)."""
    if not 0 <= n < 1_000_000:
        raise ValueError(n)
    body = f"QX{n:06d}"
    code = _FRONT[kind] + PLACE + body + organisation_check_digit(body)
    return code + uscc.calc_check_digit(code)


def make_resident_id(n: int, *, born: date | None = None) -> str:
    """Return the n-th invented ID number, of somebody born between 1945 and 1999 or on a given day.

    All differ for n from 0 to 19,999,999; with `born` for n from 0 to 999.
    """
    if not 0 <= n < (_DAYS * 1000 if born is None else 1000):
        raise ValueError(n)
    day = born or _FIRST_BIRTH + timedelta(days=n * 7 % _DAYS)
    sequence = n if born else n // _DAYS
    body = f"{PLACE}{day:%Y%m%d}{sequence:03d}"
    return body + ric.calc_check_digit(body + "0")
