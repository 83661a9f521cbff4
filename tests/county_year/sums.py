"""What a county must come to, worked out without it: from the journals of its townships alone."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from lianxin.domain.figures.of_period import Figures
from lianxin.domain.figures.summed import is_count
from lianxin.domain.journal import Entry, parse_entry, project
from lianxin.domain.periods import Period
from lianxin.domain.streams import stays_home
from lianxin.domain.values import content_hash, record_digest_part
from lianxin.office.desk import Desk
from lianxin.store.carrying import lines_beyond, tips
from tests.office.counting import figures_of


def hash_of_all(county: Desk, towns: Iterable[Desk]) -> str:
    """The hash of what every township wrote for office and county, and the county itself for them."""
    entries = [entry for desk in (county, *towns) for entry in _entries(desk)]
    return content_hash({key: record_digest_part(state) for key, state in project(entries).items()})


def _entries(desk: Desk) -> list[Entry]:
    """What this office wrote for others, under every replica id it had."""
    own = f"{desk.store.replica.partition('-')[0]}-"
    with desk.store.reading() as reading:
        streams = [each for each in tips(reading) if each.startswith(own) and not stays_home(each)]
        return [parse_entry(each.line) for each in lines_beyond(reading, streams, {})]


def told_by_towns(towns: Mapping[str, Desk], period: Period) -> dict[str, dict[str, str]]:
    """Code → key of a figure → what the township itself shows for the period."""
    return {
        code: {figure.key: figure.shown for figure in figures_of(desk, period).all}
        for code, desk in towns.items()
    }


def added_up(parts: Iterable[Figures]) -> dict[str, int]:
    """Key → sum of the counts; shares and averages have none."""
    sums: dict[str, int] = {}
    for part in parts:
        for figure in part.all:
            if is_count(figure) and isinstance(figure.value, int):
                sums[figure.key] = sums.get(figure.key, 0) + figure.value
    return sums
