"""The demo: two townships and a county, from the ledgers to the receipt, and every folder opens unasked."""

from __future__ import annotations

from pathlib import Path

import pytest

from lianxin.cli.demo import COUNTY_FOLDER, NEIGHBOUR_FOLDER
from lianxin.cli.main import run
from tests.cli.running import Commands, Said

TOWN, NEIGHBOUR, COUNTY = "439901102", "439901103", "439901"


@pytest.fixture
def demo(bare: Commands, monkeypatch: pytest.MonkeyPatch) -> Commands:
    """Commands on the folder of a demo, on a computer without a passphrase and without the age program."""
    monkeypatch.delenv("LIANXIN_PASSPHRASE")
    monkeypatch.setenv("PATH", str(bare.home.parent / "no programs"))
    return bare


def told(said: Said, step: str) -> list[dict[str, object]]:
    return [line for line in said.lines if line["step"] == step]


def test_what_was_sent_is_received_and_acknowledged_and_every_office_opens(demo: Commands) -> None:
    said = demo("demo")
    assert (said.status, said.errors) == (0, "")

    assert [line["office"] for line in told(said, "begin")] == [TOWN, NEIGHBOUR, COUNTY]
    counts = [line["counts"] for line in told(said, "import")]
    assert all(isinstance(each, dict) and each["refused"] == 0 for each in counts)
    assert [each.get("visits") for each in counts if isinstance(each, dict)] == [None, 126, 10]

    enrolled = told(said, "enrol")
    assert [line["confirmed"] for line in enrolled] == [True, True]
    assert enrolled[0]["root_code"] == enrolled[1]["root_code"]

    sent, received = told(said, "send"), told(said, "receive")
    assert [line["office"] for line in sent] == [TOWN, NEIGHBOUR]
    assert all(str(line["path"]).endswith(".zip.age") for line in sent)
    assert [line["check_code"] for line in received] == [line["check_code"] for line in sent]
    assert [(line["verdict"], line["code"], line["org_code"]) for line in received] == [
        ("ACCEPT", "E000", TOWN),
        ("ACCEPT", "E000", NEIGHBOUR),
    ]
    for line in received:
        new = line["new"]
        assert isinstance(new, int) and new > 10
        assert (line["changed"], line["same"], line["conflicts"], line["refused"]) == (0, 0, 0, 0)

    receipts, accepted = told(said, "receipts"), told(said, "accept")
    assert [line["org_code"] for line in receipts] == [TOWN, NEIGHBOUR]
    assert [(line["office"], line["verdict"], line["new"]) for line in accepted] == [
        (TOWN, "ACCEPT", 1),
        (NEIGHBOUR, "ACCEPT", 1),
    ]
    (verified,) = told(said, "verify")
    assert (verified["verdict"], verified["check_code"]) == ("ACCEPT", sent[0]["check_code"])
    for name in ("request", "answer"):
        assert all(Path(str(line[name])).is_file() for line in enrolled)
    assert all(Path(str(line["path"])).is_file() for line in (*sent, *receipts))

    _each_office_opens(demo, enrolled[0], sent[0])
    assert demo("demo").status == 2


def _each_office_opens(demo: Commands, enrolled: dict[str, object], sent: dict[str, object]) -> None:
    town, neighbour, county = (
        Commands(demo.home / folder, demo.capture) for folder in ("", NEIGHBOUR_FOLDER, COUNTY_FOLDER)
    )
    assert [len(each("list", "contact").lines) for each in (town, neighbour, county)] == [126, 10, 136]
    assert all(each("check").lines[0]["ok"] is True for each in (town, neighbour, county))
    again = county("receive", str(sent["path"]))
    assert (again.status, again.lines[0]["verdict"], again.lines[0]["new"]) == (0, "NOOP", 0)
    verified = town("verify", str(sent["path"]), "--trust", str(enrolled["answer"]))
    assert (verified.status, verified.lines[0]["code"]) == (0, "E000")


def test_people_read_the_verdicts_and_how_to_go_on(
    demo: Commands, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["--home", str(demo.home), "demo"]) == 0
    said = capsys.readouterr().out
    assert said.count("核验通过，内容与签名时完全一致") == 7
    for words in (
        "核对码：",
        "县人大根证书核对码：",
        "县人大接收石牌镇的报送件",
        "县人大给响水乡的第1号回执",
    ):
        assert words in said
    for folder in ("", NEIGHBOUR_FOLDER, COUNTY_FOLDER):
        assert f"lianxin --home {demo.home / folder}\n" in said


def test_a_sample_whose_passphrase_was_changed_is_opened_by_the_one_of_the_environment(
    township: Commands,
) -> None:
    (township.home / "示例口令.txt").write_text("早先的口令\n", "utf-8")
    assert township("check").lines[0]["ok"] is True
