"""Guards of the pledge and delivery tables (workflows.md)."""

from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest

from core.clock import now, today
from core.db import db, unit_of_work
from core.errors import Gone, NotPermitted, NotValid, Refused
from core.policy import SYSTEM
from core.records import note, published_records
from donors.models import DonorKind
from needs.models import Need
from pairing.choices import LinkStage, LinkTerm
from pledges.choices import Channel, DeliveryStage, Escalation, Outcome, PledgeKind, PledgeStage
from pledges.models import Confirmation, ConfirmationCode, Delivery, Pledge
from pledges.services import (
    agree_pledge,
    annul_delivery,
    answer,
    arrive_delivery,
    close_unanswered,
    dispute_unmended,
    enter_delivery,
    escalate_pledges,
    lapse_pledges,
    mend_delivery,
    remind_unanswered,
    withdraw_pledge,
)
from registry.choices import FundSource
from tests.factories.donors import make_donor
from tests.factories.people import acting
from tests.factories.pledges import Scene, day, row


def change(model: Any, row_id: Any, kind: str, **values: Any) -> None:
    """Move dates of a row as the clock would have done."""
    with unit_of_work(SYSTEM):
        found = db.session.get_one(model, row_id)
        for name, value in values.items():
            setattr(found, name, value)
        if kind:
            note(found, kind)


def refused(code: str) -> Any:
    return pytest.raises(Refused, match=code)


def test_money_for_a_household_is_refused_with_the_lawful_ways(scene: Scene) -> None:
    with pytest.raises(NotValid) as refusal:
        scene.offer("2", kind=PledgeKind.MONEY)
    assert "kind" in refusal.value.errors


def test_the_smallest_lot_counts_unless_less_remains(scene: Scene) -> None:
    change(Need, scene.need_id, "need.changed", min_lot=Decimal(4))
    with refused("below_min_lot"):
        scene.offer("3")
    assert scene.sums() == (0, 0, 0)
    scene.offer("4")
    assert scene.sums() == (4, 0, 0)
    scene.offer("2")
    assert scene.sums() == (6, 0, 0)


def test_a_day_after_the_season_is_refused(scene: Scene) -> None:
    change(Need, scene.need_id, "need.changed", needed_by=day(5))
    with pytest.raises(NotValid) as refusal:
        scene.offer("2", due_on=day(6))
    assert "due_on" in refusal.value.errors


@pytest.mark.parametrize(("quantity", "code"), [("3", None), ("4", "over_person_limit")])
def test_a_person_with_a_proven_phone_gives_goods_up_to_the_limit(
    scene: Scene, quantity: str, code: str | None
) -> None:
    donor_id, head = make_donor(DonorKind.INDIVIDUAL, level=1, officer=scene.people.county)
    if code:
        with refused(code):
            scene.offer(quantity, donor_id=donor_id, head=head)
    else:
        scene.offer(quantity, donor_id=donor_id, head=head)
        with refused("level_one_goods"):
            scene.offer("1", donor_id=donor_id, head=head, kind=PledgeKind.VOLUNTEERING)


def test_the_cadres_agreement_confirms_a_one_time_link_under_the_surveys_consent(scene: Scene) -> None:
    pledge_id = scene.offer("2")
    link_id = scene.pledge(pledge_id).link_id
    assert scene.link(link_id).stage is LinkStage.HOUSEHOLD_CONSENTED
    scene.agree(pledge_id)
    assert scene.link(link_id).stage is LinkStage.ACTIVE


def test_a_standing_link_is_confirmed_by_the_township_before_a_pledge_is_agreed(scene: Scene) -> None:
    pledge_id = scene.offer("2", term=LinkTerm.STANDING)
    with acting(scene.cadre) as actor, refused("link_not_active"):
        agree_pledge(row(Pledge, pledge_id), actor=actor)
    scene.confirm(scene.pledge(pledge_id).link_id)
    with acting(scene.cadre) as actor:
        agree_pledge(db.session.get_one(Pledge, pledge_id), actor=actor)
    assert scene.pledge(pledge_id).stage is PledgeStage.AGREED


