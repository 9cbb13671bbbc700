"""Who may pledge with a proven phone number only, and who may release (workflows.md, Pledge)."""

from decimal import Decimal
from typing import Any

import pytest

from core.db import db
from core.errors import NotPermitted, Refused
from donors.models import DonorKind
from pledges.choices import Escalation, PledgeStage
from pledges.models import Pledge
from pledges.services import release_pledge
from pledges.workflow import pledge_workflow
from tests.factories.donors import make_donor
from tests.factories.needs import make_places
from tests.factories.people import acting
from tests.factories.pledges import Scene
from tests.pledges.test_rules import change

FREE_TEXT = {"item_code": None, "title": "被套两件"}


@pytest.mark.parametrize(
    ("need", "quantity", "code"),
    [
        ({"unit_price": None}, "3", None),
        ({"unit_price": None}, "4", "over_person_limit"),
        ({**FREE_TEXT, "unit_price": Decimal(100)}, "5", None),
        ({**FREE_TEXT, "unit_price": Decimal(100)}, "6", "over_person_limit"),
        ({**FREE_TEXT, "unit_price": None}, "1", "price_unknown"),
    ],
    ids=["the county's reference", "above it", "the author's price", "above that", "no price at all"],
)
def test_a_first_level_person_is_measured_by_the_price_that_the_rules_know(
    database: object, need: dict[str, Any], quantity: str, code: str | None
) -> None:
    """A quilt is 160 yuan on the county's list, the limit is 500: the same price as in the check of the need."""
    make_places()
    scene = Scene(**need)
    donor_id, head = make_donor(DonorKind.INDIVIDUAL, level=1, officer=scene.people.county)
    if code is None:
        assert scene.pledge(scene.offer(quantity, donor_id=donor_id, head=head)).stage is PledgeStage.OFFERED
    else:
        with pytest.raises(Refused, match=code):
            scene.offer(quantity, donor_id=donor_id, head=head)
        assert scene.sums() == (0, 0, 0)


def test_who_is_verified_needs_no_price(database: object) -> None:
    make_places()
    scene = Scene(**FREE_TEXT, unit_price=None)
    donor_id, head = make_donor(DonorKind.INDIVIDUAL, level=2, officer=scene.people.county)
    scene.offer("6", donor_id=donor_id, head=head)
    assert scene.sums()[0] == 6


@pytest.mark.parametrize("escalated", list(Escalation))
def test_the_county_releases_no_pledge_wherever_it_stands(scene: Scene, escalated: Escalation) -> None:
    pledge_id = scene.offer("2")
    change(Pledge, pledge_id, "pledge.escalated", escalated_to=escalated)
    with acting(scene.people.county) as actor:
        pledge = db.session.get_one(Pledge, pledge_id)
        assert "release" not in [option.name for option in pledge_workflow.options(pledge, actor=actor)]
        with pytest.raises(NotPermitted):
            release_pledge(pledge, actor=actor, reason="late")


@pytest.mark.parametrize("office", ["cadre", "village", "team", "township"])
def test_cadre_village_and_township_release(scene: Scene, office: str) -> None:
    people = scene.people
    who = {"cadre": scene.cadre, "village": people.author, "team": people.verifier, "township": people.approver}
    pledge_id = scene.offer("2")
    with acting(who[office]) as actor:
        release_pledge(db.session.get_one(Pledge, pledge_id), actor=actor, reason="late")
    assert scene.sums() == (0, 0, 0)
