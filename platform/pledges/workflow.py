"""How a pledge and its deliveries go (workflows.md, Pledge; Delivery and confirmation)."""

from enum import StrEnum

from core.i18n import _l
from core.workflow import Transition, Workflow
from pledges import delivery_guards, guards
from pledges.choices import DeliveryStage, PledgeStage
from pledges.policy import PledgePermission

S, D, P = PledgeStage, DeliveryStage, PledgePermission


def _from(*stages: StrEnum | None) -> frozenset[StrEnum | None]:
    return frozenset(stages)


LIVE = _from(S.OFFERED, S.AGREED)

pledge_workflow = Workflow(
    "pledge",
    (
        Transition("offer", _from(None), S.OFFERED, P.PLEDGE_OFFER, "pledge.offered", _l("Pledge"), guards.offer),
        Transition("agree", _from(S.OFFERED), S.AGREED, P.PLEDGE_AGREE, "pledge.agreed", _l("Agree"), guards.agreement),
        Transition(
            "escalate", _from(S.OFFERED), None, None, "pledge.escalated", _l("The decision moves up"), system=True
        ),
        Transition(
            "lapse_offered",
            _from(S.OFFERED),
            S.LAPSED,
            None,
            "pledge.lapsed",
            _l("Nobody decided in time"),
            guards.lapse_offered,
            system=True,
        ),
        Transition(
            "lapse",
            _from(S.AGREED),
            S.LAPSED,
            None,
            "pledge.lapsed",
            _l("It was not delivered in time"),
            guards.lapse_agreed,
            system=True,
        ),
        Transition(
            "withdraw",
            LIVE,
            S.WITHDRAWN,
            P.PLEDGE_WITHDRAW,
            "pledge.withdrawn",
            _l("Withdraw the pledge"),
            guards.withdrawal,
        ),
        Transition(
            "release",
            LIVE,
            S.RELEASED,
            P.PLEDGE_RELEASE,
            "pledge.released",
            _l("Release"),
            guards.release,
            reason=True,
        ),
    ),
)

delivery_workflow = Workflow(
    "delivery",
    (
        Transition(
            "plan",
            _from(None),
            D.PLANNED,
            P.DELIVERY_ENTER,
            "delivery.planned",
            _l("Plan a delivery"),
            delivery_guards.plan,
        ),
        Transition(
            "deliver",
            _from(None),
            D.RECORDED,
            P.DELIVERY_ENTER,
            "delivery.recorded",
            _l("Record a delivery"),
            delivery_guards.deliver,
        ),
        Transition(
            "arrive",
            _from(D.PLANNED, D.RECORDED),
            D.RECORDED,
            P.DELIVERY_ARRIVE,
            "delivery.arrived",
            _l("It has arrived"),
            delivery_guards.arrival,
        ),
        Transition(
            "issue_code",
            _from(D.PLANNED, D.RECORDED, D.AWAITING, D.DISPUTED),
            None,
            P.SLIP_ISSUE,
            "confirmation.code_issued",
            _l("Make the slip"),
            delivery_guards.slip,
        ),
        Transition(
            "await",
            _from(D.RECORDED, D.DISPUTED),
            D.AWAITING,
            None,
            "delivery.awaiting",
            _l("The household is asked"),
            system=True,
        ),
        Transition(
            "receive",
            _from(D.AWAITING),
            D.CONFIRMED,
            P.CONFIRMATION_ANSWER,
            "confirmation.received",
            _l("All of it came"),
        ),
        Transition(
            "receive_partly",
            _from(D.AWAITING),
            D.MENDING,
            P.CONFIRMATION_ANSWER,
            "confirmation.partly",
            _l("Only part of it came"),
        ),
        Transition(
            "call_unsuitable",
            _from(D.AWAITING),
            D.MENDING,
            P.CONFIRMATION_ANSWER,
            "confirmation.unsuitable",
            _l("It came but is not usable"),
        ),
        Transition(
            "refuse",
            _from(D.AWAITING),
            D.DISPUTED,
            P.CONFIRMATION_ANSWER,
            "confirmation.refused",
            _l("It did not come"),
        ),
        Transition("mend", _from(D.MENDING), D.AWAITING, P.DELIVERY_MEND, "delivery.mended", _l("It was put right")),
        Transition(
            "dispute",
            _from(D.MENDING),
            D.DISPUTED,
            None,
            "delivery.disputed",
            _l("It was not put right"),
            delivery_guards.unmended,
            system=True,
        ),
        Transition(
            "inquire",
            _from(D.DISPUTED),
            None,
            P.DELIVERY_INQUIRE,
            "delivery.inquired",
            _l("The county looked into it"),
            delivery_guards.annulment,
        ),
        Transition(
            "annul",
            _from(D.DISPUTED),
            D.ANNULLED,
            P.DELIVERY_ANNUL,
            "delivery.annulled",
            _l("Annul what was not received"),
            delivery_guards.annulment_whole,
            reason=True,
        ),
        Transition(
            "annul_rest",
            _from(D.DISPUTED),
            D.CONFIRMED,
            P.DELIVERY_ANNUL,
            "delivery.annulled",
            _l("Annul the rest that was not received"),
            delivery_guards.annulment_rest,
            reason=True,
        ),
        Transition(
            "remind",
            _from(D.AWAITING),
            None,
            None,
            "confirmation.reminded",
            _l("Remind the household"),
            system=True,
        ),
        Transition(
            "close",
            _from(D.AWAITING),
            D.UNANSWERED,
            None,
            "confirmation.unanswered",
            _l("Close without an answer"),
            system=True,
        ),
    ),
)
