"""News of needs. Who listens runs in the same transaction."""

from core.events import Signal

need_published = Signal("sender: the need")
need_withdrawn = Signal("sender: the need; why: reason code")
publication_consent_withdrawn = Signal("sender: the household's id; need_ids: what was taken down")
