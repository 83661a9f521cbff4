"""The main job from the command line: ledgers in, records listed and put, signed file out."""

from __future__ import annotations

from pathlib import Path

from lianxin.installed import samples_dir
from tests.cli.running import Commands

ROSTER, LEDGER = "石牌镇人大代表花名册.xlsx", "石牌镇2025年接待群众台账.xlsx"


def test_a_years_ledger_comes_in_once_and_goes_out_again_whole(township: Commands) -> None:
    roster = township("import", "deputies", samples_dir() / ROSTER)
    assert roster.status == 0
    assert roster.lines[-1]["counts"] == {
        "persons": 42, "mandates": 48, "new": 42, "same": 0, "changed": 0, "refused": 0, "rows": 42, "skipped": 3,
    }  # fmt: skip
    assert sum("uids" in line for line in roster.lines) == 6

    preview = township("import", "contact", samples_dir() / LEDGER, "--preview")
    assert preview.lines[-1]["import"] is None
    assert township("list", "contact").lines == []
    ledger = township("import", "contact", samples_dir() / LEDGER)
    assert ledger.lines[-1]["counts"] == preview.lines[-1]["counts"]
    # The hand count: 15 17 10 2 20 11 6 10 15 6 6 8 visits, three days on which nobody came.
    counts = ledger.lines[-1]["counts"]
    assert isinstance(counts, dict)
    assert (counts["visits"], counts["empty_days"], counts["rows"], counts["new"]) == (126, 3, 129, 129)
    assert counts["persons"] == 367
    assert len(township("list", "contacts").lines) == 126

    again = township("import", "contact", samples_dir() / LEDGER)
    assert again.status == 0
    assert {line.get("outcome") for line in again.lines[:-1]} == {"same"}

    undone = township("undo-import", str(ledger.lines[-1]["import"]))
    assert undone.status == 0
    assert township("list", "contact").lines == []
    assert len(township("list", "deputies").lines) == 48
    assert township("check").lines[0]["ok"] is True
    assert township("undo-import", str(ledger.lines[-1]["import"])).status == 2


