"""Pages of accounts: sign-in, one's own account, roles, and the accounts that one answers for."""

from accounts.views import (
    administration,
    forgotten,
    messages,
    own,
    place_search,
    resets,
    second_factor,
    sign_in,
)
from accounts.views.door import blueprint

__all__ = [
    "administration",
    "blueprint",
    "forgotten",
    "messages",
    "own",
    "place_search",
    "resets",
    "second_factor",
    "sign_in",
]
