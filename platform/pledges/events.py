"""News of pledges. Who listens runs in the same transaction."""

from core.events import Signal

delivery_disputed = Signal("sender: the delivery; why: not_received or not_mended")
delivery_answered = Signal("sender: the delivery; confirmation: the answer")
delivery_annulled = Signal("sender: the delivery")
call_back_differed = Signal("sender: the delivery; confirmation: the answer")
