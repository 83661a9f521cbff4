"""Who receives on which day: a fair rota that keeps what was chosen by hand.

Same input, same output: ties are broken by who waited longest, then by the order of the deputies.
"""

from __future__ import annotations

import dataclasses as dc
from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from lianxin.domain import codes
from lianxin.domain.records import Mandate


@dc.dataclass(frozen=True)
class Candidate:
    """A deputy who can be on duty; `level` is the highest level of their mandates."""

    person: str
    level: str


@dc.dataclass(frozen=True)
class Served:
    """What a deputy has done so far: how often on duty, and when last."""

    times: int = 0
    last: date | None = None


@dc.dataclass(frozen=True)
class Slot:
    """One deputy on one day; `fixed` when the clerk chose it."""

    day: date
    person: str
    fixed: bool = False


def candidates(mandates: Iterable[Mandate], *, station: str | None = None) -> tuple[Candidate, ...]:
    """The serving deputies, each once with the highest of their levels, in the order of the roster.

    With a `station`, those who belong to another station (进站站点) are left out; who belongs to none may go
    anywhere.
    """
    rank = {code.code: place for place, code in enumerate(codes.LEVEL.codes)}
    serving = [mandate for mandate in mandates if mandate.state == "serving"]
    elsewhere = _elsewhere(serving, station)
    best: dict[str, str] = {}
    for mandate in serving:
        known = best.get(mandate.person)
        if known is None or rank.get(mandate.level, len(rank)) < rank.get(known, len(rank)):
            best[mandate.person] = mandate.level
    return tuple(Candidate(person, level) for person, level in best.items() if person not in elsewhere)


def _elsewhere(mandates: Iterable[Mandate], station: str | None) -> set[str]:
    stations: dict[str, set[str]] = {}
    for mandate in mandates:
        if mandate.station:
            stations.setdefault(mandate.person, set()).add(mandate.station)
    return {person for person, theirs in stations.items() if station and station not in theirs}


def propose(
    days: Sequence[date],
    deputies: Sequence[Candidate],
    *,
    per_day: int,
    history: Mapping[str, Served] | None = None,
    fixed: Mapping[date, Sequence[str]] | None = None,
    away: frozenset[tuple[str, date]] = frozenset(),
) -> tuple[Slot, ...]:
    """A fair rota: manual choices stay, nobody twice running where avoidable, least served first, levels mixed.

    `history` is what everybody did before the first day; what is fixed anywhere in the span counts as served from
    the start, so that it is not done on top. `away` are (person, day) on leave or busy elsewhere. A day gets fewer
    than `per_day` only when nobody else is there.
    """
    planned = sorted(set(days))
    chosen_by_hand = {day: list(dict.fromkeys((fixed or {}).get(day, ()))) for day in planned}
    times = {person: served.times for person, served in (history or {}).items()}
    last = {person: served.last for person, served in (history or {}).items() if served.last}
    for people in chosen_by_hand.values():
        for person in people:
            times[person] = times.get(person, 0) + 1
    order = {deputy.person: place for place, deputy in enumerate(deputies)}
    slots: list[Slot] = []
    before = _on_the_day_before(planned, last)
    for day, following in zip(planned, [*planned[1:], None], strict=True):
        chosen = list(chosen_by_hand[day])
        slots += [Slot(day, person, True) for person in chosen]
        beside = before | set(chosen_by_hand[following] if following else ())
        levels = {deputy.level for deputy in deputies if deputy.person in chosen}
        while len(chosen) < per_day:
            free = [d for d in deputies if d.person not in chosen and (d.person, day) not in away]
            if not free:
                break
            best = min(
                free,
                key=lambda deputy: (
                    deputy.person in beside,
                    times.get(deputy.person, 0),
                    deputy.level in levels,
                    last.get(deputy.person, date.min),
                    order[deputy.person],
                ),
            )
            chosen.append(best.person)
            levels.add(best.level)
            times[best.person] = times.get(best.person, 0) + 1
            slots.append(Slot(day, best.person))
        for person in chosen:
            last[person] = day
        before = set(chosen)
    return tuple(slots)


def _on_the_day_before(planned: Sequence[date], last: Mapping[str, date]) -> set[str]:
    """Who was on duty the last time before the first planned day."""
    earlier = [day for day in last.values() if planned and day < planned[0]]
    return {person for person, day in last.items() if earlier and day == max(earlier)}
