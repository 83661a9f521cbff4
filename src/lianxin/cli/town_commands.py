"""`figures --by-township` and `as-reported`: what a county tells of its townships' figures."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from lianxin.bootstrap import App
from lianxin.cli.commands import Run
from lianxin.cli.saying import DONE, CommandProblem, Voice
from lianxin.domain.canonical import JsonValue
from lianxin.domain.counts import Figure
from lianxin.domain.figures.opinion import Reconciliation
from lianxin.office.beside import write_beside

if TYPE_CHECKING:
    from lianxin.county.figures.town_figures import TownFigures
    from lianxin.county.townships.roster import Town


def figure_line(figure: Figure) -> dict[str, JsonValue]:
    """A figure for programs."""
    return {
        "name": figure.key,
        "label": figure.label,
        "unit": figure.unit,
        "value": figure.value if isinstance(figure.value, int) else None,
        "shown": figure.shown,
        "part": figure.part,
        "whole": figure.whole,
        "definition": figure.definition,
        "kind": figure.kind,
        "uids": list(figure.uids),
    }


def figure_words(figure: Figure) -> str:
    """A figure for people."""
    return f"{figure.label}：{figure.shown}{figure.unit}　（{figure.definition}）"


def tell_reconciliation(line: Reconciliation, voice: Voice, town: Town | None = None) -> None:
    """The line that must add up; of one township when it is named."""
    parts: dict[str, JsonValue] = {**dict(line.parts)}
    told: dict[str, JsonValue] = {
        "name": "reconciliation",
        "label": "勾稽关系",
        "value": line.collected,
        "parts": parts,
        "merged": line.merged,
        "difference": line.difference,
        "shown": line.text,
    }
    voice.tell({**told, **_of(town)}, f"{town.name}：{line.text}" if town else line.text)


def tell_by_township(app: App, told: argparse.Namespace, voice: Voice) -> int:
    """Every township, then the county: one line a figure, or the workbook, or one paragraph each."""
    from lianxin.county.figures.town_figures import county_period, figures_by_town
    from lianxin.domain.figures.of_period import paragraph

    _county_only(app)
    found = figures_by_town(app.desk, county_period(app.desk, told.period, told.cutoff))
    if told.rank and told.rank not in {figure.key for figure in found.whole.all}:
        raise CommandProblem(f"没有名为“{told.rank}”的指标，没有排名次", code="C201")
    if told.xlsx is not None:
        from lianxin.county.figures.town_papers import town_returns

        target = write_beside(told.xlsx, town_returns(app.desk, found, ranked=told.rank)[1])
        voice.tell({"path": str(target)}, f"已生成 {target}")
    elif told.text:
        for line in found.lines:
            text = paragraph(line.figures, line.town.name)
            voice.tell({"text": text, **_of(line.town)}, text)
        text = paragraph(found.whole, "全县")
        voice.tell({"text": text, "township": None}, text)
    else:
        _tell_lines(found, told.rank, voice)
    return DONE


def _tell_lines(found: TownFigures, ranked: str, voice: Voice) -> None:
    places = found.places(ranked) if ranked else {}
    for line in found.lines:
        for figure in line.figures.columns():
            place: dict[str, JsonValue] = (
                {"place": places.get(line.town.code)} if figure.key == ranked else {}
            )
            words = f"{line.town.name}　{figure.label}：{figure.shown}{figure.unit}"
            told: dict[str, JsonValue] = {"told": line.told}
            voice.tell({**figure_line(figure), **_of(line.town), **told, **place}, words)
        tell_reconciliation(line.figures.reconciliation, voice, line.town)
    for figure in (*found.whole.columns(), found.built):
        voice.tell({**figure_line(figure), "township": None}, f"全县　{figure_words(figure)}")
    tell_reconciliation(found.whole.reconciliation, voice)


def _as_reported(app: App, told: argparse.Namespace, voice: Voice) -> int:
    from lianxin.county.figures.as_reported import as_reported
    from lianxin.county.figures.town_figures import county_period

    _county_only(app)
    found = as_reported(app.desk, county_period(app.desk, told.period, told.cutoff))
    for each in found.differences:
        line: dict[str, JsonValue] = {
            **_of(each.town), "name": each.key, "label": each.label, "unit": each.unit, "reported": each.then,
            "current": each.now, "causes": list(each.causes), "kind": each.kind, "uids": list(each.uids),
        }  # fmt: skip
        words = f"{each.town.name}　{each.label}：定稿{each.then}，现在{each.now}（{'；'.join(each.causes)}）"
        voice.tell(line, words)
    voice.tell(
        {
            "differences": len(found.differences),
            "reported": sorted(found.reported),
            "silent": [town.code for town in found.silent],
            "words": found.words(),
        },
        found.words(),
    )
    return DONE


def _county_only(app: App) -> None:
    from lianxin.office.desk import office_of
    from lianxin.office.trust.trusting import is_county

    with app.desk.store.reading() as reading:
        office = office_of(reading)
    if not is_county(office.office_type):
        raise CommandProblem("这条命令由县人大使用，这里是乡镇，没有改动任何数据", code="C201")


def _of(town: Town | None) -> dict[str, JsonValue]:
    return {"township": town.code, "town_name": town.name} if town is not None else {}


COMMANDS: dict[str, Run] = {"as-reported": _as_reported}
