"""What happens to the members of a household."""

from enum import StrEnum

from core.i18n import _l, register_labels


class MemberEventKind(StrEnum):
    """What changes who belongs to a household; membership starts and ends by these alone."""

    BORN = "born"
    MARRIED_IN = "married_in"
    RETURNED = "returned"
    MOVED_IN = "moved_in"
    RELEASED = "released"
    DIED = "died"
    MARRIED_OUT = "married_out"
    SPLIT_OUT = "split_out"
    MOVED_OUT = "moved_out"
    IN_PRISON = "in_prison"
    ENLISTED = "enlisted"
    HEAD_CHANGED = "head_changed"
    HOUSEHOLD_SPLIT = "household_split"
    HOUSEHOLD_MERGED = "household_merged"


class MemberState(StrEnum):
    """Where a member of a household stands on a day; read from events, stored nowhere."""

    ACTIVE = "active"
    DIED = "died"
    MARRIED_OUT = "married_out"
    SPLIT_OUT = "split_out"
    MOVED_OUT = "moved_out"
    IN_PRISON = "in_prison"
    ENLISTED = "enlisted"


JOINING = frozenset(
    {
        MemberEventKind.BORN,
        MemberEventKind.MARRIED_IN,
        MemberEventKind.RETURNED,
        MemberEventKind.MOVED_IN,
        MemberEventKind.RELEASED,
    }
)
LEAVING = frozenset(
    {
        MemberEventKind.DIED,
        MemberEventKind.MARRIED_OUT,
        MemberEventKind.SPLIT_OUT,
        MemberEventKind.MOVED_OUT,
        MemberEventKind.IN_PRISON,
        MemberEventKind.ENLISTED,
    }
)

register_labels(
    {
        MemberEventKind.BORN: _l("Was born"),
        MemberEventKind.MARRIED_IN: _l("Married into the household"),
        MemberEventKind.RETURNED: _l("Came back"),
        MemberEventKind.MOVED_IN: _l("Moved in"),
        MemberEventKind.RELEASED: _l("Was released"),
        MemberEventKind.DIED: _l("Died"),
        MemberEventKind.MARRIED_OUT: _l("Married out"),
        MemberEventKind.SPLIT_OUT: _l("Left with a household that split off"),
        MemberEventKind.MOVED_OUT: _l("Moved out"),
        MemberEventKind.IN_PRISON: _l("Went to prison"),
        MemberEventKind.ENLISTED: _l("Joined the army"),
        MemberEventKind.HEAD_CHANGED: _l("The head of the household changed"),
        MemberEventKind.HOUSEHOLD_SPLIT: _l("The household split"),
        MemberEventKind.HOUSEHOLD_MERGED: _l("Two households became one"),
    }
)
register_labels(
    {
        MemberState.ACTIVE: _l("Lives in the household"),
        MemberState.DIED: _l("Deceased"),
        MemberState.MARRIED_OUT: _l("Gone by marriage"),
        MemberState.SPLIT_OUT: _l("Gone with a household that split off"),
        MemberState.MOVED_OUT: _l("Gone elsewhere"),
        MemberState.IN_PRISON: _l("In prison"),
        MemberState.ENLISTED: _l("In the army"),
    }
)
