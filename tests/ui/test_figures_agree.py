"""The same figures come out of the page, the Excel return and `figures --json`, on the sample ledger of a year."""

from __future__ import annotations

import io
import json
from pathlib import Path

import openpyxl
import pytest
from pytestqt.qtbot import QtBot

from lianxin.cli.main import run
from lianxin.domain.figures.of_period import MONTH_COLUMNS, YEAR_COLUMNS, Period
from lianxin.office.desk import Desk
from lianxin.office.papers.catalogue import make_paper
from lianxin.samples import open_sample
from lianxin.ui.figures import FiguresPage
from lianxin.ui.figures.figure_list import amount
from lianxin.ui.pages import PageEntry
from lianxin.ui.shell import MainWindow
from tests.ui.small_office import window_with

Told = dict[str, str]


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("sample") / "home"
    app = open_sample(folder)
    app.close()
    return app.home


def from_page(qtbot: QtBot, office: Desk, period: str) -> tuple[Told, str]:
    """What the list of all figures shows as 本期, and the reconciling line above it."""

    def made(desk: object) -> FiguresPage:
        assert isinstance(desk, MainWindow)
        return FiguresPage(desk, office)

    window = window_with(office, PageEntry("figures", "统计", made))
    qtbot.addWidget(window)
    window.show()
    window.go("figures")
    page = window.page("figures")
    assert isinstance(page, FiguresPage)
    page.picker.set_period(Period.parse(period))
    page.refresh()
    qtbot.waitUntil(lambda: not window.reads.busy(), timeout=60_000)
    sheet = page.sheet()
    assert sheet is not None and sheet.told.period.code == period
    page.figures.groups.set_code("all")
    page.figures.groups.chosen.emit("all")
    qtbot.waitUntil(lambda: not window.reads.busy(), timeout=60_000)
    model = page.figures.model
    shown = {model.key_at(row): model.cells(row)[1] for row in range(page.figures.shown_count())}
    assert shown == {each.key: amount(each) for each in sheet.told.all}
    line = page.reconciliation()
    window.close()
    return shown, line


def from_excel(office: Desk, period: str) -> tuple[Told, str]:
    """The named cells of the return, and the line printed beneath them."""
    book = openpyxl.load_workbook(io.BytesIO(make_paper(office, "monthly-return", period=period)))
    told = {}
    for name, defined in book.defined_names.items():
        ((sheet, cell),) = defined.destinations
        told[name.removeprefix("figure_")] = str(book[sheet][cell].value)
    printed = [str(row[0].value) for row in book["月报表"].iter_rows() if row[0].value]
    return told, next(text for text in printed if text.startswith("勾稽关系")).removeprefix("勾稽关系：")


def from_json(home: Path, period: str, capture: pytest.CaptureFixture[str]) -> dict[str, dict[str, object]]:
    capture.readouterr()
    assert run(["--home", str(home), "figures", "--period", period, "--json"]) == 0
    lines = [json.loads(line) for line in capture.readouterr().out.splitlines()]
    return {line["name"]: line for line in lines}


@pytest.mark.parametrize(("period", "columns"), [("2025", YEAR_COLUMNS), ("2025-11", MONTH_COLUMNS)])
def test_page_excel_and_json_tell_the_same(
    qtbot: QtBot, home: Path, capsys: pytest.CaptureFixture[str], period: str, columns: tuple[str, ...]
) -> None:
    app = open_sample(home.with_name("home"))
    page, page_line = from_page(qtbot, app.desk, period)
    excel, excel_line = from_excel(app.desk, period)
    app.close()
    told = from_json(home, period, capsys)
    figures = {name: line for name, line in told.items() if "definition" in line}
    assert list(figures) == list(page)
    units = {
        name: "" if line["shown"] == "—" or line["unit"] == "%" else line["unit"]
        for name, line in figures.items()
    }
    assert {name: f"{line['shown']}{units[name]}" for name, line in figures.items()} == page
    assert {name: str(figures[name]["shown"]) for name in columns} == excel
    line = told["reconciliation"]
    assert page_line == excel_line == line["shown"] and line["difference"] == 0
    assert page["opinions"] != "0条" and line["value"] == figures["opinions"]["value"]


def test_the_bars_of_the_charts_add_up_to_the_figures(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    told = from_json(home, "2025", capsys)

    def total(name: str) -> int:
        points = told[name]["points"]
        assert isinstance(points, list)
        return sum(int(point["value"]) for point in points)

    assert total("contacts_by_month") == total("by_channel") == told["contact_persons"]["value"]
    for name in ("collected_by_month", "by_category", "by_village", "by_source"):
        assert total(name) == told["opinions"]["value"], name
    assert total("closed_by_month") == told["closed"]["value"]
