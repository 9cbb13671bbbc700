"""A donor's way (workflows.md, Donor): every transition, its role, its guard, its record."""

from datetime import date, timedelta

import pytest
from sqlalchemy import text

from accounts.models import Role
from core.clock import today
from core.db import db, unit_of_work
from core.errors import NotPermitted, NotValid, Refused, WrongState
from core.policy import SYSTEM
from donors import services
from donors.events import donor_blacklisted, donor_expired
from donors.jobs import expire_due
from donors.models import Donor, DonorKind, DonorStage, EvidenceKind
from donors.queries import missing_evidence
from donors.services.deciding import add_months
from donors.workflow import donor_workflow
from tests.factories.donors import county_officer, donor_of, make_donor, picture, verify
from tests.factories.people import acting, make_person

pytestmark = pytest.mark.usefixtures("database")

S = DonorStage


def step(donor_id, account_id, service, **facts):
    with acting(account_id) as actor:
        service(db.session.get_one(Donor, donor_id), actor=actor, **facts)


def refused(donor_id, account_id, service, **facts):
    with pytest.raises(Refused) as refusal:
        step(donor_id, account_id, service, **facts)
    return refusal.value


def records_of(donor_id):
    with unit_of_work(SYSTEM) as session:
        query = text("SELECT kind, role, public FROM records.record WHERE stream = :stream ORDER BY seq")
        return list(session.execute(query, {"stream": f"donor/{donor_id}"}).all())


@pytest.mark.parametrize("kind", [kind for kind in DonorKind if kind is not DonorKind.OVERSEAS_NGO])
def test_every_kind_of_donor_goes_from_registering_to_verified(kind):
    donor_id, _head = make_donor(kind)
    donor = donor_of(donor_id)
    assert (donor.stage, donor.level) == (S.VERIFIED, 2)


def test_an_organisation_from_overseas_is_turned_to_the_county():
    with pytest.raises(NotValid) as refusal:
        make_donor(DonorKind.OVERSEAS_NGO, uscc="91110000600037341L")
    assert "kind" in refusal.value.errors


@pytest.mark.parametrize("kind", [DonorKind.FOUNDATION, DonorKind.ENTERPRISE, DonorKind.INDIVIDUAL])
def test_without_its_papers_a_donor_cannot_hand_in(kind):
    donor_id, head = make_donor(kind, stage=S.REGISTERED)
    refusal = refused(donor_id, head, services.submit_donor)
    assert refusal.code == "evidence_missing"
    assert refusal.facts["missing"]


def test_what_is_missing_shrinks_with_every_paper():
    donor_id, head = make_donor(DonorKind.FOUNDATION, stage=S.REGISTERED)
    with acting(head) as actor:
        donor = db.session.get_one(Donor, donor_id)
        before = missing_evidence(donor)
        services.add_evidence(donor, picture(), kind=EvidenceKind.REGISTRATION_CERTIFICATE, actor=actor)
        assert (before, missing_evidence(donor)) == (
            ["registration_certificate", "authorisation_letter"],
            ["authorisation_letter"],
        )


def test_only_its_own_head_hands_a_donor_in():
    donor_id, _head = make_donor(stage=S.REGISTERED)
    _other, other_head = make_donor(stage=S.REGISTERED)
    assert isinstance(refused(donor_id, other_head, services.submit_donor), NotPermitted)


@pytest.mark.parametrize("role", [Role.VILLAGE_OFFICER, Role.TOWNSHIP_OFFICER, Role.AUDITOR, Role.SECURITY_ADMIN])
def test_only_the_county_verifies(role):
    donor_id, _head = make_donor(stage=S.SUBMITTED)
    refusal = refused(donor_id, make_person(role), services.verify_donor, level=2, evidence_seen=[EvidenceKind.OTHER])
    assert isinstance(refusal, NotPermitted)


def test_another_county_does_not_verify():
    donor_id, _head = make_donor(stage=S.SUBMITTED)
    other = county_officer("451027")
    assert isinstance(refused(donor_id, other, services.verify_donor, level=2, evidence_seen=[]), NotPermitted)


