"""Whatever helpers, officers, households and the clock do: h is the sum of p of live pledges and pd of ended ones."""

from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from datetime import timedelta
from decimal import Decimal
from threading import Barrier, Thread
from typing import Any, ClassVar
from uuid import UUID

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from core.clock import today
from core.db import db, unit_of_work
from core.errors import Refused
from core.policy import ANONYMOUS, SYSTEM, Actor
from core.records import note
from pledges.choices import LIVE_PLEDGE, DeliveryStage, Outcome, PledgeStage
from pledges.models import Delivery, Pledge
from pledges.services import (
    agree_pledge,
    annul_delivery,
    answer,
    arrive_delivery,
    dispute_unmended,
    enter_delivery,
    lapse_pledges,
    mend_delivery,
    release_pledge,
    withdraw_pledge,
)
from registry.choices import FundSource
from tests.factories.donors import make_donor
from tests.factories.people import acting
from tests.factories.pledges import Scene, day

PARTS = st.integers(min_value=1, max_value=4)
WRONG = (Outcome.PARTLY_RECEIVED, Outcome.UNSUITABLE, Outcome.NOT_RECEIVED)
# Without these the invariants would hold for want of anything that could break them.
REACHED = {f"delivery.{stage}" for stage in ("planned", "awaiting", "confirmed", "mending", "disputed", "annulled")} | {
    f"pledge.{stage}" for stage in ("offered", "agreed", "lapsed", "withdrawn", "released")
}


def rows(model: Any, *stages: Any, need_id: UUID | None = None) -> list[Any]:
    with unit_of_work(SYSTEM):
        found = db.session.query(model).order_by(model.created_at, model.id)
        if need_id is not None:
            found = found.filter(model.need_id == need_id)
        return [row for row in found if not stages or row.stage in stages]


def any_of(model: Any, *stages: Any) -> Any:
    """Let a rule run only while there is a row in one of the stages."""
    return precondition(lambda play: bool(play.rows(model, *stages)))


