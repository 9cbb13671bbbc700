"""Pages of pairings: the pairing with its links, invitations."""

from pairing.views import invitations, links, officials
from pairing.views.door import blueprint

__all__ = ["blueprint", "invitations", "links", "officials"]