@pytest.mark.parametrize(("level", "seen"), [(0, ["other"]), (4, ["other"]), (2, [])])
def test_a_level_needs_papers_that_were_seen(level, seen):
    donor_id, _head = make_donor(stage=S.SUBMITTED)
    refusal = refused(donor_id, county_officer(), services.verify_donor, level=level, evidence_seen=seen)
    assert refusal.status == 422
    assert donor_of(donor_id).stage is S.SUBMITTED


def test_a_verification_lasts_twelve_months():
    donor_id, _head = make_donor()
    with unit_of_work(SYSTEM):
        assert donor_of(donor_id).verified_until == add_months(today(), 12)


@pytest.mark.parametrize(
    ("day", "later"),
    [
        (date(2026, 11, 23), date(2027, 11, 23)),
        (date(2028, 2, 29), date(2029, 2, 28)),
        (date(2026, 12, 31), date(2027, 12, 31)),
    ],
)
def test_twelve_months_later_is_the_same_day_or_the_months_last(day, later):
    assert add_months(day, 12) == later


def test_a_rejection_names_its_reason_and_can_be_mended():
    donor_id, head = make_donor(stage=S.SUBMITTED)
    officer = county_officer()
    assert isinstance(refused(donor_id, officer, services.reject_donor, reason=""), NotValid)
    step(donor_id, officer, services.reject_donor, reason="The letter is not signed.")
    assert (donor_of(donor_id).stage, donor_of(donor_id).last_reason) == (S.REJECTED, "The letter is not signed.")
    step(donor_id, head, services.submit_donor)
    assert donor_of(donor_id).stage is S.SUBMITTED


def let_time_pass(donor_id):
    with unit_of_work(SYSTEM) as session:
        yesterday = today() - timedelta(days=1)
        session.get_one(Donor, donor_id).verified_until = yesterday


def test_a_verification_runs_out_by_the_job_and_tells_those_above():
    due, _head = make_donor()
    fresh, _head = make_donor()
    let_time_pass(due)
    heard = []
    with donor_expired.connected_to(lambda donor, **_facts: heard.append(donor.id)):
        expire_due(timestamp=0)
        expire_due(timestamp=0)
    assert heard == [due]
    assert (donor_of(due).stage, donor_of(fresh).stage) == (S.EXPIRED, S.VERIFIED)


def test_an_expired_donor_is_verified_again():
    donor_id, _head = make_donor()
    officer = county_officer()
    step(donor_id, officer, services.expire_donor, reason="The certificate was withdrawn.")
    verify(donor_id, officer, level=3)
    assert (donor_of(donor_id).stage, donor_of(donor_id).level) == (S.VERIFIED, 3)


def test_barring_a_donor_takes_two_officers_and_is_heard_above():
    donor_id, _head = make_donor()
    first, second = county_officer(), county_officer()
    heard = []
    with donor_blacklisted.connected_to(lambda donor, **_facts: heard.append(donor.id)):
        step(donor_id, first, services.blacklist_donor, reason="False papers.")
        assert donor_of(donor_id).stage is S.VERIFIED
        assert refused(donor_id, first, services.blacklist_donor, reason="Again.").code == "second_person"
        assert heard == []
        step(donor_id, second, services.blacklist_donor, reason="Seen and agreed.")
    assert heard == [donor_id]
    assert (donor_of(donor_id).stage, donor_of(donor_id).level) == (S.BLACKLISTED, 0)


def rejected():
    donor_id, head = make_donor(stage=S.SUBMITTED)
    officer = county_officer()
    step(donor_id, officer, services.reject_donor, reason="The letter is not signed.")
    return donor_id, head, officer


