"""Steps that the scenes of the demo are made of: a need published, a pledge agreed, a delivery answered.

A step is a generator. It yields how many days before the end its next part happens; meanwhile the rest of the
county goes on. It returns the id of what it made.
"""

from collections.abc import Generator, Iterator
from datetime import date, datetime, timedelta
from decimal import Decimal
from random import Random
from uuid import UUID

from core.clock import local_day, today
from core.db import db
from core.policy import Actor
from core.tokens import derived_digits
from donors.models import Donor
from needs.models import Need
from needs.rules import open_judgements
from needs.services import Evidence, approve_need, check_need, create_need, submit_need, verify_need
from pairing.choices import LinkTerm
from pairing.models import HelperLink
from pledges.choices import CallBack, Outcome, PledgeKind
from pledges.models import Confirmation, Delivery
from pledges.services import agree_pledge, enter_delivery, issue_code, offer_pledge, record_call_back
from pledges.sums import locked_pledge
from registry.queries import CARD_PIN, find_card
from web.demo.asking import say
from web.demo.cast import by
from web.demo.clockwork import days, working_hour
from web.demo.helping import GIVERS, KINDS, Helping
from web.demo.joining import join_step
from web.demo.names import person, story
from web.demo.pictures import store_pictures
from web.demo.promise import fund_of
from web.demo.story import Scene
from web.demo.village import Home, Officers, Village
from web.demo.wishes import set_wish, text_of_wish

Days = Generator[float, None, None]
Made = Generator[float, None, UUID]
Place = Home | None
Who = str | int
UNIT_SILENCE = 9
CALLED_AFTER = 2


class Stage:
    """The listed officers' village with everybody who plays in it."""

    def __init__(self, helping: Helping, village: Village, officers: Officers, dice: Random) -> None:
        self.helping = helping
        self.village = village
        self.officers = officers
        self.dice = dice
        named = helping.cast.named
        self.homes = [home for home in village.homes if home.cadre == named["cadre"]]
        self.others = [
            (donor, account)
            for donor, account, kind, level in helping.cast.donors
            if kind in GIVERS and level >= 2 and account not in named.values()
        ]

    def play(self, scene: Iterator[float]) -> None:
        """Let the parts of a scene happen one after the other, each on its day."""
        end = self.helping.clock.end
        # Its own: whether somebody is called back hangs on secret keys and must not shift what others draw.
        dice = Random(self.dice.random())  # noqa: S311 - a demo that can be repeated

        def go_on(at: datetime) -> None:
            before = next(scene, None)
            if before is not None:
                moment = working_hour(end - days(before), minute=dice.randint(0, 539))
                moment = min(max(moment, at + timedelta(minutes=11)), end - timedelta(seconds=30))
                self.helping.clock.at(max(moment, at), go_on)

        go_on(end - days(720))

    def scene(self, home: Place) -> Scene:
        """Return where a need of this home, or of the village, is handled, and who writes it down."""
        if home is None:
            return Scene(self.village, self.officers, self.officers.village, self.village.subject, None)
        return Scene(self.village, self.officers, self.helping.acting(home.cadre), home.subject, home)

    def acting(self, name: str) -> Actor:
        return self.helping.acting(self.helping.cast.named[name])

    def giver(self, who: Who) -> tuple[Donor | None, Actor]:
        """Return a helper by the name of his account, or the n-th of those who have none."""
        if isinstance(who, int):
            donor_id, account_id = self.others[who % len(self.others)]
            return db.session.get_one(Donor, donor_id), self.helping.acting(account_id)
        donor = self.helping.cast.named_donors.get(who)
        return db.session.get_one(Donor, donor) if donor else None, self.acting(who)

    def day(self, left: int) -> date:
        """Return the day that comes so many days after the demo's end."""
        return local_day(self.helping.clock.end) + timedelta(days=left)


def written(stage: Stage, home: Place, item: str, count: int, *, on: float, author: Actor | None = None) -> Made:
    """Write a need down; it stays a draft."""
    yield on
    scene = stage.scene(home)
    wish = set_wish("household" if home else "village", item, count, stage.dice)
    stage.helping.refresh_survey(scene, today())
    text = text_of_wish(wish, region_code=scene.subject.region_code, on=today())
    return create_need(scene.subject, actor=by(author or scene.author), text=text).id


def submitted(stage: Stage, home: Place, item: str, count: int, *, on: float, author: Actor | None = None) -> Made:
    """Hand a need in."""
    need_id = yield from written(stage, home, item, count, on=on, author=author)
    submit_need(_need(need_id), actor=by(author or stage.scene(home).author))
    return need_id


