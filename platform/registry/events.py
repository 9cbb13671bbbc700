"""News of households; those above listen in the same transaction."""

from core.events import Signal

household_erasing = Signal("sender: the household; actor. End what is open, or refuse by raising")
household_erased = Signal("sender: the household. Wipe what was written about it")
household_ending = Signal("sender: the household; actor, into (household or None). End what is open, or refuse")
household_split = Signal("sender: the household that stays; actor, new (the household that was formed)")
household_merged = Signal("sender: the household that stays; actor, ended (the household that was joined to it)")
head_changed = Signal("sender: the household; actor, old and new (members)")