def test_a_donor_appeals_once_and_another_officer_decides():
    donor_id, head, officer = rejected()
    step(donor_id, head, services.appeal, reason="It is signed on the back.")
    assert donor_of(donor_id).appeal_open
    own = refused(donor_id, officer, services.decide_appeal, accepted=True, reason="No.")
    assert own.code == "own_decision"
    step(donor_id, county_officer(), services.decide_appeal, accepted=True, reason="True.")
    assert (donor_of(donor_id).stage, donor_of(donor_id).appeal_open) == (S.SUBMITTED, False)
    step(donor_id, officer, services.reject_donor, reason="Now something else.")
    assert refused(donor_id, head, services.appeal, reason="Once more.").code == "appeal_used"


def test_a_dismissed_appeal_leaves_the_decision():
    donor_id, head, _officer = rejected()
    step(donor_id, head, services.appeal, reason="It is signed on the back.")
    step(donor_id, county_officer(), services.decide_appeal, accepted=False, reason="It is not.")
    assert (donor_of(donor_id).stage, donor_of(donor_id).appeal_open) == (S.REJECTED, False)


def test_a_barred_donor_comes_back_by_its_appeal():
    donor_id, head = make_donor()
    for officer in (county_officer(), county_officer()):
        step(donor_id, officer, services.blacklist_donor, reason="False papers.")
    step(donor_id, head, services.appeal, reason="The papers are true.")
    step(donor_id, county_officer(), services.decide_appeal, accepted=True, reason="They are.")
    assert donor_of(donor_id).stage is S.SUBMITTED


def test_an_appeal_that_nobody_made_is_not_decided():
    donor_id, _head, _officer = rejected()
    refusal = refused(donor_id, county_officer(), services.decide_appeal, accepted=True, reason="x")
    assert isinstance(refusal, NotPermitted)


SERVICES = {
    "submit": (services.submit_donor, {}),
    "verify": (services.verify_donor, {"level": 2, "evidence_seen": [EvidenceKind.OTHER]}),
    "reject": (services.reject_donor, {"reason": "x"}),
    "expire": (services.expire_donor, {"reason": "x"}),
    "blacklist": (services.blacklist_donor, {"reason": "x"}),
    "appeal": (services.appeal, {"reason": "x"}),
}
OPEN = {
    "submit": {S.REGISTERED, S.REJECTED},
    "verify": {S.SUBMITTED, S.VERIFIED, S.EXPIRED},
    "reject": {S.SUBMITTED},
    "expire": {S.VERIFIED},
    "blacklist": set(S) - {S.BLACKLISTED},
    "appeal": {S.REJECTED, S.BLACKLISTED},
}


def test_every_transition_has_an_expectation():
    covered = {"register", "propose_blacklist", "accept_appeal", "dismiss_appeal"} | set(SERVICES)
    assert {transition.name for transition in donor_workflow.transitions} == covered


def at_stage(stage):
    if stage in {S.REGISTERED, S.SUBMITTED, S.VERIFIED}:
        return make_donor(stage=stage)
    if stage is S.REJECTED:
        return rejected()[:2]
    donor_id, head = make_donor()
    if stage is S.EXPIRED:
        step(donor_id, county_officer(), services.expire_donor, reason="x")
    else:
        for _person in range(2):
            step(donor_id, county_officer(), services.blacklist_donor, reason="x")
    return donor_id, head


@pytest.mark.parametrize("stage", list(S))
def test_a_step_from_a_wrong_state_is_refused(stage):
    donor_id, head = at_stage(stage)
    officer = county_officer()
    for name, (service, facts) in SERVICES.items():
        if stage not in OPEN[name]:
            person = head if name in {"submit", "appeal"} else officer
            assert isinstance(refused(donor_id, person, service, **facts), WrongState), name
    assert donor_of(donor_id).stage is stage


def test_the_records_of_a_donor_tell_its_way_without_a_name():
    donor_id, _head = make_donor(name="Canary Foundation", contact_name="Canary Person")
    found = records_of(donor_id)
    assert [row.kind for row in found if row.kind.startswith("donor.")] == [
        "donor.registered",
        "donor.submitted",
        "donor.verified",
    ]
    assert "Canary" not in "".join(row.public for row in found)
    assert found[-1].role == "county_officer"
