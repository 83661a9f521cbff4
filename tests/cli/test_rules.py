"""`rules` and `holidays`: told, taken in, switched on and back."""

from __future__ import annotations

import json
from pathlib import Path

from tests.cli.running import Commands
from tests.office.test_rule_files import county_text, file_of


def test_rules_are_told_taken_in_and_switched_on_and_back(township: Commands, tmp_path: Path) -> None:
    lines = township("rules").lines
    assert [each["profile"] for each in lines if each.get("in_force")] == ["national"]
    assert all(each["source"] for each in lines if "rule" in each)
    presidium = next(each for each in lines if each.get("rule") == "presidium")
    assert (presidium["cadence"], presidium["months"]) == ("interval", 3)
    taken, *changes = township("rules", "--take", file_of(tmp_path, county_text())).lines
    assert {each["rule"] for each in changes} == {"opinion_days", "presidium"}
    assert township("rules").lines[0]["in_force"] is True
    used = township("rules", "--use", str(taken["profile"]))
    assert used.status == 0 and used.lines[0]["before"] == "national"
    days = next(each for each in township("rules").lines if each.get("rule") == "opinion_days")
    assert days["value"] == 20
    township("rules", "--use", "national")
    assert township("rules").lines[0]["in_force"] is True


def test_unknown_rules_and_files_that_are_none_are_refused(township: Commands, tmp_path: Path) -> None:
    refused = township("rules", "--use", "nowhere")
    assert refused.status == 2 and "没有名为“nowhere”的规则库" in refused.errors
    assert township("rules", "--take", file_of(tmp_path, "不是")).status == 2
    assert "县人大没有下发" in township("rules", "--use", "county").errors


def test_holidays_are_told_and_a_file_is_taken_in(township: Commands, tmp_path: Path) -> None:
    assert {each["year"] for each in township("holidays").lines} >= {2025, 2026}
    file = tmp_path / "2027.json"
    year = {
        "year": 2027,
        "source": "通知",
        "holidays": [{"name": "元旦", "from": "2027-01-01", "to": "2027-01-03"}],
    }
    file.write_text(json.dumps({"kind": "holidays", "years": [year]}, ensure_ascii=False), "utf-8")
    said = township("holidays", "--take", file)
    assert said.status == 0 and said.lines[0]["holidays"] == ["元旦：1月1日至3日放假，共3天"]
    assert {"year": 2027, "origin": "own"}.items() <= township("holidays").lines[0].items()
    assert "只有县人大能下发" in township("holidays", "--hand-out", "2027").errors
    assert township("holidays", "--take-county").status == 2
