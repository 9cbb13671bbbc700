"""Papers of a donor: kept by core.files, each addition and removal recorded."""

from uuid import uuid4

from core.db import db
from core.errors import Refused
from core.files import store_file
from core.i18n import _l
from core.policy import Actor, require
from donors.models import Donor, DonorEvidence, DonorStage, EvidenceKind
from donors.policy import DonorPermission
from donors.queries import evidence_of
from donors.services.registering import is_open_for_papers

MOST_PAPERS = 12


def add_evidence(donor: Donor, content: bytes, *, kind: EvidenceKind, actor: Actor) -> DonorEvidence:
    """Keep a paper of the donor; raise NotValid for what is neither picture nor PDF."""
    _check_open(donor, actor)
    if len(evidence_of(donor)) >= MOST_PAPERS:
        raise Refused(
            _l("At most 12 papers can be kept. Take one out first."),
            code="too_many_papers",
        )
    stored = store_file(content, actor=actor)
    db.session.flush()  # the paper points at the file
    evidence = DonorEvidence(id=uuid4(), donor_id=donor.id, kind=kind, file_id=stored.id)
    db.session.add(evidence)
    db.session.flush()  # what is missing is asked next
    return evidence


def remove_evidence(evidence: DonorEvidence, donor: Donor, *, actor: Actor) -> None:
    """Take a paper out again, unless the donor's verification rests on it."""
    _check_open(donor, actor)
    if is_rested_on(evidence, donor):
        raise Refused(
            _l("Your verification rests on this paper. Add the new one and ask the county to verify you again."),
            code="paper_in_use",
        )
    db.session.delete(evidence)


def is_rested_on(evidence: DonorEvidence, donor: Donor) -> bool:
    """Return whether the paper was there when the county verified the donor, and that verification stands."""
    verified_at = donor.verified_at if donor.stage is DonorStage.VERIFIED else None
    return verified_at is not None and evidence.created_at <= verified_at


def _check_open(donor: Donor, actor: Actor) -> None:
    require(actor, DonorPermission.DONOR_CHANGE, donor)
    if not is_open_for_papers(donor):
        raise Refused(
            _l("The papers are being checked, so they cannot be changed now."),
            code="papers_closed",
        )
