"""What stands against a card, its replacement, or an order to erase."""

from datetime import timedelta

from core.clock import now
from core.errors import NotPermitted, Refused
from core.i18n import _l
from core.policy import Actor, ActorKind, is_related
from core.workflow import Facts
from registry.models import CardReplacement, ErasureOrder, Household, ImportBatch
from registry.policy import RegistryPermission

AGREED_FOR = timedelta(days=14)
ERASED = _l("The particulars of this household were erased. Put it on file anew to begin again.")
ENDED = _l("This household has ended. Its members are on file elsewhere.")


def refuse_involved(household: Household, actor: Actor) -> None:
    """Whoever writes needs down for the household or is paired with it does not hold its PIN (workflows.md)."""
    if household.erased_at is not None:
        raise Refused(ERASED, code="erased")
    if actor.kind is ActorKind.SYSTEM:
        return
    if is_related("author_for_household", actor, household):
        words = _l("You wrote a need of this household, so another officer hands its card over.")
        raise Refused(words, code="four_eyes")
    if is_related("cadre_of_subject", actor, household):
        raise Refused(
            _l("You are paired with this household, so another officer hands its card over."), code="is_cadre"
        )


def second_officer(replacement: CardReplacement, actor: Actor, facts: Facts) -> None:
    """The officer who was named says so himself, on his own account."""
    if actor.kind is not ActorKind.SYSTEM and actor.account_id != replacement.second_officer:
        raise NotPermitted(permission=str(RegistryPermission.CARD_REPLACE), roles=())


def giving(replacement: CardReplacement, actor: Actor, facts: Facts) -> None:
    """Who asked gives the new card, soon after the other one agreed."""
    if actor.kind is not ActorKind.SYSTEM and actor.account_id != replacement.asked_by:
        raise NotPermitted(permission=str(RegistryPermission.CARD_REPLACE), roles=())
    if replacement.agreed_at is not None and replacement.agreed_at + AGREED_FOR < now():
        words = _l("The other officer agreed more than 14 days ago. Take it back and ask again.")
        raise Refused(words, code="agreement_old")


def second_official(order: ErasureOrder, actor: Actor, facts: Facts) -> None:
    if actor.account_id is not None and actor.account_id == order.asked_by:
        raise Refused(_l("You asked for it, so somebody else must agree."), code="four_eyes")


def asker(order: ErasureOrder, actor: Actor, facts: Facts) -> None:
    if actor.kind is not ActorKind.SYSTEM and actor.account_id != order.asked_by:
        raise NotPermitted(permission=str(RegistryPermission.HOUSEHOLD_ERASE), roles=())


def uploader(batch: ImportBatch, actor: Actor, facts: Facts) -> None:
    """Who handed a sheet in decides about it; nobody else sees what is in it."""
    if actor.kind is not ActorKind.SYSTEM and actor.account_id != batch.uploaded_by:
        raise NotPermitted(permission=str(RegistryPermission.SHEET_IMPORT), roles=())
