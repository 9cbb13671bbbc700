"""News of households; those above listen in the same transaction."""

from core.events import Signal

household_erasing = Signal("sender: the household; actor. End what is open, or refuse by raising")
household_erased = Signal("sender: the household. Wipe what was written about it")
