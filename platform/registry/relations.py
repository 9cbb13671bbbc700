"""What somebody is to another head: worked out from what he was to the old one, or "another relation"."""

from registry.choices import Relation

R = Relation
# The new head was this to the old one; who was that to the old one is now this to the new one.
AFTER: dict[Relation, dict[Relation, Relation]] = {
    R.SPOUSE: {
        R.HEAD: R.SPOUSE,
        R.SON: R.SON,
        R.DAUGHTER: R.DAUGHTER,
        R.DAUGHTER_IN_LAW: R.DAUGHTER_IN_LAW,
        R.SON_IN_LAW: R.SON_IN_LAW,
        R.GRANDSON: R.GRANDSON,
        R.GRANDDAUGHTER: R.GRANDDAUGHTER,
        R.DAUGHTERS_SON: R.DAUGHTERS_SON,
        R.DAUGHTERS_DAUGHTER: R.DAUGHTERS_DAUGHTER,
        R.WIFES_FATHER: R.FATHER,
        R.WIFES_MOTHER: R.MOTHER,
        R.HUSBANDS_FATHER: R.FATHER,
        R.HUSBANDS_MOTHER: R.MOTHER,
    },
    R.SON: {
        R.SON: R.BROTHER_OR_SISTER,
        R.DAUGHTER: R.BROTHER_OR_SISTER,
        R.FATHER: R.GRANDFATHER,
        R.MOTHER: R.GRANDMOTHER,
    },
    R.DAUGHTER: {
        R.SON: R.BROTHER_OR_SISTER,
        R.DAUGHTER: R.BROTHER_OR_SISTER,
    },
    R.BROTHER_OR_SISTER: {
        R.HEAD: R.BROTHER_OR_SISTER,
        R.FATHER: R.FATHER,
        R.MOTHER: R.MOTHER,
        R.GRANDFATHER: R.GRANDFATHER,
        R.GRANDMOTHER: R.GRANDMOTHER,
    },
    R.FATHER: {R.MOTHER: R.SPOUSE, R.BROTHER_OR_SISTER: R.OTHER},
    R.MOTHER: {R.FATHER: R.SPOUSE},
}


def after_head_change(new_head: Relation, own: Relation) -> Relation:
    """Return what a member is to the new head, where both relations to the old head say it for certain."""
    return AFTER.get(new_head, {}).get(own, Relation.OTHER)
