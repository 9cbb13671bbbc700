"""The blueprint of the donors' pages, and what two of them say alike."""

from flask import Blueprint

from core.i18n import _, label
from donors.models import Donor, EvidenceKind
from donors.queries import PHONE, missing_evidence

blueprint = Blueprint("donors", __name__)


def missing_words(donor: Donor) -> list[str]:
    """Return what the donor still has to hand in, in words."""
    return [
        _("Proof of the phone number") if kind == PHONE else label(EvidenceKind(kind))
        for kind in missing_evidence(donor)
    ]
