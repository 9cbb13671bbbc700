"""What is done with rounds: opened, explained, closed; households of the full list are reached."""

from identification.services.rounds.contacting import Contacted, enter_contacts
from identification.services.rounds.opening import close_round, explain_coverage, open_round

__all__ = ["Contacted", "close_round", "enter_contacts", "explain_coverage", "open_round"]
