"""import --behalf: lines a row, the table's line last, exit status, and undo-import by the same number."""

from __future__ import annotations

from pathlib import Path

from tests.cli.running import Commands

TOWN = {"code": "439901102", "name": "石牌镇", "way": "behalf"}
LEDGER = (
    "来访时间,来访人,反映问题\n2025-11-3,向贵生,长坪村三组水渠塌方\n2025-11-9,龙四妹,低保金没有按时到账\n"
)


def test_a_table_is_previewed_taken_told_again_and_taken_back(bare: Commands, tmp_path: Path) -> None:
    county = ("init", "--role", "county", "--code", "439901", "--name", "清江县人大常委会")
    assert bare(*county).status == 0 and bare.put("township", TOWN).status == 0
    before = bare("check").lines[-1]["content_hash"]
    file = tmp_path / "石牌镇2025年11月.csv"
    file.write_text(LEDGER, "utf-8")
    taking = ("import", "contact", file, "--behalf", "439901102", "--period", "2025-11")
    looked = bare(*taking, "--preview")
    assert looked.lines[-1]["import"] is None and not bare("list", "contact").lines
    done = bare(*taking)
    assert [line["outcome"] for line in done.lines[:-1]] == ["new", "new"]
    last = done.lines[-1]
    assert (done.status, last["town"], last["period"], last["source"]) == (
        0,
        "石牌镇",
        "2025-11",
        "代录（未签名）",
    )
    again = bare(*taking)
    assert [line["outcome"] for line in again.lines[:-1]] == ["same", "same"] and again.lines[-1][
        "again"
    ] is True
    uid = done.lines[0]["uid"]
    assert bare.put("contact", {"uid": uid, "words": "改"}).lines[0]["outcome"] == "refused"
    assert bare("undo-import", str(last["import"])).status == 0
    assert not bare("list", "contact").lines
    checked = bare("check").lines[-1]
    assert (checked["ok"], checked["content_hash"]) == (True, before)
    photo = tmp_path / "拍的表.jpg"
    photo.write_bytes(b"\xff\xd8\xff\xe0")
    refused = bare("import", "contact", photo, "--behalf", "439901102")
    assert refused.status == 1 and "照片" in refused.errors
    blank = tmp_path / "空白.xlsx"
    assert bare("document", "blank-workbook", "--to", blank).status == 0 and blank.is_file()
