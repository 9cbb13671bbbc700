"""The papers that a verification rests on stay while it stands (domain.md 8.3)."""

import pytest

from core.db import db
from core.errors import Refused
from donors.models import Donor, DonorEvidence, DonorStage, EvidenceKind
from donors.queries import evidence_of
from donors.services import add_evidence, expire_donor, is_rested_on, remove_evidence
from tests.factories.donors import county_officer, make_donor, picture, verify
from tests.factories.people import acting, sign_in


def papers_of(donor_id, head):
    with acting(head):
        return [paper.id for paper in evidence_of(db.session.get_one(Donor, donor_id))]


def take_out(donor_id, head, paper):
    with acting(head) as actor:
        remove_evidence(db.session.get_one(DonorEvidence, paper), db.session.get_one(Donor, donor_id), actor=actor)


def add(donor_id, head):
    with acting(head) as actor:
        donor = db.session.get_one(Donor, donor_id)
        return add_evidence(donor, picture(), kind=EvidenceKind.OTHER, actor=actor).id


@pytest.mark.usefixtures("database")
def test_a_verified_donor_keeps_what_its_verification_rests_on():
    officer = county_officer()
    donor_id, head = make_donor(officer=officer)
    for paper in papers_of(donor_id, head):
        with pytest.raises(Refused, match="paper_in_use") as refusal:
            take_out(donor_id, head, paper)
        assert "verify you again" in str(refusal.value.detail) or "重新核验" in str(refusal.value.detail)
    newer = add(donor_id, head)
    take_out(donor_id, head, newer)
    newer = add(donor_id, head)
    verify(donor_id, officer)
    with pytest.raises(Refused, match="paper_in_use"):
        take_out(donor_id, head, newer)


@pytest.mark.usefixtures("database")
@pytest.mark.parametrize("stage", [DonorStage.REGISTERED, DonorStage.EXPIRED])
def test_without_a_standing_verification_papers_come_out(stage):
    officer = county_officer()
    donor_id, head = make_donor(officer=officer, stage=DonorStage.VERIFIED if stage is DonorStage.EXPIRED else stage)
    if stage is DonorStage.EXPIRED:
        with acting(officer) as actor:
            expire_donor(db.session.get_one(Donor, donor_id), actor=actor, reason="moved away")
    else:
        add(donor_id, head)
    for paper in papers_of(donor_id, head):
        take_out(donor_id, head, paper)
    assert papers_of(donor_id, head) == []


def test_the_page_offers_no_button_that_would_be_refused(client):
    donor_id, head = make_donor()
    kept, spare = papers_of(donor_id, head)[0], add(donor_id, head)
    page = sign_in(client, head).get("/desk/donor?lang=en").text
    assert f"/desk/donor/evidence/{spare}/remove" in page
    assert f"/desk/donor/evidence/{kept}/remove" not in page
    assert "ask the county to verify you again" in page
    refused = client.post(f"/desk/donor/evidence/{kept}/remove")
    assert refused.status_code == 409
    assert "ask the county to verify you again" in refused.get_data(as_text=True)
    assert client.post(f"/desk/donor/evidence/{spare}/remove").status_code == 303
    with acting(head):
        assert is_rested_on(db.session.get_one(DonorEvidence, kept), db.session.get_one(Donor, donor_id))
