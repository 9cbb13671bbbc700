"""What the matrix sends about notices, objections, and what villagers tell of their own accord."""

from io import BytesIO
from typing import Any

from tests.contracts.authz_case import Body, Case, fixed, ids
from tests.factories.notices import board_photo
from tests.factories.noticing import CONTACT, RECEIPT
from tests.factories.places import VILLAGE
from tests.factories.world import World

DESK = "/desk/notices/<uuid:notice_id>"
LINE = "/desk/notice-entries/<uuid:entry_id>/correction"
OBJECTION = "/desk/objections/<uuid:objection_id>"
TOLD = {"told": "The list says something that is not so."}
OBJECTS = {"kind": "omission", **TOLD}
TELLS = {"for_another": "no", "name": "黄某", "phone": "13900008888", **TOLD}
ENTERED = {"region_code": VILLAGE, "channel": "phone"}


def with_photo(**body: Any) -> Any:
    """Return a body with a picture; each request needs its own, since it is read to its end."""

    def make(world: World) -> Body:
        return body | {"photo": (BytesIO(board_photo()), "board.jpg")}

    return make


NOTICES: dict[tuple[str, str, str], Case] = {
    ("POST", "/desk/notices", "nobody is ready"): Case(
        make=fixed(region_code=VILLAGE, what="B_monitoring_2021/village")
    ),
    ("POST", f"{DESK}/post", ""): Case(ids(notice_id="notice_prepared"), with_photo()),
    ("POST", f"{DESK}/post-again", ""): Case(ids(notice_id="notice_missing"), with_photo()),
    ("POST", f"{DESK}/inspections", ""): Case(make=fixed(still_up="yes")),
    ("POST", f"{DESK}/withdraw", ""): Case(make=fixed(reason="A wrong list.")),
    ("POST", LINE, ""): Case(make=fixed(name="黄某", persons="5", reason_group="both")),
    ("POST", "/desk/objections", ""): Case(make=fixed(**ENTERED, **OBJECTS)),
    ("POST", f"{OBJECTION}/refuse", ""): Case(make=fixed(why="no_facts", words="It names nothing.")),
    ("POST", f"{OBJECTION}/investigate", ""): Case(ids(objection_id="objection_accepted")),
    ("POST", f"{OBJECTION}/decide", "who looked into it"): Case(
        ids(objection_id="objection_investigated"), fixed(finding="dismissed", words="Looked.")
    ),
    ("POST", f"{OBJECTION}/reply", ""): Case(ids(objection_id="objection_decided"), fixed(words="No.")),
    ("POST", f"{OBJECTION}/reply-finally", ""): Case(
        ids(objection_id="objection_review"), fixed(finding="dismissed", words="Looked again.")
    ),
    ("POST", "/notices/<uuid:notice_id>/object", ""): Case(make=fixed(**OBJECTS)),
    ("GET", "/desk/own-reports/<uuid:report_id>", ""): Case(ids(report_id="own_report")),
    ("POST", "/desk/own-reports", ""): Case(make=fixed(**ENTERED, **TELLS)),
    ("POST", "/own-reports", ""): Case(make=fixed(village=VILLAGE, **TELLS)),
    ("POST", "/my-case/second-look", ""): Case(make=fixed(receipt_no=RECEIPT, key=CONTACT)),
    ("POST", "/desk/paper-codes", ""): Case(make=fixed(region_code=VILLAGE)),
}