def test_the_decision_climbs_to_the_township_and_to_the_county_while_the_hold_stays(scene: Scene) -> None:
    pledge_id = scene.offer("2", term=LinkTerm.STANDING)
    scene.confirm(scene.pledge(pledge_id).link_id)
    with acting(scene.people.approver) as actor, pytest.raises(NotPermitted):
        agree_pledge(row(Pledge, pledge_id), actor=actor)
    for office in (Escalation.TOWNSHIP, Escalation.COUNTY):
        change(Pledge, pledge_id, "pledge.escalated", decide_by=day(-1))
        with unit_of_work(SYSTEM):
            assert escalate_pledges() == 1
        assert scene.pledge(pledge_id).escalated_to is office
    assert scene.sums() == (2, 0, 0)
    with acting(scene.people.approver) as actor:
        agree_pledge(db.session.get_one(Pledge, pledge_id), actor=actor)
    assert scene.pledge(pledge_id).stage is PledgeStage.AGREED


def test_an_undecided_pledge_lapses_and_the_record_names_the_silent_office(scene: Scene) -> None:
    pledge_id = scene.offer("2")
    change(Pledge, pledge_id, "pledge.escalated", lapses_on=day(0))
    with unit_of_work(SYSTEM):
        assert lapse_pledges() == 1
    assert scene.pledge(pledge_id).stage is PledgeStage.LAPSED
    assert scene.sums() == (0, 0, 0)
    with unit_of_work(SYSTEM):
        records = published_records(f"need/{scene.need_id}", limit=100)
    assert [(r.kind, r.reason) for r in records][0] == ("pledge.lapsed", "silent_cadre")


def test_withdrawing_an_agreed_pledge_needs_a_reason_and_keeps_what_was_delivered(scene: Scene) -> None:
    pledge_id = scene.agreed("3")
    scene.deliver(pledge_id, "1")
    with acting(scene.head) as actor, pytest.raises(NotValid):
        withdraw_pledge(row(Pledge, pledge_id), actor=actor)
    with acting(scene.head) as actor:
        withdraw_pledge(db.session.get_one(Pledge, pledge_id), actor=actor, reason="the lorry broke down")
    assert scene.sums() == (1, 1, 0)


def test_what_a_helper_of_society_gives_counts_as_social_only(scene: Scene) -> None:
    pledge_id = scene.agreed("2")
    with acting(scene.head) as actor, pytest.raises(NotValid) as refusal:
        enter_delivery(
            row(Pledge, pledge_id),
            actor=actor,
            quantity=Decimal(2),
            delivered_on=today(),
            fund_source=FundSource.SPECIAL_FISCAL,
        )
    assert "fund_source" in refusal.value.errors


def test_a_planned_delivery_counts_when_it_arrives_and_the_slip_may_travel_with_it(scene: Scene) -> None:
    delivery_id = scene.deliver(scene.agreed("2"), "2", on=day(3))
    slip = scene.slip(delivery_id)
    assert scene.sums() == (2, 0, 0)
    with refused("not_arrived"):
        scene.say(slip.digits)
    with acting(scene.people.author) as actor:
        arrive_delivery(row(Delivery, delivery_id), actor=actor, arrived_on=today(), receiver="the office")
    assert scene.delivery(delivery_id).stage is DeliveryStage.AWAITING
    assert scene.sums() == (2, 2, 0)
    scene.say(slip.digits)
    assert scene.sums() == (2, 2, 2)


def test_a_new_slip_voids_the_earlier_one(scene: Scene) -> None:
    delivery_id, first = scene.awaiting()
    second = scene.slip(delivery_id)
    with pytest.raises(Gone):
        scene.say(first.digits)
    scene.say(second.digits)


def test_who_entered_a_delivery_makes_no_slip_for_it(scene: Scene) -> None:
    delivery_id = scene.deliver(scene.agreed("2"), by=scene.cadre)
    with refused("four_eyes"):
        scene.slip(delivery_id, by=scene.cadre)


def test_the_code_stands_nowhere_in_the_database(scene: Scene) -> None:
    _delivery, slip = scene.awaiting()
    code: ConfirmationCode = row(ConfirmationCode, slip.id)
    assert slip.digits.encode() not in code.digits_hash
    assert len(slip.digits) == 10
    assert len(slip.link) == 22


def test_a_code_runs_out_after_45_days(scene: Scene) -> None:
    _delivery, slip = scene.awaiting()
    change(ConfirmationCode, slip.id, "", expires_at=row(ConfirmationCode, slip.id).issued_at - timedelta(seconds=1))
    with pytest.raises(Gone):
        scene.say(slip.digits)


def test_what_came_in_part_is_mended_and_asked_again_with_a_new_slip(scene: Scene) -> None:
    delivery_id, slip = scene.awaiting("3")
    scene.say(slip.digits, Outcome.PARTLY_RECEIVED, quantity=Decimal(1))
    assert scene.delivery(delivery_id).mend_due_on == day(7)
    with acting(scene.head) as actor:
        mend_delivery(db.session.get_one(Delivery, delivery_id), actor=actor)
    again = scene.slip(delivery_id)
    scene.say(again.digits)
    assert scene.sums() == (3, 3, 3)


