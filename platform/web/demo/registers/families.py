"""Invented families: who lives with a head of a given age, with numbers that are valid and plainly nobody's."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import islice
from random import Random

from donors.specimens import make_resident_id
from registry.choices import Relation, Sex
from web.demo.names import relative

OLDEST, GROWN = 96, 20
BLOCK, BLOCKS, FIRST = 40, 20, 100
CHILDREN = (Relation.SON, Relation.DAUGHTER)
SONS_CHILDREN = (Relation.GRANDSON, Relation.GRANDDAUGHTER)
DAUGHTERS_CHILDREN = (Relation.DAUGHTERS_SON, Relation.DAUGHTERS_DAUGHTER)
SONS_AT_HOME, MOTHERS = 0.85, 0.65
_OTHER_NAMES = {
    *(Relation.SPOUSE, Relation.MOTHER, Relation.DAUGHTER_IN_LAW, Relation.SON_IN_LAW, Relation.OTHER),
    *DAUGHTERS_CHILDREN,
}
_EITHER = {Relation.BROTHER_OR_SISTER, Relation.OTHER}
_WOMEN = {
    *(Relation.DAUGHTER, Relation.DAUGHTER_IN_LAW, Relation.MOTHER),
    *(Relation.GRANDDAUGHTER, Relation.DAUGHTERS_DAUGHTER),
}


@dataclass(frozen=True)
class Person:
    """One member of a family."""

    relation: Relation
    sex: Sex
    born: date
    name: str
    number: str

    def age(self, day: date) -> int:
        """Full years on a day."""
        return day.year - self.born.year - ((day.month, day.day) < (self.born.month, self.born.day))


@dataclass
class Numbers:
    """Numbers of persons that no other township gives out; heads have the sequences below FIRST."""

    township: int
    _given: set[tuple[date, int]] = field(default_factory=set)

    def next(self, born: date, sex: Sex) -> str:
        """Return a number for somebody born on a day that nobody has yet."""
        start = FIRST + self.township % BLOCKS * BLOCK + (1 if sex is Sex.MALE else 0)
        for sequence in range(start, start + BLOCK, 2):
            if (born, sequence) not in self._given:
                self._given.add((born, sequence))
                return make_resident_id(sequence, born=born)
        raise LookupError(born)


def head_of(number: str, name: str) -> Person:
    """Return the head whom a number names."""
    born = date(int(number[6:10]), int(number[10:12]), int(number[12:14]))
    return Person(Relation.HEAD, Sex.MALE if int(number[16]) % 2 else Sex.FEMALE, born, name, number)


def draw_family(head: Person, size: int, day: date, numbers: Numbers, dice: Random) -> list[Person]:
    """Return the head and who lives with him on a day, `size` persons in all."""
    found = [head]
    for relation, age in islice(_relatives(head.age(day), dice), size - 1):
        found.append(_person(relation, age, head, day, numbers, dice))
    return found


def _person(relation: Relation, age: int, head: Person, day: date, numbers: Numbers, dice: Random) -> Person:
    sex = _sex(relation, head, dice)
    born = day - timedelta(days=int(max(age, 0) * 365.25) + dice.randint(2, 360))
    name = relative(head.name, dice.randrange(10_000), same=relation not in _OTHER_NAMES)
    return Person(relation, sex, born, name, numbers.next(born, sex))


def _sex(relation: Relation, head: Person, dice: Random) -> Sex:
    if relation is Relation.SPOUSE:
        return Sex.FEMALE if head.sex is Sex.MALE else Sex.MALE
    if relation in _EITHER:
        return dice.choice((Sex.FEMALE, Sex.MALE))
    return Sex.FEMALE if relation in _WOMEN else Sex.MALE


def _relatives(age: int, dice: Random) -> Iterator[tuple[Relation, int]]:
    """Yield the relations with their ages, the nearest first."""
    if dice.random() < (0.92 if age < 70 else 0.6):
        yield Relation.SPOUSE, max(age + dice.randint(-4, 3), GROWN)
    yield from _young(age, dice) if age < 46 else _settled(age, dice)
    yield Relation.BROTHER_OR_SISTER, max(age - dice.randint(1, 7), 16)
    while True:
        yield Relation.OTHER, dice.randint(18, 70)


def _young(age: int, dice: Random) -> Iterator[tuple[Relation, int]]:
    """Children first, then the parent of the head who may still live."""
    first = age - dice.randint(21, 26)
    for child in (first, first - dice.randint(2, 4)):
        if child >= 0:
            yield dice.choice(CHILDREN), child
    yield from _parent(age, dice)
    if first >= 7:
        yield dice.choice(CHILDREN), first - dice.randint(5, 7)


def _settled(age: int, dice: Random) -> Iterator[tuple[Relation, int]]:
    """A grown child with wife or husband and children; now and then an old parent or another child."""
    child, son = age - dice.randint(22, 27), dice.random() < SONS_AT_HOME
    yield Relation.SON if son else Relation.DAUGHTER, child
    if child >= 24:
        yield Relation.DAUGHTER_IN_LAW if son else Relation.SON_IN_LAW, max(child - dice.randint(0, 4), GROWN)
        for grandchild in (child - dice.randint(21, 25), child - dice.randint(26, 29)):
            if grandchild >= 0:
                yield dice.choice(SONS_CHILDREN if son else DAUGHTERS_CHILDREN), grandchild
    yield dice.choice(CHILDREN), child - dice.randint(2, 6)
    yield from _parent(age, dice)


def _parent(age: int, dice: Random) -> Iterator[tuple[Relation, int]]:
    parent = age + dice.randint(21, 28)
    if parent <= OLDEST:
        yield Relation.MOTHER if dice.random() < MOTHERS else Relation.FATHER, parent