class Dealings(RuleBasedStateMachine):
    """One need of six, three donors, and everybody who may do something about it."""

    scene: Scene
    heads: ClassVar[list[tuple[UUID, UUID]]] = []
    reached: ClassVar[Counter[str]] = Counter()

    @initialize()
    def begin(self) -> None:
        self.scene = Scene()

    def rows(self, model: Any, *stages: Any) -> list[Any]:
        return rows(model, *stages, need_id=self.scene.need_id)

    def _try(self, account: UUID | None, act: Callable[[Actor], object]) -> None:
        """Refusals are fine, wrong sums are not."""
        with suppress(Refused):
            if account is None:
                with unit_of_work(ANONYMOUS):
                    act(ANONYMOUS)
            else:
                with acting(account) as actor:
                    act(actor)

    def _one(self, data: st.DataObject, model: Any, *stages: Any) -> Any:
        return data.draw(st.sampled_from(self.rows(model, *stages)))

    def _head(self, pledge: Pledge) -> UUID:
        return next(head for donor, head in self.heads if donor == pledge.donor_id)

    @rule(who=st.integers(0, 2), parts=PARTS)
    def offer_and_agree(self, who: int, parts: int) -> None:
        donor_id, head = self.heads[who]
        with suppress(Refused):
            self.scene.agree(self.scene.offer(str(parts), head=head, donor_id=donor_id))

    @rule(who=st.integers(0, 2), parts=PARTS)
    def offer(self, who: int, parts: int) -> None:
        donor_id, head = self.heads[who]
        with suppress(Refused):
            self.scene.offer(str(parts), head=head, donor_id=donor_id)

    @any_of(Pledge, PledgeStage.OFFERED)
    @rule(data=st.data())
    def agree(self, data: st.DataObject) -> None:
        pledge = self._one(data, Pledge, PledgeStage.OFFERED)
        self._try(self.scene.cadre, lambda actor: agree_pledge(pledge, actor=actor))

    @any_of(Pledge, PledgeStage.AGREED)
    @rule(data=st.data(), parts=PARTS, days=st.sampled_from((0, 0, 3)))
    def deliver(self, data: st.DataObject, parts: int, days: int) -> None:
        pledge = self._one(data, Pledge, PledgeStage.AGREED)
        values = {"quantity": Decimal(parts), "delivered_on": day(days), "fund_source": FundSource.SOCIAL}
        self._try(self._head(pledge), lambda actor: enter_delivery(pledge, actor=actor, **values))

    @any_of(Pledge, PledgeStage.AGREED)
    @rule(data=st.data(), outcome=st.sampled_from(Outcome), parts=PARTS)
    def deliver_and_ask(self, data: st.DataObject, outcome: Outcome, parts: int) -> None:
        self.deliver(data=data, parts=parts, days=0)
        if self.rows(Delivery, DeliveryStage.RECORDED, DeliveryStage.AWAITING):
            self.say(data=data, outcome=outcome, part=1)

    @any_of(Pledge, PledgeStage.AGREED)
    @rule(data=st.data(), outcome=st.sampled_from(WRONG), way=st.sampled_from(("leave", "mend", "annul")))
    def go_wrong(self, data: st.DataObject, outcome: Outcome, way: str) -> None:
        """A delivery that does not come as promised, and what is done about it at once, or not yet."""
        self.deliver(data=data, parts=2, days=0)
        if self.rows(Delivery, DeliveryStage.RECORDED, DeliveryStage.AWAITING):
            self.say(data=data, outcome=outcome, part=1)
        if way != "leave" and self.rows(Delivery, DeliveryStage.MENDING):
            self.mend(data=data) if way == "mend" else self.run_late(data=data)
        if way == "annul" and self.rows(Delivery, DeliveryStage.DISPUTED):
            self.annul(data=data)

    @any_of(Delivery, DeliveryStage.MENDING)
    @rule(data=st.data())
    def run_late(self, data: st.DataObject) -> None:
        """Let the seven days pass in which a delivery is to be put right."""
        delivery_id = self._one(data, Delivery, DeliveryStage.MENDING).id
        with unit_of_work(SYSTEM):
            late = db.session.get_one(Delivery, delivery_id)
            late.mend_due_on = today() - timedelta(days=1)
            note(late, "delivery.mended")
        with unit_of_work(SYSTEM):
            dispute_unmended()

    @any_of(Delivery, DeliveryStage.PLANNED)
    @rule(data=st.data())
    def arrive(self, data: st.DataObject) -> None:
        delivery, on = self._one(data, Delivery, DeliveryStage.PLANNED), day(0)
        village = self.scene.people.author
        self._try(village, lambda actor: arrive_delivery(delivery, actor=actor, arrived_on=on, receiver="someone"))

    @any_of(Delivery, DeliveryStage.RECORDED, DeliveryStage.AWAITING)
    @rule(data=st.data(), outcome=st.sampled_from(Outcome), part=PARTS)
    def say(self, data: st.DataObject, outcome: Outcome, part: int) -> None:
        delivery = self._one(data, Delivery, DeliveryStage.RECORDED, DeliveryStage.AWAITING)
        slip, pin = self.scene.slip(delivery.id), self.scene.pin
        words = {"quantity": Decimal(part)} if outcome is Outcome.PARTLY_RECEIVED else {}
        self._try(None, lambda actor: answer(slip.digits, pin=pin, outcome=outcome, actor=actor, address="a", **words))

    @any_of(Delivery, DeliveryStage.MENDING)
    @rule(data=st.data())
    def mend(self, data: st.DataObject) -> None:
        delivery = self._one(data, Delivery, DeliveryStage.MENDING)
        self._try(self.scene.cadre, lambda actor: mend_delivery(delivery, actor=actor))

    @any_of(Delivery, DeliveryStage.DISPUTED)
    @rule(data=st.data())
    def annul(self, data: st.DataObject) -> None:
        delivery = self._one(data, Delivery, DeliveryStage.DISPUTED)
        county = self.scene.people.county
        self._try(county, lambda actor: annul_delivery(delivery, actor=actor, finding="nothing came"))

    @any_of(Pledge, *LIVE_PLEDGE)
    @rule(data=st.data(), by_donor=st.booleans())
    def end(self, data: st.DataObject, by_donor: bool) -> None:
        pledge = self._one(data, Pledge, *LIVE_PLEDGE)
        if by_donor:
            self._try(self._head(pledge), lambda actor: withdraw_pledge(pledge, actor=actor, reason="cannot"))
        else:
            self._try(self.scene.people.approver, lambda actor: release_pledge(pledge, actor=actor, reason="late"))

    @any_of(Pledge, PledgeStage.AGREED)
    @rule(data=st.data())
    def lapse(self, data: st.DataObject) -> None:
        pledge_id = self._one(data, Pledge, PledgeStage.AGREED).id
        with unit_of_work(SYSTEM):
            late = db.session.get_one(Pledge, pledge_id)
            late.due_on = today() - timedelta(days=1)
            note(late, "pledge.escalated")
        with unit_of_work(SYSTEM):
            lapse_pledges()

    @invariant()
    def sums_hold(self) -> None:
        pledges = self.rows(Pledge)
        held, delivered, confirmed = self.scene.sums()
        promised = sum((p.quantity if p.is_live else p.delivered for p in pledges), Decimal(0))
        assert held == promised
        assert delivered == sum((p.delivered for p in pledges), Decimal(0))
        assert confirmed == sum((p.confirmed for p in pledges), Decimal(0))
        assert confirmed <= delivered <= held <= 6

    @invariant()
    def note_what_was_reached(self) -> None:
        for model in (Pledge, Delivery):
            self.reached.update(f"{model.__tablename__}.{row.stage}" for row in self.rows(model))

    @invariant()
    def what_was_annulled_counts_no_more(self) -> None:
        """d counts of an annulled delivery only what the household had received (workflows.md, annul)."""
        for delivery in self.rows(Delivery, DeliveryStage.ANNULLED):
            assert delivery.finding
            assert delivery.received_quantity == 0
        for delivery in self.rows(Delivery, DeliveryStage.MENDING):
            assert delivery.mend_due_on is not None
            assert delivery.received_quantity < delivery.quantity

    @invariant()
    def pledges_follow_from_deliveries(self) -> None:
        counted = [row for row in self.rows(Delivery) if row.stage is not DeliveryStage.PLANNED]
        for pledge in self.rows(Pledge):
            own = [row for row in counted if row.pledge_id == pledge.id]
            brought = sum((row.received_quantity if row.finding else row.quantity for row in own), Decimal(0))
            assert pledge.delivered == brought
            assert pledge.confirmed == sum((row.received_quantity for row in own), Decimal(0))


