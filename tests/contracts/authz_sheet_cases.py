"""What the matrix sends about sheets handed in and lists taken out."""

from tests.contracts.authz_case import Case, fixed, ids
from tests.factories.places import VILLAGE

LIST = {"kind": "households", "place": VILLAGE, "purpose": "meeting"}

SHEETS: dict[tuple[str, str, str], Case] = {
    ("POST", "/desk/imports", "nothing typed"): Case(make=fixed(kind="")),
    ("GET", "/desk/import-templates/<string:kind>", ""): Case(ids(kind="households")),
    ("POST", "/desk/exports", ""): Case(make=fixed(**LIST)),
}
