"""Since when the members of an invented family belong to it: by birth, or by the wedding."""

from collections.abc import Sequence
from datetime import date, timedelta

from registry.choices import Relation
from web.demo.registers.families import CHILDREN, DAUGHTERS_CHILDREN, SONS_CHILDREN, Person

MARRIED = {
    Relation.SPOUSE: CHILDREN,
    Relation.DAUGHTER_IN_LAW: SONS_CHILDREN,
    Relation.SON_IN_LAW: DAUGHTERS_CHILDREN,
}
AT_THE_WEDDING = timedelta(days=7_400)


def joined_on(who: Person, family: Sequence[Person]) -> date:
    """Return the day of birth or of the wedding; who has a child in the family came before it."""
    if who.relation not in MARRIED:
        return who.born
    children = [one.born for one in family if one.relation in MARRIED[who.relation]]
    return min([who.born + AT_THE_WEDDING, *children])
