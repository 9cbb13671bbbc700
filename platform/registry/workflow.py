"""What two officers do together: a card is replaced, the particulars of a household are erased."""

from enum import StrEnum

from core.i18n import _l
from core.workflow import Transition, Workflow
from registry import guards
from registry.choices import ErasureStage, ImportStage, ReplacementStage
from registry.policy import RegistryPermission

R, E, S, P = ReplacementStage, ErasureStage, ImportStage, RegistryPermission


def _from(*stages: StrEnum | None) -> frozenset[StrEnum | None]:
    return frozenset(stages)


replacement_workflow = Workflow(
    "card_replacement",
    (
        Transition("ask", _from(None), R.ASKED, P.CARD_REPLACE, "card_replacement.asked", _l("Ask the other officer")),
        Transition(
            "agree",
            _from(R.ASKED),
            R.AGREED,
            P.CARD_REPLACE,
            "card_replacement.agreed",
            _l("Agree to a new card"),
            guards.second_officer,
        ),
        Transition(
            "decline",
            _from(R.ASKED),
            R.DECLINED,
            P.CARD_REPLACE,
            "card_replacement.declined",
            _l("Decline"),
            guards.second_officer,
        ),
        Transition(
            "give",
            _from(R.AGREED),
            R.DONE,
            P.CARD_REPLACE,
            "card_replacement.done",
            _l("Give the new card"),
            guards.giving,
        ),
        Transition(
            "withdraw",
            _from(R.ASKED, R.AGREED),
            R.WITHDRAWN,
            P.CARD_REPLACE,
            "card_replacement.withdrawn",
            _l("Take it back"),
        ),
    ),
)

erasure_workflow = Workflow(
    "erasure_order",
    (
        Transition("ask", _from(None), E.ASKED, P.HOUSEHOLD_ERASE, "erasure.asked", _l("Ask for it")),
        Transition(
            "agree",
            _from(E.ASKED),
            E.DONE,
            P.HOUSEHOLD_ERASE,
            "erasure.agreed",
            _l("Agree and erase for good"),
            guards.second_official,
        ),
        Transition(
            "decline",
            _from(E.ASKED),
            E.DECLINED,
            P.HOUSEHOLD_ERASE,
            "erasure.declined",
            _l("Decline"),
            guards.second_official,
        ),
        Transition(
            "withdraw",
            _from(E.ASKED),
            E.WITHDRAWN,
            P.HOUSEHOLD_ERASE,
            "erasure.withdrawn",
            _l("Take it back"),
            guards.asker,
        ),
    ),
)

import_workflow = Workflow(
    "import_batch",
    (
        Transition("upload", _from(None), S.UPLOADED, P.SHEET_IMPORT, "import.uploaded", _l("Hand in")),
        Transition(
            "map", _from(S.CHECKED), S.UPLOADED, P.SHEET_IMPORT, "import.mapped", _l("Read again"), guards.uploader
        ),
        Transition("check", _from(S.UPLOADED), S.CHECKED, None, "import.checked", _l("Checked"), system=True),
        Transition("fail", _from(S.UPLOADED), S.FAILED, None, "import.failed", _l("Could not be read"), system=True),
        Transition(
            "start", _from(S.CHECKED), S.RUNNING, P.SHEET_IMPORT, "import.started", _l("Take it in"), guards.uploader
        ),
        Transition("finish", _from(S.RUNNING), S.DONE, None, "import.finished", _l("Taken in"), system=True),
        Transition("return", _from(S.RUNNING), S.CHECKED, None, "import.returned", _l("Goes back"), system=True),
        Transition(
            "cancel",
            _from(S.UPLOADED, S.CHECKED, S.RUNNING),
            S.CANCELLED,
            P.SHEET_IMPORT,
            "import.cancelled",
            _l("Stop"),
            guards.uploader,
        ),
    ),
)
