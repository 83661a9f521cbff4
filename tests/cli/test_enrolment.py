"""Enrolment as a script does it: three commands, one file each, no question asked."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.running import Commands

TOWN = "439901102"


@pytest.fixture
def county(bare: Commands, tmp_path: Path) -> Commands:
    """清江县, set up and empty."""
    made = Commands(tmp_path / "county", bare.capture)
    assert made("init", "--role", "county", "--code", "439901", "--name", "清江县人大常委会").status == 0
    return made


def only(folder: Path) -> Path:
    (path,) = folder.iterdir()
    return path


def test_three_commands_make_three_files_and_ask_nothing(
    township: Commands, county: Commands, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "stdin", None)
    asked = township("enrol", "request", "--to", tmp_path / "1")
    assert (asked.status, Path(str(asked.lines[0]["path"]))) == (0, only(tmp_path / "1"))
    issued = county("enrol", "issue", only(tmp_path / "1"), "--to", tmp_path / "2")
    assert (issued.status, Path(str(issued.lines[0]["path"]))) == (0, only(tmp_path / "2"))
    assert issued.lines[0]["check_code"] == asked.lines[0]["check_code"]
    wrong = township("enrol", "accept", only(tmp_path / "2"), "--root-code", "00000 00000 00000 00000")
    assert (wrong.status, wrong.lines, "K304" in wrong.errors) == (1, [], True)
    done = township("enrol", "accept", only(tmp_path / "2"))
    assert done.status == 0
    assert (done.lines[0]["root_code"], done.lines[0]["confirmed"]) == (issued.lines[0]["root_code"], False)
    confirmed = township("enrol", "confirm", str(issued.lines[0]["root_code"]))
    assert (confirmed.status, confirmed.lines[0]["confirmed"]) == (0, True)
    listed = county("enrol", "list")
    assert [(line["code"], line["state"]) for line in listed.lines] == [("439901", "有效"), (TOWN, "有效")]
    for each in (township, county):
        assert each("check").lines[0]["ok"] is True


def test_the_root_is_exported_and_revokes_from_its_file(
    township: Commands, county: Commands, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    township("enrol", "request", "--to", tmp_path / "1")
    assert (county.home / "keys" / "root.p12").exists()
    exported = county("keys", "export-root", "--to", tmp_path / "usb")
    assert (exported.status, exported.lines[0]["moved"]) == (0, True)
    assert not (county.home / "keys" / "root.p12").exists()
    away = only(tmp_path / "usb")
    monkeypatch.setenv("LIANXIN_ROOT_PASSPHRASE", "另一个")
    wrong = county("enrol", "issue", only(tmp_path / "1"), "--to", tmp_path / "2", "--root", away)
    assert (wrong.status, "口令不对" in wrong.errors) == (1, True)
    monkeypatch.delenv("LIANXIN_ROOT_PASSPHRASE")
    without = county("enrol", "issue", only(tmp_path / "1"), "--to", tmp_path / "2")
    assert (without.status, "K303" in without.errors) == (1, True)
    assert county("enrol", "issue", only(tmp_path / "1"), "--to", tmp_path / "2", "--root", away).status == 0
    assert township("enrol", "accept", only(tmp_path / "2")).status == 0
    revoked = county("enrol", "revoke", TOWN, "--root", away, "--to", tmp_path / "3")
    assert (revoked.status, Path(str(revoked.lines[0]["path"]))) == (0, only(tmp_path / "3"))
    assert township("enrol", "accept", only(tmp_path / "3")).status == 0
    again = county("enrol", "issue", only(tmp_path / "1"), "--to", tmp_path / "4", "--root", away)
    assert (again.status, "K309" in again.errors, (tmp_path / "4").exists()) == (1, True, False)
    township("enrol", "request", "--new-key", "--to", tmp_path / "5")
    county("enrol", "issue", only(tmp_path / "5"), "--to", tmp_path / "6", "--root", away)
    assert township("enrol", "accept", only(tmp_path / "6")).lines[0]["certified"] is True


def test_steps_at_the_wrong_office_and_wrong_words_are_wrong_use(
    township: Commands, county: Commands, tmp_path: Path
) -> None:
    assert township("enrol", "list").status == 2
    assert county("enrol", "request", "--to", tmp_path / "1").status == 2
    assert not (tmp_path / "1").exists()
    changed = county("enrol", "recode", TOWN, "439901202", "--on", "2026-01-01")
    assert (changed.status, changed.lines[0]["code"]) == (0, "439901202")
    for words in (
        ["enrol"],
        ["enrol", "frobnicate"],
        ["enrol", "recode", TOWN, "439901202", "--on", "gestern"],
    ):
        with pytest.raises(SystemExit) as ended:
            county(*words)
        assert ended.value.code == 2


@pytest.mark.parametrize(
    ("code", "heavy"),
    [
        ("import lianxin.bootstrap", ("pyrage", "cryptography", "lianxin.keys", "lianxin.county")),
        ("run(['--home', sys.argv[1], 'list', 'contact', '--json'])", ("pyrage", "lianxin.county")),
    ],
)
def test_a_township_that_looks_at_its_ledger_loads_no_enrolment(
    township: Commands, code: str, heavy: tuple[str, ...]
) -> None:
    script = (
        "import sys; from lianxin.cli.main import run\n"
        f"{code}\nprint(*[name for name in {heavy!r} if name in sys.modules])"
    )
    done = subprocess.run(
        [sys.executable, "-c", script, str(township.home)], capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == ""


def test_a_county_restored_from_an_older_backup_keeps_its_revocations_and_says_what_to_check(
    county: Commands, township: Commands, tmp_path: Path
) -> None:
    township("enrol", "request", "--to", tmp_path / "1")
    issued = county("enrol", "issue", only(tmp_path / "1"), "--to", tmp_path / "2")
    assert issued.status == 0
    saved = Path(str(county("backup", "--to", tmp_path / "stick").lines[0]["path"]))
    assert county("enrol", "revoke", TOWN, "--to", tmp_path / "3").status == 0
    done = county("restore", saved)
    assert done.status == 0 and "重新作废一次" in str(done.lines[0]["check"])
    states = {str(line["code"]): str(line["state"]) for line in county("enrol", "list").lines}
    assert states[TOWN].startswith("已作废")
    assert county("enrol", "checked").status == 0
    again = Path(str(county("backup", "--to", tmp_path / "stick").lines[0]["path"]))
    assert "重新作废一次" in str(county("restore", again).lines[0]["check"]), "with every restore"
    assert township("enrol", "checked").status == 2


def test_a_township_is_told_nothing_of_revocations_when_it_restores(
    township: Commands, tmp_path: Path
) -> None:
    saved = Path(str(township("backup", "--to", tmp_path / "stick").lines[0]["path"]))
    assert township("restore", saved).lines[0]["check"] is None
