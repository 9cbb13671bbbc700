"""What waits on the desks of the listed people: some of everything, most of it in time.

`a` to `f` are the households of the listed cadre. Numbers name helpers without an account of their own in the list.
"""

from collections.abc import Iterator
from uuid import UUID

from core.db import db
from needs.models import Need
from needs.queries.needs import sheet_lines
from needs.services import approve_sheet
from pairing.choices import LinkTerm
from pairing.models import HelperLink
from pairing.queries import find_pairing
from pairing.services import comment_link, propose_link, send_invitation
from pledges.choices import Outcome
from web.demo.cast import by
from web.demo.names import story
from web.demo.scenes import (
    Days,
    Made,
    Place,
    Stage,
    Who,
    agreed,
    announced,
    answered,
    brought,
    offered,
    published,
    submitted,
    verified,
    written,
)
from web.demo.village import Home

NEEDS = 48
PAST: tuple[tuple[str, int, Who, float], ...] = (
    ("winter_quilt", 1, "ngo", 290),
    ("desk", 1, 1, 251),
    ("fertiliser", 4, "firm", 214),
    ("chicks", 50, 2, 188),
    ("desk_lamp", 1, "person", 160),
    ("roof_tiles", 200, 3, 131),
    ("winter_quilt", 1, 4, 104),
    ("school_bag", 1, "ngo", 77),
    ("fertiliser", 6, 5, 51),
)


def set_scenes(stage: Stage) -> None:
    """Let everything begin that the listed people find on their desks at the end."""
    for scene in _scenes(stage):
        stage.play(scene)


def _scenes(stage: Stage) -> Iterator[Iterator[float]]:
    a, b, c, d, e, f = stage.homes
    for number, (item, count, who, on) in enumerate(PAST):
        yield _helped(stage, stage.homes[number % 6], item, count, who, on)
    yield from _offers(stage, a, b, c, f)
    yield from _deliveries(stage, c, d, e, f)
    yield from _of_the_village(stage)
    yield from _at_the_gate(stage, a, b, d, e, f)
    yield from _invitations(stage, a, b, c)


def _helped(stage: Stage, home: Home, item: str, count: int, who: Who, on: float) -> Days:
    """Tell how a further helper joined for good, by what he brought first."""
    need = yield from published(stage, home, item, count, on=on + 9)
    pledge = yield from agreed(stage, home, need, who, count, on=on + 4, term=LinkTerm.STANDING)
    delivery = yield from brought(stage, pledge, who, on=on + 2)
    yield from answered(stage, home, delivery, Outcome.RECEIVED, on=on)


def _offers(stage: Stage, a: Home, b: Home, c: Home, f: Home) -> Iterator[Iterator[float]]:
    """Leave pledges and helpers that wait for the cadre, the village or the township."""
    yield _offer(stage, a, "cotton_coat", 1, "ngo", 0.8)
    yield _offer(stage, b, "desk", 1, "person", 2.9)
    yield _offer(stage, c, "chicks", 50, "firm", 1.2, LinkTerm.STANDING)
    yield _offer(stage, f, "job_place", 1, "firm", 1.9)
    yield _commented(stage, a, 6, 6)
    yield _commented(stage, f, 7, 9.5)
    stranger = next(home for home in stage.village.homes if home.cadre != a.cadre and home.publishes)
    yield _offer(stage, stranger, "walking_aid", 1, 8, 7)


def _offer(
    stage: Stage,
    home: Place,
    item: str,
    count: int,
    who: Who,
    on: float,
    term: LinkTerm = LinkTerm.ONE_TIME,
) -> Days:
    need = yield from published(stage, home, item, count, on=on + 6)
    yield from offered(stage, need, who, count, on=on, due_on=stage.day(12), term=term)


def _commented(stage: Stage, home: Home, who: int, on: float) -> Days:
    """Let a helper ask to join for good, without a pledge; the cadre has said that it is well."""
    yield on
    donor, account = stage.giver(who)
    pairing = find_pairing(stage.scene(home).subject)
    if donor is None or pairing is None:
        raise LookupError(who)
    link_id = propose_link(pairing, donor, actor=by(account)).id
    yield on - 1
    comment_link(db.session.get_one(HelperLink, link_id), actor=by(stage.acting("cadre")))


def _deliveries(stage: Stage, c: Home, d: Home, e: Home, f: Home) -> Iterator[Iterator[float]]:
    """Leave things on their way, just brought, to be put right, and not received."""
    yield _announced(stage, d, "cotton_coat", 1, "ngo", 1)
    yield _announced(stage, c, "window", 2, "firm", 4)
    yield _owed(stage, d, "fertiliser", 6, "firm", 3)
    yield _owed(stage, e, "school_bag", 1, "person", 2)
    yield _owed(stage, f, "desk_lamp", 1, "person", 6)
    yield _brought(stage, e, "fertiliser", 4, "ngo", 0.4)
    yield _brought(stage, c, "reading_books", 10, 9, 0.9)
    yield _answered(stage, f, "wardrobe", 1, "ngo", Outcome.UNSUITABLE, 2)
    yield _answered(stage, d, "roof_tiles", 200, "firm", Outcome.PARTLY_RECEIVED, 5)
    yield _answered(stage, e, "bed", 1, 10, Outcome.NOT_RECEIVED, 1.4)


