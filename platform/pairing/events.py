"""News of pairings. Who listens runs in the same transaction."""

from core.events import Signal

link_confirmed = Signal("sender: the link")
link_ended = Signal("sender: the link; why: LinkEnd")
link_suspended = Signal("sender: the link")
link_completing = Signal("sender: the link; a listener refuses by raising while something is still open")