def test_the_sums_hold_whatever_anybody_does(scene: Scene) -> None:
    Dealings.heads = [(scene.donor_id, scene.head), *(make_donor(officer=scene.people.county) for _ in range(2))]
    Dealings.reached.clear()
    quiet = settings(
        max_examples=15,
        stateful_step_count=20,
        deadline=None,
        database=None,
        derandomize=True,
        suppress_health_check=list(HealthCheck),
    )
    run_state_machine_as_test(Dealings, settings=quiet)
    assert set(Dealings.reached) >= REACHED


def test_eight_donors_at_once_never_exceed_what_is_needed(scene: Scene) -> None:
    heads = [make_donor(officer=scene.people.county) for _ in range(8)]
    barrier, refused = Barrier(8), []

    def pledge(donor_id: UUID, head: UUID) -> None:
        barrier.wait()
        try:
            scene.offer("1.5", head=head, donor_id=donor_id)
        except Refused as refusal:
            refused.append(refusal.code)

    threads = [Thread(target=pledge, args=pair) for pair in heads]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sum((row.quantity for row in rows(Pledge)), Decimal(0)) == 6
    assert refused == ["too_much"] * 4
    assert scene.sums() == (6, 0, 0)


def test_one_slip_answered_eight_times_at_once_counts_once(scene: Scene) -> None:
    _delivery, slip = scene.awaiting()
    said: list[str] = []
    barrier = Barrier(8)

    def say() -> None:
        barrier.wait()
        try:
            scene.say(slip.digits)
            said.append("counted")
        except Refused as refusal:
            said.append(refusal.code)

    threads = [Thread(target=say) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert said.count("counted") == 1
    assert scene.sums() == (2, 2, 2)