def verified(stage: Stage, home: Place, item: str, count: int, *, on: float) -> Made:
    """Let the stationed team verify a need on site."""
    need_id = yield from submitted(stage, home, item, count, on=on + 2)
    yield on
    paper = Evidence(paper_no=f"{today():%Y%m%d}-{stage.dice.randint(1, 999):03d}", taken_on=today())
    verify_need(
        _need(need_id), actor=by(stage.officers.team), visited_on=today(), second_visitor=person(11), evidence=[paper]
    )
    return need_id


def published(stage: Stage, home: Place, item: str, count: int, *, on: float) -> Made:
    """Let the township publish a need."""
    need_id = yield from verified(stage, home, item, count, on=on + 1)
    yield on
    need = _need(need_id)
    reasons = {result.code: story("people")["reason"] for result in open_judgements(check_need(need))}
    approve_need(need, actor=by(stage.officers.townships[0]), reasons=reasons)
    return need_id


def offered(
    stage: Stage,
    need_id: UUID,
    who: Who,
    count: int,
    *,
    on: float,
    due_on: date | None = None,
    term: LinkTerm = LinkTerm.ONE_TIME,
) -> Made:
    """Let a helper pledge."""
    yield on
    need, (donor, account) = _need(need_id), stage.giver(who)
    pledge = offer_pledge(
        need,
        donor,
        actor=by(account),
        quantity=Decimal(count),
        kind=KINDS.get(need.category, PledgeKind.GOODS),
        due_on=due_on or today() + timedelta(days=20),
        term=term,
    )
    return pledge.id


def agreed(
    stage: Stage,
    home: Place,
    need_id: UUID,
    who: Who,
    count: int,
    *,
    on: float,
    due_on: date | None = None,
    term: LinkTerm = LinkTerm.ONE_TIME,
) -> Made:
    """Let a helper pledge and the cadre, or for a village its officer, agree."""
    before = 1.5 if home else UNIT_SILENCE
    pledge_id = yield from offered(stage, need_id, who, count, on=on + before, due_on=due_on, term=term)
    scene = stage.scene(home)
    for step in range(4):
        yield on + (3 - step) / 8
        link = db.session.get_one(HelperLink, locked_pledge(pledge_id).link_id, populate_existing=True)
        join_step(link, scene, stage.helping, stage.helping.clock.end - days(on))
    agree_pledge(locked_pledge(pledge_id), actor=by(scene.author))
    return pledge_id


def brought(stage: Stage, pledge_id: UUID, who: Who, *, on: float, count: int = 0) -> Made:
    """Let a helper bring what he pledged."""
    yield on
    return _enter(stage, pledge_id, who, today(), count).id


def announced(stage: Stage, pledge_id: UUID, who: Who, *, on: float, day: date, count: int = 0) -> Made:
    """Let a helper say on which day to come he will bring it."""
    yield on
    return _enter(stage, pledge_id, who, day, count).id


def _enter(stage: Stage, pledge_id: UUID, who: Who, day: date, count: int) -> Delivery:
    pledge, giver = locked_pledge(pledge_id), by(stage.giver(who)[1])
    return enter_delivery(
        pledge,
        actor=giver,
        quantity=Decimal(count) if count else pledge.quantity,
        delivered_on=day,
        fund_source=fund_of(pledge),
        evidence=store_pictures(2 if day <= today() else 0, actor=giver, on=day),
    )


def answered(stage: Stage, home: Place, delivery_id: UUID, outcome: Outcome, *, on: float) -> Days:
    """Print the slip a day before, and let the household answer."""
    yield on + 1
    printer = stage.officers.village if home else stage.officers.townships[0]
    issued = issue_code(db.session.get_one(Delivery, delivery_id), actor=by(printer))
    yield on
    card = find_card(home.id) if home else None
    pin = derived_digits(CARD_PIN, card.id, 4) if card else ""
    delivery = db.session.get_one(Delivery, delivery_id, populate_existing=True)
    confirmation = say(delivery, issued.link, outcome, pin=pin, device=f"demo/{delivery.subject}")
    if confirmation.call_back_drawn and on > CALLED_AFTER:
        confirmation_id = confirmation.id
        yield on - CALLED_AFTER
        drawn = db.session.get_one(Confirmation, confirmation_id)
        record_call_back(drawn, actor=by(stage.acting("operator")), found=CallBack.AGREES)


def _need(need_id: UUID) -> Need:
    return db.session.get_one(Need, need_id, populate_existing=True)
