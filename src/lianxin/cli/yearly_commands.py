"""The commands of what a county asks for once a year or a month: 迎检目录 and its own table filled in."""

from __future__ import annotations

import argparse

from lianxin.bootstrap import App
from lianxin.cli.commands import Run
from lianxin.cli.saying import DONE, CommandProblem, Voice
from lianxin.domain.canonical import JsonValue


def _inspection(app: App, told: argparse.Namespace, voice: Voice) -> int:
    from lianxin.office.papers.inspection_folder import lay_out_inspection

    done = lay_out_inspection(app.desk, period=told.period, to=told.to)
    empty: list[JsonValue] = [*done.empty]
    voice.tell(
        {"path": str(done.folder), "papers": done.papers, "folders": done.folders, "empty": empty},
        done.words(),
    )
    return DONE


def _county_table(app: App, told: argparse.Namespace, voice: Voice) -> int:
    from lianxin.office.county_workbook import CountyTableProblem

    try:
        return _STEPS[told.step](app, told, voice)
    except CountyTableProblem as wrong:
        raise CommandProblem(wrong.message, code=wrong.code) from wrong


def _tie(app: App, told: argparse.Namespace, voice: Voice) -> int:
    from lianxin.office.county_workbook import keep_table, offered, tie_table

    if told.file is None:
        raise CommandProblem("请写明县里的表是哪个文件（county-table tie 文件.xlsx），没有保存", code="C230")
    table, known = tie_table(app.desk, told.file), offered(app.desk)
    for each in told.cells:
        place, _, key = str(each).rpartition("=")
        if place not in {tie.place for tie in table.ties} or (key and key not in known):
            raise CommandProblem(
                f"没有“{each}”这样的格子或指标，其余已保存；用 county-table show 查看", code="C230"
            )
        table = table.with_key(place, key)
    keep_table(app.desk, table)
    return _show(app, told, voice)


def _show(app: App, _told: argparse.Namespace, voice: Voice) -> int:
    from lianxin.office.county_workbook import CountyTableProblem, kept_table, offered

    table, known = kept_table(app.desk), offered(app.desk)
    if table is None:
        raise CountyTableProblem("还没有打开过县里的表。请先用 county-table tie 文件.xlsx")
    for tie in table.ties:
        words = known.get(tie.key, "不填")
        voice.tell(
            {"cell": tie.place, "heading": tie.heading, "key": tie.key or None, "label": words},
            f"{tie.place}　{tie.heading} → {words}",
        )
    return DONE


def _fill(app: App, told: argparse.Namespace, voice: Voice) -> int:
    from lianxin.office.beside import write_beside
    from lianxin.office.county_workbook import fill_table

    if told.period is None or told.to is None:
        raise CommandProblem("请写明 --period 时段 和 --to 文件，没有生成文件", code="C230")
    _, content = fill_table(app.desk, told.period)
    target = write_beside(told.to, content)
    voice.tell({"path": str(target)}, f"已填好 {target}")
    return DONE


_STEPS: dict[str, Run] = {"tie": _tie, "show": _show, "fill": _fill}
COMMANDS: dict[str, Run] = {"inspection-folder": _inspection, "county-table": _county_table}
