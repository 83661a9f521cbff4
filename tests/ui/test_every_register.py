"""Every register of 台账, whatever its kind: made by the form, found, changed, taken back, exported, taken in, printed."""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import openpyxl
import pytest
from docx import Document
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from lianxin.bootstrap import App
from lianxin.domain.dictionary import Record, kind_named, kinds
from lianxin.office.desk import Desk
from lianxin.office.importing.columns import importable_kinds
from lianxin.office.importing.ledger_import import import_ledger
from lianxin.office.lists.listing import found_uids
from lianxin.office.papers.record_paper import OWN_PAPERS, record_paper
from lianxin.office.papers.register_book import register_xlsx
from lianxin.office.papers.register_groups import IN_SETTINGS, WRITTEN_BY_PROGRAM, has_subject, parent_of
from lianxin.ui.draft_keeper import DraftKeeper
from lianxin.ui.main import township_entries
from lianxin.ui.pages import PageEntry
from lianxin.ui.registers.course_form import CourseForm
from lianxin.ui.registers.register_panel import RegisterPanel
from lianxin.ui.registers.registers_page import RegistersPage
from lianxin.ui.shell import MainWindow
from tests.ui.sample_records import typed_for
from tests.ui.small_office import Keeping, small_office, window_with


def _elsewhere() -> frozenset[str]:
    """The kinds that other pages of a township keep."""
    import tempfile

    with tempfile.TemporaryDirectory() as folder:
        office = small_office(Path(folder))
        entries = township_entries(App(office.store.home, office), Keeping(office))
        office.store.close()
    return frozenset(kind for each in entries if each.key != "registers" for kind in each.kinds)


ELSEWHERE = _elsewhere()
KINDS = [
    cls.KIND
    for cls in kinds()
    if cls.KIND not in ELSEWHERE | WRITTEN_BY_PROGRAM | IN_SETTINGS
    and (not parent_of(cls) or (parent_of(cls) in ELSEWHERE and has_subject(cls.KIND)))
]
"""Every kind with a register of its own."""


@dataclass(frozen=True)
class Register:
    """A register on screen."""

    office: Desk
    window: MainWindow
    cls: type[Record]
    panel: RegisterPanel

    @property
    def form(self) -> CourseForm:
        assert self.panel.form is not None
        return self.panel.form

    def stored(self) -> Record:
        with self.office.store.reading() as reading:
            record = reading.get(self.cls, self.form.uid)
        assert record is not None
        return record


@pytest.fixture
def register(request: pytest.FixtureRequest, tmp_path: Path, qtbot: QtBot) -> Iterator[Register]:
    office = small_office(tmp_path, ticking=True)
    drafts = DraftKeeper(office, "w1")
    window = window_with(
        office,
        PageEntry(
            "registers", "台账", lambda desk: RegistersPage(desk, office, drafts=drafts, elsewhere=ELSEWHERE)
        ),
    )
    qtbot.addWidget(window)
    window.show()
    window.go("registers")
    page = window.page("registers")
    assert isinstance(page, RegistersPage)
    page.choose(str(request.param))
    panel = page.panel()
    assert panel is not None
    yield Register(office, window, kind_named(str(request.param)), panel)
    QApplication.processEvents()


@pytest.mark.parametrize("register", KINDS, indirect=True)
def test_a_register_is_whole(register: Register, qtbot: QtBot, tmp_path: Path) -> None:
    typed = typed_for(register.office, register.cls)
    uid = _made_by_the_form(register, qtbot, typed)
    _found_by_its_words(register, uid)
    _changed_and_taken_back(register)
    _comes_back_as_the_same(register, tmp_path)
    _printed(register, uid)


def _made_by_the_form(register: Register, qtbot: QtBot, typed: dict[str, str]) -> str:
    register.panel.begin_new()
    shown = set(register.form.form.wires())
    for wire in typed.keys() & shown:
        register.form.form.set_value(wire, typed[wire])
    assert register.form.save(), register.form.form.problems()
    uid = register.form.uid
    qtbot.waitUntil(lambda: uid in _keys(register.panel))
    stored = register.stored().packed()
    assert all(stored[wire] is not None for wire in typed.keys() & shown)
    return uid


def _keys(panel: RegisterPanel) -> list[str]:
    return [panel.list.model.key_at(row) for row in range(panel.list.shown_count())]


def _found_by_its_words(register: Register, uid: str) -> None:
    record = register.stored()
    words = next(
        (record.shown(spec.wire) for spec in record.fields() if spec.search and record.shown(spec.wire)), ""
    )
    assert words, "a register without a field to search by"
    with register.office.store.reading() as reading:
        assert uid in found_uids(reading, register.cls, words[:8])


def _changed_and_taken_back(register: Register) -> None:
    before = register.stored()
    register.form.form.set_value("remark", "更正过一次")
    assert register.form.save() and register.stored().remark == "更正过一次"
    quiet = register.window.status.quiet
    next(
        each for each in quiet.findChildren(type(register.form.save_button)) if each.text().startswith("撤销")
    ).click()
    assert register.stored() == before


def _comes_back_as_the_same(register: Register, folder: Path) -> None:
    file = folder / "台账.xlsx"
    file.write_bytes(register_xlsx(register.office, register.cls))
    with register.office.store.reading() as reading:
        count = reading.count(register.cls)
    sheet = openpyxl.load_workbook(file).worksheets[0]
    assert sheet.max_row >= 3 + count
    if register.cls.KIND not in dict(importable_kinds()):
        return
    done = import_ledger(register.office, kind=register.cls.KIND, path=file, preview=True)
    assert (done.counts["same"], done.counts["new"], done.counts["refused"]) == (count, 0, 0), done.rows


def _printed(register: Register, uid: str) -> None:
    name, content = record_paper(register.office, register.cls, uid)
    own = OWN_PAPERS.get(register.cls.KIND)
    if own is not None and name.startswith(f"{own.label}_"):
        assert content[:2] == b"PK", "what it says is tested where it is made"
        return
    words = [
        cell.text
        for table in Document(io.BytesIO(content)).tables
        for row in table.rows
        for cell in row.cells
    ]
    labels = [spec.label for spec in register.cls.fields() if spec.ledger]
    assert name.startswith(register.cls.LABEL) and all(label in words for label in labels)
