"""A field is declared once: one new line in one file, and it is in form, ledger, import, journal and signed file."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import lianxin

PACKAGE = Path(lianxin.__file__).parent
RECORD = Path("domain/records/reception.py")
BEFORE = '    paper_number: str | None = maybe(TEXT, "纸质表号"'
NEW_LINE = '    umbrella: str | None = maybe(TEXT, "雨具", default=None, length=20, search=True)\n'

TRIAL = """
import io, json, sys, zipfile
from datetime import date
from pathlib import Path
from openpyxl import Workbook, load_workbook
from PySide6.QtWidgets import QApplication
from lianxin.bootstrap import begin
from lianxin.domain.records import Contact
from lianxin.office.figuring import period_of
from lianxin.office.importing.ledger_import import import_ledger
from lianxin.office.lists.listing import dictionary_lines, listed
from lianxin.office.sending.send import send_plain
from lianxin.office.safekeeping.setting_up import Beginning
from lianxin.store.check import check
from lianxin.ui.form import FormFields
from lianxin.ui.lookups import StoreLookup

home = Path(sys.argv[1])
app, _ = begin(home / "home", "x", Beginning(role="township", code="439901102", name="石牌镇人大"))
book = Workbook()
for row in (["接待时间", "来访群众", "反映问题", "雨具"], ["2026-03-05", "单志明", "路灯不亮", "油纸伞"]):
    book.active.append(row)
book.save(home / "ledger.xlsx")
import_ledger(app.desk, kind="contact", path=home / "ledger.xlsx", preview=False)
found = listed(app.desk, kind="contact", words="油纸伞")
told = {"import": [each["umbrella"] for each in found]}
told["dictionary"] = [line["label"] for line in dictionary_lines("contact") if line["field"] == "umbrella"]
with app.desk.store.reading() as reading:
    history = reading.history("contact", str(found[0]["uid"]))
told["journal"] = [line.entry.fields["umbrella"].value for line in history]
qt = QApplication([])
form = FormFields(Contact, today=lambda: date(2026, 3, 6), lookup=StoreLookup(app.desk))
told["form"] = ["umbrella" in form.wires()]
sent = send_plain(app.desk, period=period_of(app.desk, "2026-03"), to=home / "out")
with zipfile.ZipFile(sent.path) as archive:
    name = next(each for each in archive.namelist() if "来访走访台账" in each)
    sheet = load_workbook(io.BytesIO(archive.read(name))).active
told["signed file"] = [
    cell.value for row in sheet.iter_rows() for cell in row if cell.value in ("雨具", "油纸伞")
]
told["check"] = list(check(app.desk.store).problems)
print(json.dumps(told, ensure_ascii=False))
"""


def test_one_line_in_one_file_adds_a_field_everywhere(tmp_path: Path) -> None:
    copy = tmp_path / "src" / "lianxin"
    # With what is compiled already, which a copy may use: it keeps the times of the files.
    shutil.copytree(PACKAGE, copy)
    for folder in ("resources", "samples"):
        shutil.copytree(PACKAGE.parent.parent / folder, tmp_path / folder)
    text = (copy / RECORD).read_text("utf-8")
    assert text.count(BEFORE) == 1
    (copy / RECORD).write_text(text.replace(BEFORE, NEW_LINE + BEFORE), "utf-8")
    done = subprocess.run(
        [sys.executable, "-c", TRIAL, str(tmp_path)],
        env={
            **os.environ,
            "PYTHONPATH": str(tmp_path / "src"),
            "QT_QPA_PLATFORM": "offscreen",
            "XDG_STATE_HOME": str(tmp_path / "state"),
        },
        capture_output=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr.decode()
    assert json.loads(done.stdout.decode().splitlines()[-1]) == {
        "import": ["油纸伞"],
        "dictionary": ["雨具"],
        "journal": ["油纸伞"],
        "form": [True],
        "signed file": ["雨具", "油纸伞"],
        "check": [],
    }
