"""Who stands verified, at which level, and for what."""

from datetime import timedelta

import pytest

from core.clock import today
from core.db import db, unit_of_work
from core.errors import Refused
from core.policy import SYSTEM
from donors import services
from donors.models import Donor, DonorKind, DonorStage, EvidenceKind
from donors.policy import DonorPermission
from donors.queries import is_pledger
from donors.workflow import donor_workflow
from tests.factories.donors import county_officer, hand_in, make_donor
from tests.factories.people import acting

pytestmark = pytest.mark.usefixtures("database")

S = DonorStage


@pytest.mark.parametrize(("level", "minimum", "expected"), [(1, 1, True), (1, 2, False), (2, 2, True), (3, 2, True)])
def test_who_may_pledge_follows_from_level_and_date(level, minimum, expected):
    donor_id, _head = make_donor(level=level)
    with unit_of_work(SYSTEM):
        donor = db.session.get_one(Donor, donor_id)
        assert is_pledger(donor, minimum, today()) is expected
        assert is_pledger(donor, minimum, today() + timedelta(days=800)) is False


def test_a_person_pledges_only_with_a_proven_phone():
    donor_id, _head = make_donor(DonorKind.INDIVIDUAL, level=1)
    with unit_of_work(SYSTEM):
        donor = db.session.get_one(Donor, donor_id)
        assert is_pledger(donor, 1, today())
        donor.phone_verified_at = None
        assert not is_pledger(donor, 1, today())


def test_the_county_that_registered_a_donor_itself_does_not_verify_it():
    officer = county_officer()
    donor_id, head = make_donor(stage=S.REGISTERED, officer=officer)
    hand_in(donor_id, head)
    with unit_of_work(SYSTEM) as session:
        session.get_one(Donor, donor_id).registered_by = officer
        session.get_one(Donor, donor_id).last_reason = "registered at the counter"
    with acting(officer) as actor, pytest.raises(Refused) as refusal:
        donor = db.session.get_one(Donor, donor_id)
        services.verify_donor(donor, actor=actor, level=2, evidence_seen=[EvidenceKind.OTHER])
    assert refusal.value.code == "own_donor"


def test_the_permissions_of_the_table_are_the_packages_own():
    named = {transition.permission for transition in donor_workflow.transitions}
    assert named <= set(DonorPermission)
