"""What is printed, one paper or a village's three hundred."""

from reports.services.batches import ask_handbooks, cancel_handbooks, read_handbooks
from reports.services.printing import (
    print_blank,
    print_household,
    print_minutes,
    print_notice,
    print_receipt,
    print_village,
)

__all__ = [
    "ask_handbooks",
    "cancel_handbooks",
    "print_blank",
    "print_household",
    "print_minutes",
    "print_notice",
    "print_receipt",
    "print_village",
    "read_handbooks",
]
