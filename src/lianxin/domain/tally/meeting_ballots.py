"""Who is elected, which projects are chosen: more than half of ALL deputies, then the most votes (组织法 §25, §29).

The same arithmetic serves an election and the choice of 民生实事 projects (过半数且取前几名, domain.md 3.23.1).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, TypeAlias

Fate: TypeAlias = Literal["chosen", "tied", "lost", "waiting"]
"""tied: votes equal at the last seat, a second ballot among these decides; waiting: no votes in yet."""


@dataclass(frozen=True)
class Candidate:
    """One name on the ballot with its votes. `others` are ballots that named somebody else instead (另选他人)."""

    uid: str
    name: str
    agreed: int | None = None
    against: int | None = None
    abstained: int | None = None
    others: int | None = None

    @property
    def marks(self) -> int:
        """How many ballots are accounted for."""
        return sum(each or 0 for each in (self.agreed, self.against, self.abstained, self.others))


@dataclass(frozen=True)
class Placed:
    """A candidate with what became of it; `place` counts from 1, None while votes are missing."""

    candidate: Candidate
    fate: Fate
    place: int | None = None


@dataclass(frozen=True)
class Outcome:
    """The result of one round. `open_seats` are left for a second ballot or another election."""

    placed: tuple[Placed, ...]
    needed: int
    open_seats: int
    words: str

    @property
    def chosen(self) -> tuple[Candidate, ...]:
        """Who is elected, the most votes first."""
        return tuple(each.candidate for each in self.placed if each.fate == "chosen")

    @property
    def tied(self) -> tuple[Candidate, ...]:
        """Who goes into the second ballot."""
        return tuple(each.candidate for each in self.placed if each.fate == "tied")


@dataclass(frozen=True)
class Sheets:
    """The sheets of a round. Returned ≤ issued, or the vote is void (选举法 §44 by analogy)."""

    issued: int | None = None
    returned: int | None = None
    invalid: int | None = None

    @property
    def valid(self) -> int | None:
        """Returned without the invalid ones."""
        return None if self.returned is None else self.returned - (self.invalid or 0)


def outcome_of(
    candidates: Sequence[Candidate], *, seats: int, members: int, second: bool = False, won: str = "当选"
) -> Outcome:
    """Judges one round; `won` is the word for who has a seat (当选, 入选). In a `second` ballot, held among the tied, the most votes win without a majority (组织法 §29)."""
    needed = members // 2 + 1
    if not candidates or any(each.agreed is None for each in candidates):
        waiting = tuple(Placed(each, "waiting") for each in candidates)
        return Outcome(waiting, needed, seats, "还没有填齐各候选人的票数" if candidates else "还没有候选人")
    ranked = sorted(candidates, key=lambda each: (-(each.agreed or 0), each.name, each.uid))
    able = [each for each in ranked if second or (each.agreed or 0) >= needed]
    chosen, tied = _divided(able, seats)
    placed = tuple(
        Placed(each, _fate(each, chosen, tied), 1 + sum((o.agreed or 0) > (each.agreed or 0) for o in ranked))
        for each in ranked
    )
    left = max(seats - len(chosen), 0)
    return Outcome(
        placed,
        needed,
        left,
        _words(chosen, tied, left, needed=needed, members=members, second=second, won=won),
    )


def _divided(able: Sequence[Candidate], seats: int) -> tuple[list[Candidate], list[Candidate]]:
    """Those who have a seat, and those with equal votes among whom the last seats must be decided again."""
    if len(able) <= seats:
        return list(able), []
    if seats <= 0:
        return [], []
    last = able[seats - 1].agreed
    if able[seats].agreed != last:
        return list(able[:seats]), []
    return [each for each in able if (each.agreed or 0) > (last or 0)], [
        each for each in able if each.agreed == last
    ]


def _fate(one: Candidate, chosen: Sequence[Candidate], tied: Sequence[Candidate]) -> Fate:
    return "chosen" if one in chosen else "tied" if one in tied else "lost"


def _words(
    chosen: Sequence[Candidate],
    tied: Sequence[Candidate],
    left: int,
    *,
    needed: int,
    members: int,
    second: bool,
    won: str,
) -> str:
    by = f"以得票多的{won}" if second else f"须获得全体代表{members}人的过半数即{needed}票"
    names = "、".join(each.name for each in chosen)
    said = f"{by}；{names}{won}" if names else f"{by}；没有人达到" if not tied else by
    if tied:
        said += f"；{'、'.join(each.name for each in tied)}票数相等，应就他们再次投票，以得票多的{won}"
    elif left:
        said += f"；还差{left}名，应另行选举"
    return said


def ballot_faults(
    sheets: Sheets, candidates: Sequence[Candidate], *, present: int | None, marks: int | None = None
) -> tuple[str, ...]:
    """What the counts say against each other; more returned than issued makes the vote void.

    `marks` is how many names one sheet may agree to (选举法 §44); None where a sheet may agree to all.
    """
    found: list[str] = []
    issued, returned, valid = sheets.issued, sheets.returned, sheets.valid
    if issued is not None and present is not None and issued > present > 0:
        found.append(f"发出票{issued}张，多于实到{present}人，请核对")
    if issued is not None and returned is not None and returned > issued:
        found.append(f"收回票{returned}张多于发出票{issued}张，这次投票无效，应当重新投票")
    if returned is not None and (sheets.invalid or 0) > returned:
        found.append(f"无效票{sheets.invalid}张多于收回票{returned}张，请核对")
    if valid is None:
        return tuple(found)
    for each in candidates:
        if each.agreed is not None and each.marks != valid:
            off = f"{'多' if each.marks > valid else '少'}{abs(each.marks - valid)}票"
            found.append(f"{each.name}：各项合计{each.marks}票，有效票{valid}张，{off}")
    agreed = sum(each.agreed or 0 for each in candidates)
    if marks is not None and agreed > valid * marks >= 0:
        most = valid * marks
        found.append(f"赞成票合计{agreed}票，有效票{valid}张、每张最多选{marks}人，至多{most}票，请核对")
    return tuple(found)
