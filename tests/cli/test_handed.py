"""`handed` at a county: given, listed, taken back, refused in words."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.running import Commands


def test_a_list_is_given_listed_and_taken_back(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("LIANXIN_PASSPHRASE", "清江 石牌")
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    county = Commands(tmp_path / "county", capsys)
    assert county("init", "--role", "county", "--code", "439901", "--name", "清江县人大常委会").status == 0
    file = tmp_path / "小类.txt"
    file.write_text("行路：通村路、桥梁\n", "utf-8")
    (given,) = county("handed", "--give", "categories", "--file", str(file)).lines
    assert (given["key"], given["changed"]) == ("categories", True)
    assert county("handed", "--give", "categories", "--file", str(file)).lines[0]["changed"] is False
    assert county("handed", "--give", "theme", "--year", "2027", "--name", "乡村振兴").status == 0
    assert [each["key"] for each in county("handed").lines] == ["categories", "theme 2027"]
    assert county("handed", "--take-back", "theme 2027").status == 0
    assert [each["key"] for each in county("handed").lines] == ["categories"]
    for wrong in (("--take-back", "theme 2027"), ("--give", "roster"), ("--give", "theme")):
        said = county("handed", *wrong)
        assert said.status == 1 and "C226" in said.errors
    assert county("handed", "--give", "units").status == 2
    changed = county(
        "enrol",
        "recode",
        "439901102",
        "439901202",
        "--on",
        "2026-07-01",
        "--change",
        "split",
        "--name",
        "石牌街道",
    )
    assert changed.status == 0 and changed.lines[0]["code"] == "439901202"
    assert {each["way"] for each in county("list", "township").lines if each["code"] == "439901202"}
