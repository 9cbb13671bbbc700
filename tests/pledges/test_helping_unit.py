"""A helping unit pledges through its own link (workflows.md, Pledge: offer)."""

from decimal import Decimal

import pytest

from accounts.models import Role
from core.clock import today
from core.db import db
from core.errors import NotValid, Refused
from needs.models import Need
from pairing.models import Pairing
from pairing.services import add_official
from pledges.choices import PledgeKind
from pledges.models import Pledge
from pledges.services import enter_delivery, offer_pledge
from registry.choices import FundSource
from tests.factories.people import acting, make_person
from tests.factories.pledges import Scene, day, row


def test_a_unit_pledges_and_delivers_from_its_own_funds(scene: Scene) -> None:
    unit = make_person(Role.HELPING_UNIT)
    values = {"quantity": Decimal(2), "kind": PledgeKind.GOODS, "due_on": day(5)}
    with acting(unit) as actor, pytest.raises(Refused, match="no_link"):
        offer_pledge(row(Need, scene.need_id), None, actor=actor, **values)
    with acting(scene.people.county) as actor:
        link = add_official(row(Pairing, scene.pairing_id), actor=actor, account_id=unit)
    with acting(unit) as actor:
        pledge_id = offer_pledge(row(Need, scene.need_id), None, actor=actor, **values).id
    assert scene.pledge(pledge_id).link_id == link.id
    scene.agree(pledge_id)
    brought = {"quantity": Decimal(2), "delivered_on": today}
    with acting(unit) as actor, pytest.raises(NotValid):
        enter_delivery(
            row(Pledge, pledge_id), actor=actor, **brought | {"delivered_on": today()}, fund_source=FundSource.SOCIAL
        )
    with acting(unit) as actor:
        enter_delivery(
            db.session.get_one(Pledge, pledge_id),
            actor=actor,
            **brought | {"delivered_on": today()},
            fund_source=FundSource.SPECIAL_FISCAL,
        )
    assert scene.sums() == (2, 2, 0)
