"""What is done with donors."""

from donors.services.deciding import (
    appeal,
    blacklist_donor,
    decide_appeal,
    expire_donor,
    reject_donor,
    submit_donor,
    verify_donor,
)
from donors.services.evidence import add_evidence, is_rested_on, remove_evidence
from donors.services.phone import prove_phone, send_phone_code
from donors.services.registering import (
    Contact,
    Registration,
    change_contact,
    register_donor,
)

__all__ = [
    "Contact",
    "Registration",
    "add_evidence",
    "appeal",
    "blacklist_donor",
    "change_contact",
    "decide_appeal",
    "expire_donor",
    "is_rested_on",
    "prove_phone",
    "register_donor",
    "reject_donor",
    "remove_evidence",
    "send_phone_code",
    "submit_donor",
    "verify_donor",
]
