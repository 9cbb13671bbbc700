"""When a meeting may decide, and what it decided (domain.md 3.4). Exact arithmetic over counts of people.

How the law is read here: the Organic Law of Villagers' Committees counts those who came. A quorum is a share of those
entitled; a decision takes more than half of those present. Whoever abstains, because he is close to the applicant or
of his own will, came all the same: he counts for the quorum and among those present, and his silence helps nobody.
So the number of votes that a household needs does not depend on how many step aside, and exactly half is no majority.
Where too many of the present are relatives of one household, the village calls a meeting in which more can vote.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from math import ceil, floor
from typing import Any

from core.i18n import LazyString, _l
from identification.case_choices import MeetingKind, VoteResult

Faults = dict[str, list[str | LazyString]]


@dataclass(frozen=True)
class MeetingRule:
    """What a policy pack asks of a kind of meeting: shares of persons, exact."""

    quorum: Fraction
    quorum_strict: bool
    majority: Fraction

    def least_present(self, entitled: int) -> int:
        """Return how many persons must come; of nobody entitled at least one, so that such a meeting never counts."""
        if entitled <= 0:
            return 1
        share = self.quorum * entitled
        return floor(share) + 1 if self.quorum_strict else max(ceil(share), 1)

    def has_quorum(self, entitled: int, present: int) -> bool:
        """Return whether enough came; more present than entitled is no meeting that counts."""
        return self.least_present(entitled) <= present <= entitled

    def least_for(self, present: int) -> int:
        """Return how many votes for a household put it onto the list: more than the share of all who came."""
        return floor(self.majority * present) + 1


@dataclass(frozen=True)
class Count:
    """How the persons present behaved on one household: persons in each."""

    votes_for: int
    votes_against: int
    abstained: int
    recused: int

    @property
    def voted(self) -> int:
        """Those who took part in the vote, also by abstaining of their own will."""
        return self.votes_for + self.votes_against + self.abstained

    @property
    def counted(self) -> int:
        """Those of whom the minutes say what they did."""
        return self.voted + self.recused


@dataclass(frozen=True)
class Ballot:
    """What the minutes say of one household: the votes, who stepped aside (ids of members), or that nobody is close."""

    votes_for: int
    votes_against: int
    abstained: int
    recused: frozenset[str] = frozenset()
    no_relatives: bool = False

    @property
    def count(self) -> Count:
        return Count(self.votes_for, self.votes_against, self.abstained, len(self.recused))


def rule_of(pack: Mapping[str, Any], kind: MeetingKind) -> MeetingRule:
    """Return the rule of a kind of meeting as a pack writes it; KeyError where the pack does not know the kind."""
    written = pack["meeting"][kind.value]
    return MeetingRule(Fraction(written["quorum"]), bool(written["quorum_strict"]), Fraction(written["majority"]))


def result_of(rule: MeetingRule, count: Count, *, present: int) -> VoteResult:
    """Return what the meeting decided on one household."""
    return VoteResult.ADMITTED if count.votes_for >= rule.least_for(present) else VoteResult.NOT_ADMITTED


def faults_of(count: Count, *, present: int) -> Faults:
    """Return what cannot be true of a count, by field: nobody voted, or more persons than came."""
    if min(count.votes_for, count.votes_against, count.abstained, count.recused) < 0:
        return {"votes_for": [_l("Write whole numbers from 0.")]}
    if count.counted > present:
        return {
            "votes_for": [
                _l(
                    "%(voted)s votes and %(recused)s who stepped aside make %(counted)s; only %(present)s are present.",
                    voted=count.voted,
                    recused=count.recused,
                    counted=count.counted,
                    present=present,
                )
            ]
        }
    if count.voted == 0:
        return {"votes_for": [_l("Nobody has voted on this household. Write the votes down.")]}
    return {}


def ballot_faults(ballot: Ballot, *, present: frozenset[str], own: frozenset[str]) -> Faults:
    """Return what stands against a ballot, by field. `own` are members of the very household who are present.

    Close relatives abstain (domain.md 3.4, [design]). Whom the list shows as of the same household steps aside in any
    case; about all others the meeting is asked, and "nobody" must be said, not left out.
    """
    faults = faults_of(ballot.count, present=len(present))
    if not ballot.recused <= present:
        faults["recused"] = [_l("Somebody who stepped aside is not ticked as present.")]
    elif own - ballot.recused:
        faults["recused"] = [_l("Somebody of this very household is present and steps aside.")]
    if ballot.recused and ballot.no_relatives:
        faults["no_relatives"] = [_l("Somebody stepped aside, so it cannot be that nobody is close. Choose one.")]
    if not ballot.recused and not ballot.no_relatives:
        faults["no_relatives"] = [_l("Tick who is close to this household, or that nobody present is.")]
    return faults
