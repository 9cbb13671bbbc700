"""From the offer to the household's word (workflows.md, Pledge; Delivery and confirmation)."""

from decimal import Decimal

from needs.models import NeedBalance
from pairing.choices import LinkStage
from pledges.choices import DeliveryStage, Outcome, PledgeProgress, PledgeStage
from tests.factories.pledges import Scene, row


def test_a_pledge_is_delivered_and_confirmed_by_the_household(scene: Scene) -> None:
    pledge_id = scene.offer("6")
    assert scene.sums() == (6, 0, 0)
    scene.agree(pledge_id)
    delivery_id = scene.deliver(pledge_id, "6")
    assert scene.sums() == (6, 6, 0)
    slip = scene.slip(delivery_id)
    assert scene.delivery(delivery_id).stage is DeliveryStage.AWAITING
    scene.say(slip.digits)
    assert scene.sums() == (6, 6, 6)
    assert row(NeedBalance, scene.need_id).progress == "fulfilled"
    pledge = scene.pledge(pledge_id)
    assert (pledge.stage, pledge.progress) == (PledgeStage.AGREED, PledgeProgress.CONFIRMED)
    assert scene.link(pledge.link_id).stage is LinkStage.COMPLETED


def test_a_part_that_came_counts_and_the_rest_is_asked_for_again_after_mending(scene: Scene) -> None:
    delivery_id, slip = scene.awaiting("3")
    scene.say(slip.link, Outcome.PARTLY_RECEIVED, quantity=Decimal(1))
    assert scene.delivery(delivery_id).stage is DeliveryStage.MENDING
    assert scene.sums() == (3, 3, 1)
