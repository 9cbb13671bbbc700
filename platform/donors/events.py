"""News of donors; those above listen in the same transaction. The sender is the donor."""

from core.events import Signal

donor_blacklisted = Signal("donor_blacklisted")
donor_expired = Signal("donor_expired")
donor_registered = Signal(
    "donor_registered; invitation: the token of the mail from which somebody registered, or empty"
)
