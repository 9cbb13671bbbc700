"""What a paper needs to be printed: plain values in their order. Nothing here reads the database."""

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from core.i18n import _l, register_labels

REGISTER_ENDED = date(2021, 1, 1)


class Era(StrEnum):
    """Which words a paper of that day uses: those of the register of 2014, or of today's monitoring."""

    REGISTER = "register"
    MONITORING = "monitoring"

    @classmethod
    def of(cls, day: date) -> "Era":
        return cls.REGISTER if day < REGISTER_ENDED else cls.MONITORING


register_labels({Era.REGISTER: _l("Register of 2014"), Era.MONITORING: _l("Monitoring since 2021")})


class BlankKind(StrEnum):
    """An empty form to be filled in by hand."""

    HOUSEHOLD_FORM = "household_form"
    HANDBOOK = "handbook"
    CONTACT_CARD = "contact_card"
    VILLAGE_FORM = "village_form"
    RECEIPT = "receipt"
    MINUTES = "minutes"
    NOTICE = "notice"
    ANNOUNCEMENT = "announcement"


register_labels(
    {
        BlankKind.HOUSEHOLD_FORM: _l("Register form of the household"),
        BlankKind.HANDBOOK: _l("Handbook of the household"),
        BlankKind.CONTACT_CARD: _l("Contact card for the wall"),
        BlankKind.VILLAGE_FORM: _l("Register form of the village"),
        BlankKind.RECEIPT: _l("Receipt of an application"),
        BlankKind.MINUTES: _l("Minutes of the review meeting"),
        BlankKind.NOTICE: _l("Notice for the board"),
        BlankKind.ANNOUNCEMENT: _l("Announcement for the board"),
    }
)


@dataclass(frozen=True)
class Tick:
    """One choice with its box."""

    words: str
    on: bool = False


Value = str | tuple[Tick, ...]


@dataclass(frozen=True)
class Field:
    """A name and what stands beside it; an empty value is room to write by hand."""

    words: str
    value: Value = ""
    span: int = 1


Fields = tuple[Field, ...]
Cells = tuple[Value, ...]


@dataclass(frozen=True)
class IncomeSheet:
    """One year's income: its lines, and the sums with the formula that made each."""

    title: str = ""
    lines: tuple[tuple[str, str], ...] = ()
    sums: tuple[tuple[str, str, str], ...] = ()


@dataclass(frozen=True)
class HelperLine:
    """A helper of the pairing as the handbook lists him."""

    rank: str = ""
    name: str = ""
    unit: str = ""
    phone: str = ""
    period: str = ""

    @property
    def cells(self) -> Cells:
        return (self.rank, self.name, self.unit, self.phone, self.period, "")


@dataclass(frozen=True)
class HouseholdSheet:
    """The register form of one household on one day."""

    era: Era
    number: str = ""
    head: str = ""
    place: str = ""
    as_of: str = ""
    identity: Fields = ()
    standing: Fields = ()
    members: tuple[Cells, ...] = ()
    income: IncomeSheet = field(default_factory=IncomeSheet)
    living: Fields = ()
    helpers: tuple[HelperLine, ...] = ()


@dataclass(frozen=True)
class HandbookSheet:
    """The six parts of the handbook; what has no rows yet is ruled for handwriting."""

    household: HouseholdSheet
    causes: Fields = ()
    plans: tuple[Cells, ...] = ()
    visits: tuple[Cells, ...] = ()
    measures: tuple[Cells, ...] = ()
    results: tuple[Cells, ...] = ()
    incomes: tuple[Cells, ...] = ()
    phone: str = ""


@dataclass(frozen=True)
class VillageLine:
    """One line of the village's form: its number on the form, its name, value and unit."""

    number: str
    words: str
    value: Value = ""
    unit: str = ""


@dataclass(frozen=True)
class VillageGroup:
    """Lines of the village's form that belong together; `whole` gives each its own row, for words and boxes."""

    title: str
    lines: tuple[VillageLine, ...]
    whole: bool = False


@dataclass(frozen=True)
class VillageSheet:
    """The register form of a village for one year."""

    era: Era
    place: str = ""
    code: str = ""
    year: str = ""
    groups: tuple[VillageGroup, ...] = ()
    plans: tuple[Cells, ...] = ()
    results: tuple[Cells, ...] = ()


@dataclass(frozen=True)
class NoticeEntry:
    """What the board may say of a household (domain.md 7.6): nothing else has a place here."""

    group: str = ""
    head: str = ""
    persons: str = ""
    kind: str = ""
    reason: str = ""

    @property
    def cells(self) -> Cells:
        return (self.group, self.head, self.persons, self.kind, self.reason)


@dataclass(frozen=True)
class NoticeSheet:
    """A notice or an announcement for the board."""

    title: str
    opening: str
    place: str = ""
    entries: tuple[NoticeEntry, ...] = ()
    facts: Fields = ()
    closing: str = ""
    office: str = ""
    dated: str = ""


@dataclass(frozen=True)
class Ballot:
    """How the meeting voted on one applicant."""

    head: str = ""
    yes: str = ""
    no: str = ""
    abstained: str = ""
    recused: str = ""
    result: str = ""

    @property
    def cells(self) -> Cells:
        return (self.head, self.yes, self.no, self.abstained, self.recused, self.result)


@dataclass(frozen=True)
class MinutesSheet:
    """The minutes of a village's review meeting."""

    place: str = ""
    facts: Fields = ()
    agenda: str = ""
    ballots: tuple[Ballot, ...] = ()
    present: tuple[str, ...] = ()
    said: str = ""
    resolution: str = ""


@dataclass(frozen=True)
class ReceiptSheet:
    """The receipt for an application: one part for the villager, one that stays."""

    number: str = ""
    facts: Fields = ()
    advice: str = ""
    address: str = ""


@dataclass(frozen=True)
class CardSheet:
    """The contact card on the wall: who helps this household, and how to reach them."""

    era: Era
    helper: str = ""
    phone: str = ""
    facts: Fields = ()