def test_what_is_not_put_right_in_time_is_disputed_and_shown_on_the_need(scene: Scene) -> None:
    delivery_id, slip = scene.awaiting()
    scene.say(slip.digits, Outcome.UNSUITABLE)
    change(Delivery, delivery_id, "delivery.mended", mend_due_on=day(-1))
    with unit_of_work(SYSTEM):
        assert dispute_unmended() == 1
    assert scene.delivery(delivery_id).stage is DeliveryStage.DISPUTED
    assert row(Need, scene.need_id).disputed_since == day(0)
    with refused("open_dispute"):
        scene.offer("1")


def test_the_county_annuls_what_did_not_come_and_the_pledge_is_to_be_delivered_again(scene: Scene) -> None:
    delivery_id, slip = scene.awaiting()
    scene.say(slip.digits, Outcome.NOT_RECEIVED)
    with acting(scene.people.approver) as actor, pytest.raises(NotPermitted):
        annul_delivery(row(Delivery, delivery_id), actor=actor, finding="nothing came")
    with acting(scene.people.county) as actor:
        annul_delivery(db.session.get_one(Delivery, delivery_id), actor=actor, finding="nothing came")
    assert scene.delivery(delivery_id).stage is DeliveryStage.ANNULLED
    assert scene.sums() == (2, 0, 0)
    assert row(Need, scene.need_id).disputed_since is None


def test_annulling_for_a_pledge_past_its_day_opens_the_need_again(scene: Scene) -> None:
    delivery_id, slip = scene.awaiting()
    scene.say(slip.digits, Outcome.NOT_RECEIVED)
    change(Pledge, scene.delivery(delivery_id).pledge_id, "pledge.escalated", due_on=day(-1))
    with acting(scene.people.county) as actor:
        annul_delivery(db.session.get_one(Delivery, delivery_id), actor=actor, finding="nothing came")
    assert scene.pledge(scene.delivery(delivery_id).pledge_id).stage is PledgeStage.LAPSED
    assert scene.sums() == (0, 0, 0)


def test_silence_is_reminded_at_14_days_and_closed_at_45_never_as_confirmed(scene: Scene) -> None:
    delivery_id, _slip = scene.awaiting()
    with unit_of_work(SYSTEM):
        moment = now()
    change(Delivery, delivery_id, "delivery.awaiting", awaiting_since=moment - timedelta(days=15))
    with unit_of_work(SYSTEM):
        assert (remind_unanswered(), close_unanswered()) == (1, 0)
        assert remind_unanswered() == 0
    change(Delivery, delivery_id, "delivery.awaiting", awaiting_since=moment - timedelta(days=46))
    with unit_of_work(SYSTEM):
        assert close_unanswered() == 1
    assert scene.delivery(delivery_id).stage is DeliveryStage.UNANSWERED
    assert scene.sums() == (2, 2, 0)


def test_one_device_for_two_households_and_haste_after_printing_are_flagged(scene: Scene) -> None:
    other = Scene()
    for place in (scene, other):
        _delivery, slip = place.awaiting()
        place.say(slip.digits, device="same-phone")
    with unit_of_work(SYSTEM):
        found = db.session.query(Confirmation).order_by(Confirmation.answered_at).all()
    assert [sorted(answer.flags) for answer in found] == [
        ["soon_after_printing"],
        ["shared_device", "soon_after_printing"],
    ]


def test_the_public_stream_of_the_need_names_no_household_pairing_or_link(scene: Scene) -> None:
    delivery_id, slip = scene.awaiting()
    scene.say(slip.digits)
    link_id = scene.pledge(scene.delivery(delivery_id).pledge_id).link_id
    with unit_of_work(SYSTEM):
        shown = " ".join(str(record.public) for record in published_records(f"need/{scene.need_id}", limit=100))
    for secret in (scene.household_id, scene.pairing_id, link_id, slip.digits):
        assert str(secret) not in shown


def test_an_officer_who_witnesses_neither_issued_the_code_nor_entered_the_delivery(scene: Scene) -> None:
    _delivery, slip = scene.awaiting()
    village = scene.people.author
    with acting(village) as actor, refused("party_cannot_confirm"):
        answer(slip.digits, pin=scene.pin, outcome=Outcome.RECEIVED, actor=actor, channel=Channel.WITNESS)