def _promised(stage: Stage, home: Place, item: str, count: int, who: Who, on: float, left: int) -> Made:
    need = yield from published(stage, home, item, count, on=on + (5 if home else 11))
    return (yield from agreed(stage, home, need, who, count, on=on, due_on=stage.day(left)))


def _owed(stage: Stage, home: Place, item: str, count: int, who: Who, left: int) -> Days:
    """Leave a pledge that is agreed and due in so many days."""
    yield from _promised(stage, home, item, count, who, 5, left)


def _announced(stage: Stage, home: Place, item: str, count: int, who: Who, left: int) -> Days:
    pledge = yield from _promised(stage, home, item, count, who, 4, left + 3)
    yield from announced(stage, pledge, who, on=1.3, day=stage.day(left))


def _brought(stage: Stage, home: Place, item: str, count: int, who: Who, on: float) -> Days:
    pledge = yield from _promised(stage, home, item, count, who, 5, 6)
    yield from brought(stage, pledge, who, on=on)


def _answered(stage: Stage, home: Place, item: str, count: int, who: Who, outcome: Outcome, on: float) -> Days:
    pledge = yield from _promised(stage, home, item, count, who, on + 6, 8)
    delivery = yield from brought(stage, pledge, who, on=on + 2)
    yield from answered(stage, home, delivery, outcome, on=on)


def _of_the_village(stage: Stage) -> Iterator[Iterator[float]]:
    """Leave what the unit, the village and the township have to do for the village as a whole."""
    yield _owed(stage, None, "water_pipe", 600, "unit", 5)
    yield _announced(stage, None, "reading_books", 200, "unit", 1)
    yield _brought(stage, None, "solar_street_lamp", 8, "unit", 0.7)
    yield _answered(stage, None, "desk", 24, "unit", Outcome.UNSUITABLE, 2)
    yield _offer(stage, None, "water_tank", 4, "unit", 1.1)
    yield _owed(stage, None, "tea_seedlings", 4000, "firm", 9)


def _at_the_gate(stage: Stage, a: Home, b: Home, d: Home, e: Home, f: Home) -> Iterator[Iterator[float]]:
    """Leave needs to finish, to verify, to approve, to renew and to visit again."""
    village, team = stage.officers.village, stage.officers.team
    yield from (
        written(stage, e, "sprayer", 1, on=3),
        written(stage, None, "training_hours", 20, on=2, author=village),
        written(stage, None, "cement", 10, on=4, author=team),
        submitted(stage, d, "walking_aid", 1, on=0.7),
        submitted(stage, b, "blood_pressure_meter", 1, on=4),
        submitted(stage, None, "training_hours", 40, on=1.6, author=team),
        submitted(stage, None, "cement", 20, on=3.2, author=village),
        verified(stage, a, "washing_machine", 1, on=0.9),
        verified(stage, b, "window", 2, on=2.1),
        verified(stage, e, "electric_heater", 1, on=4.2),
        verified(stage, f, "roof_tiles", 300, on=1.3),  # more than the limit: the township judges
        published(stage, b, "roof_tiles", 300, on=80),
        published(stage, d, "tea_seedlings", 1000, on=85),
    )
    yield _sheet(stage, a, d)


def _sheet(stage: Stage, a: Home, d: Home) -> Days:
    """Let the township approve a village sheet, of which a line is drawn to be visited again."""
    first = yield from verified(stage, a, "desk_lamp", 1, on=4)
    second = yield from verified(stage, d, "school_bag", 1, on=3)
    yield 2
    officer = by(stage.officers.townships[0])
    mine: set[UUID] = {first, second}
    lines = [need.id for need in sheet_lines(officer, stage.village.plan.code) if need.id in mine]
    if lines:  # a line that is not green any more stays for a decision of its own
        approve_sheet(stage.village.plan.code, actor=officer, need_ids=lines)


def _invitations(stage: Stage, a: Home, b: Home, c: Home) -> Iterator[Iterator[float]]:
    yield _invitation(stage, c, "cement", 2, "ngo", 4)
    yield _invitation(stage, b, "piglets", 2, "firm", 2)
    yield _invitation(stage, a, "cooking_oil", 5, "person", 1)


def _invitation(stage: Stage, home: Home, item: str, count: int, who: str, on: float) -> Days:
    """Let the cadre invite a helper to a need."""
    need_id = yield from published(stage, home, item, count, on=on + 12)
    yield on
    pairing = find_pairing(db.session.get_one(Need, need_id))
    if pairing is None:
        raise LookupError(item)
    words = story("people")["invitation"]
    send_invitation(
        pairing, actor=by(stage.acting("cadre")), need_ids=[need_id], donor=stage.giver(who)[0], message=words
    )
