"""A county of 24 townships ran for a year, and what it holds is the sum of what its townships hold."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from itertools import islice
from pathlib import Path
from random import Random

from lianxin.county.behalf.entering import Asked, read_on_behalf
from lianxin.county.figures.town_figures import figures_by_town
from lianxin.domain.periods import Period
from lianxin.domain.records import Township
from lianxin.store.check import check
from tests.county_year import invented
from tests.county_year.plain_books import LAYOUTS, Line, lines_of
from tests.county_year.sums import added_up, hash_of_all, told_by_towns
from tests.county_year.year import SIGNING, UNSIGNED, YEAR, Year, made_year
from tests.office.counting import figures_of

SEED = 7
_VISITS = 10


def test_after_a_year_the_county_is_the_sum_of_its_townships(tmp_path: Path) -> None:
    with made_year(tmp_path, SEED) as year:
        _list_unsigned(year)
        year.run()
        _every_story_happened(year)
        signed = {sender.code: sender.desk for sender in year.senders}
        found = check(year.county.store)
        assert found.problems == ()
        assert found.content_hash == hash_of_all(year.county, signed.values())
        books = _read_on_behalf(year, tmp_path)
        _totals_are_the_sum(year, books)
        assert check(year.county.store) == found, "what was read on behalf stays at home"


def _list_unsigned(year: Year) -> None:
    with year.county.store.writing(reason="乡镇名单") as writing:
        for code, name in _unsigned():
            writing.put(Township(uid=writing.new_uid(), code=code, name=name, way="behalf"))


def _unsigned() -> list[tuple[str, str]]:
    return list(islice(invented.towns(), SIGNING, SIGNING + UNSIGNED))


def _every_story_happened(year: Year) -> None:
    """Otherwise another seed: what is proven should have been met."""
    assert min(year.fates.values()) > 0, year.fates
    wanted = {"E000", "E203", "E502", "E602", "E605", "W600", "W601"}
    assert wanted <= set(year.verdicts), year.verdicts


def _read_on_behalf(year: Year, folder: Path) -> dict[str, Sequence[Line]]:
    """The whole year; of each layout once half of it before, for which the whole one stands."""
    books: dict[str, Sequence[Line]] = {}
    for at, (code, name) in enumerate(_unsigned()):
        ending, write = LAYOUTS[at % len(LAYOUTS)]
        lines = lines_of(name, date(YEAR, 1, 1), date(YEAR, 12, 1), Random(f"{SEED}{code}"), _VISITS)
        books[code] = lines
        half = [line for line in lines if line.day < date(YEAR, 7, 1)]
        parts = [(f"{YEAR}-H1", half)] if at < len(LAYOUTS) else []
        for period, told in (*parts, (f"{YEAR}", lines)):
            path = write(folder / f"{name}{period}.{ending}", name, told)
            (done,) = read_on_behalf(year.county, Asked(path, code, "contact", period))
            assert (done.counts["refused"], done.refused_rows) == (0, None), done
    return books


def _totals_are_the_sum(year: Year, books: dict[str, Sequence[Line]]) -> None:
    towns = {sender.code: sender.desk for sender in year.senders}
    for told in (f"{YEAR}", f"{YEAR}-05"):
        period = Period.parse(told, cutoff=year.county.profile.cutoff_day.value)
        at_county = figures_by_town(year.county, period)
        shown = {
            line.town.code: {figure.key: figure.shown for figure in line.figures.all}
            for line in at_county.lines
        }
        by_towns = told_by_towns(towns, period)
        assert {code: shown[code] for code in towns} == by_towns
        signed = added_up([line.figures for line in at_county.lines if line.town.code in towns])
        whole = added_up([line.figures for line in at_county.lines])
        assert signed == added_up([figures_of(desk, period) for desk in towns.values()])
        assert whole == {key: at_county.whole[key].value for key in whole}
        unsigned = {key: whole[key] - signed[key] for key in whole if whole[key] != signed[key]}
        kept = {code: [line for line in lines if line.day in period] for code, lines in books.items()}
        assert unsigned["opinions"] == sum(len(lines) for lines in kept.values())
        assert unsigned["contact_persons"] == sum(line.persons for lines in kept.values() for line in lines)
        assert unsigned["reception_days"] == sum(len({line.day for line in lines}) for lines in kept.values())
