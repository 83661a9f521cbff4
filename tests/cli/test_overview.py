"""`overview` and `put township`: the same words as the window, a line a township for scripts."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.running import Commands


@pytest.fixture
def county(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Commands:
    monkeypatch.setenv("LIANXIN_PASSPHRASE", "清江 石牌")
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    made = Commands(tmp_path / "county", capsys)
    assert made("init", "--role", "county", "--code", "439901", "--name", "清江县人大常委会").status == 0
    return made


def test_townships_put_by_the_dictionary_are_asked_for_their_return(county: Commands) -> None:
    told = [
        {"区划代码": f"43990110{at}", "乡镇名称": name, "报送方式": "代录"}
        for at, name in enumerate("甲乙丙丁")
    ]
    assert {each["outcome"] for each in county.put("township", told).lines} == {"new"}
    *towns, whole = county("overview", "--period", "2026-11").lines
    assert [(each["org_name"], each["way"], each["state"]) for each in towns] == [
        (name, "behalf", "missing") for name in "甲乙丙丁"
    ]
    assert (whole["townships"], whole["received"], whole["missing"]) == (4, 0, 4)
    assert whole["line"] == "4 个乡镇：已收 0，未报 4"
    assert "甲、乙、丙、丁等4个乡镇尚未报送" in str(whole["missing_line"])
    assert county("overview", "--period", "去年").status == 2


def test_a_township_has_no_overview(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("LIANXIN_PASSPHRASE", "清江 石牌")
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    town = Commands(tmp_path / "town", capsys)
    assert town("init", "--role", "township", "--code", "439901102", "--name", "石牌镇").status == 0
    said = town("overview")
    assert said.status == 2 and "各乡镇报送情况在县人大看" in said.errors