def test_a_month_is_sent_verified_and_counted(township: Commands, tmp_path: Path) -> None:
    township("import", "contact", samples_dir() / LEDGER)
    sent = township("send", "--period", "2025-12", "--to", tmp_path / "out")
    assert sent.status == 0
    assert set(sent.lines[0]) >= {"path", "check_code", "seq", "bundle_id"}
    files = list((tmp_path / "out").iterdir())
    assert [str(file) for file in files] == [sent.lines[0]["path"]]
    verified = township("verify", files[0])
    assert verified.status == 0
    line = verified.lines[0]
    assert (line["verdict"], line["code"], line["org_code"], line["period"], line["seq"]) == (
        "ACCEPT", "W507", "439901102", "2025-12", 1,
    )  # fmt: skip
    assert line["check_code"] == sent.lines[0]["check_code"]
    figures = {each["name"]: each["value"] for each in township("figures", "--period", "2025-12").lines}
    assert (figures["reception_days"], figures["received_persons"], figures["opinions"]) == (2, 22, 8)

    damaged = tmp_path / "damaged.zip"
    data = bytearray(files[0].read_bytes())
    data[len(data) // 2] ^= 1
    damaged.write_bytes(data)
    refused = township("verify", damaged)
    assert refused.status == 1
    assert refused.lines[0]["verdict"] != "ACCEPT"


def test_records_are_put_changed_cleared_and_refused(township: Commands) -> None:
    made = township.put(
        "contact",
        {
            "类型": "日常来访",
            "日期": "2026-03-05",
            "反映内容": "路灯不亮",
            "人次": 2,
            "来访人": ["单志明", "匿名"],
        },
    )
    assert made.status == 0
    uid = made.lines[0]["uid"]
    assert made.lines[0]["outcome"] == "new"
    assert str(made.lines[0]["number"]).startswith("439901102-2026-JF")
    change = {"uid": uid, "persons": 5, "deputies": "周桂兰"}
    assert township.put("contacts", [change, change]).lines[0]["outcome"] == "changed"
    assert township.put("contact", change).lines[0]["outcome"] == "same"
    township.put("contact", {"uid": uid, "接待代表": None})
    listed = township("list", "contact").lines[0]
    assert (listed["date"], listed["persons"], listed["deputies"]) == ("2026-03-05", 5, None)
    visitors = listed["visitors"]
    assert isinstance(visitors, list)
    assert [each["name"] for each in visitors] == ["单**", None]
    assert township("list", "contact", "--search", "szm").lines[0]["uid"] == uid
    assert township("list", "contact", "--search", "路灯").lines[0]["uid"] == uid
    assert township("list", "contact", "--search", "danzhiming", "--reveal").lines

    wrong = township.put("contact", {"类型": "乱", "日期": "2026-02-30", "反映内容": "x", "来访人": "甲"})
    assert wrong.status == 1
    assert wrong.lines[0]["outcome"] == "refused"
    problems = wrong.lines[0]["problems"]
    assert isinstance(problems, dict)
    assert set(problems) == {"type", "date"}
    assert len(township("list", "contact").lines) == 1


def test_a_backup_is_restored_under_a_new_replica(township: Commands, tmp_path: Path) -> None:
    visit = {"类型": "电话", "日期": "2026-03-05", "反映内容": "断水", "人次": 1, "来访人": "田金玉"}
    township.put("contact", visit)
    before = township("check").lines[0]
    saved = Path(str(township("backup", "--to", tmp_path / "stick").lines[0]["path"]))
    township.put("contact", {**visit, "反映内容": "后来的"})
    assert township("check").lines[0]["content_hash"] != before["content_hash"]
    assert township("restore", saved).status == 0
    assert township("check").lines[0] == before
    number = township.put("contact", {**visit, "反映内容": "恢复之后"}).lines[0]["number"]
    assert number == "439901102-2026-JF0102"
    assert township("check").lines[0]["ok"] is True


def test_what_is_wrong_is_said_in_one_sentence_with_a_code(bare: Commands, tmp_path: Path) -> None:
    assert bare("list", "contact").status == 2
    assert bare("init", "--role", "township", "--code", "43", "--name", "甲").status == 2
    said = bare("init", "--role", "township", "--code", "439901102", "--name", "甲", "--profile", "mars")
    assert said.status == 2
    assert not (bare.home / "key.json").exists()
    bare("init", "--role", "township", "--code", "439901102", "--name", "甲")
    for words in (
        ("init", "--role", "township", "--code", "439901102", "--name", "乙"),
        ("list", "dragon"),
        ("send", "--period", "2026-13", "--to", str(tmp_path / "x")),
        ("put", "contact", "--json-file", str(tmp_path / "missing.json")),
        ("import", "contact", str(tmp_path / "missing.xlsx")),
        ("document", "nothing", "--to", str(tmp_path / "x.docx")),
        ("undo-import", "beef"),
        ("restore", str(tmp_path / "missing")),
    ):
        said = bare(*words)
        assert said.status == 2, words
        assert said.lines == []
        assert said.errors.count("\n") == 1 and "Traceback" not in said.errors, said.errors


def test_the_dictionary_needs_no_data_folder(bare: Commands) -> None:
    lines = bare("dictionary", "contact").lines
    assert {line["field"] for line in lines} >= {"date", "type", "words", "persons"}
    assert all(set(line) >= {"label", "type", "required", "privacy", "codes"} for line in lines)
    assert len(bare("dictionary").lines) > 150
    assert not bare.home.exists()


def test_a_trust_file_without_a_certificate_is_wrong_usage(bare: Commands, tmp_path: Path) -> None:
    (tmp_path / "root.crt").write_bytes(b"garbage")
    (tmp_path / "file.zip").write_bytes(b"PK")
    said = bare("verify", tmp_path / "file.zip", "--trust", tmp_path / "root.crt")
    assert (said.status, said.lines) == (2, [])
    assert "C216" in said.errors
    assert bare("verify", tmp_path / "file.zip", "--trust", tmp_path / "missing.crt").status == 2
