"""What scripts may feed the command line, and what they may rely on when something is wrong."""

from __future__ import annotations

import json
from pathlib import Path

import openpyxl
import pytest

from lianxin.cli.main import run
from tests.cli.running import Commands, Said

VISIT = {"类型": "电话", "日期": "2026-03-05", "反映内容": "断水", "人次": 1, "来访人": "田金玉"}


def put_bytes(township: Commands, data: bytes) -> Said:
    path = township.home.parent / "原样.json"
    path.write_bytes(data)
    return township("put", "contact", "--json-file", path)


def sheet(path: Path, rows: list[list[object]]) -> Path:
    book = openpyxl.Workbook()
    page = book.active
    assert page is not None
    for row in rows:
        page.append(row)
    book.save(path)
    return path


def test_json_in_the_encodings_of_chinese_machines(township: Commands) -> None:
    for encoding in ("utf-8", "utf-8-sig", "gb18030", "utf-16"):
        said = put_bytes(township, json.dumps(VISIT, ensure_ascii=False).encode(encoding))
        assert (said.status, said.lines[0]["outcome"]) == (0, "new"), encoding
    assert [each["words"] for each in township("list", "contact").lines] == ["断水"] * 4


def test_numbers_of_spreadsheet_programs_in_json(township: Commands) -> None:
    told = [
        {**VISIT, "人次": 2.0, "来访人": {"姓名": "丁", "电话": 13812345678.0}},
        {**VISIT, "人次": 2.5},
        {**VISIT, "人次": 10**30},
        {**VISIT, "反映内容": "a\0bc \ud800"},
        {**VISIT, "人次": True},
    ]
    said = put_bytes(township, json.dumps(told).encode())
    assert said.status == 1
    assert [line["outcome"] for line in said.lines] == ["new", "refused", "refused", "new", "refused"]
    listed = township("list", "contact", "--reveal").lines
    assert {(each["persons"], each["words"]) for each in listed} == {(2, "断水"), (1, "abc")}


def test_what_is_no_list_of_objects_changes_nothing(township: Commands) -> None:
    for data in (
        b"", b"{bad", b"5", b"null", b'"x"', b"[[{}]]", b'{"a":NaN}', b'{"a":1,"a":2}', b"[" * 100_000, b"\xff\xfe\0",
    ):  # fmt: skip
        said = put_bytes(township, data)
        assert (said.status, said.lines) == (2, []), data[:20]
        assert said.errors.count("\n") == 1 and said.errors.endswith("（C208）\n")


def test_visitors_keep_the_order_they_were_told_in(township: Commands) -> None:
    names = [f"来{sign}" for sign in "甲乙丙丁戊己庚辛"]
    uid = township.put("contact", {**VISIT, "来访人": names}).lines[0]["uid"]
    listed = township("list", "contact", "--reveal").lines[0]["visitors"]
    assert isinstance(listed, list)
    assert [each["name"] for each in listed] == names
    assert township.put("contact", {"uid": uid, "来访人": names}).lines[0]["outcome"] == "same"


def test_a_file_without_a_header_is_told_and_not_passed_over(township: Commands, tmp_path: Path) -> None:
    said = township("import", "contact", sheet(tmp_path / "乱.xlsx", [["甲", "乙"], [1, 2]]))
    assert (said.status, said.lines[-1]["unread_sheets"]) == (1, ["Sheet"])
    assert said.errors.endswith("（C214）\n")


def test_a_ledger_of_opinions_makes_opinions(township: Commands, tmp_path: Path) -> None:
    rows: list[list[object]] = [
        ["石门镇人大代表意见建议汇总表（2026年上半年）"],
        ["序号", "来源", "反映时间", "反映代表", "村（社区）", "类别", "内容摘要", "承办单位"],
        [1, "接待日", "3月5日", "周桂兰", "黄葛村", "交通", "希望修通公路", "镇村建中心"],
        [2, "微信群", "2026.4.1", "张三", "", "水利", "饮水困难", "水务站"],
        [3, "", "4月2日", "", "", "不知道", "噪音扰民", ""],
    ]
    said = township("import", "opinion", sheet(tmp_path / "汇总.xlsx", rows))
    assert said.status == 0
    listed = {each["uid"]: each for each in township("list", "opinion").lines}
    assert [listed[line["uid"]]["channel"] for line in said.lines[:-1]] == ["接待日接访", "网络", "日常来访"]
    assert [bool(line["problems"]) for line in said.lines[:-1]] == [False, False, False]
    asked = [{each["field"] for each in line["readings"]} for line in said.lines[:-1]]  # type: ignore[attr-defined]
    assert "channel" in asked[1] and asked[2] >= {"channel", "category"}
    assert township("list", "contact").lines == []


def test_people_and_namesakes(township: Commands, tmp_path: Path) -> None:
    people = sheet(
        tmp_path / "人.xlsx", [["姓名", "性别", "民族"], ["赵一", "男", "回"], ["钱二", "女", "汉"]]
    )
    said = township("import", "person", people)
    persons = {each["uid"] for each in township("list", "person").lines}
    assert {line["uid"] for line in said.lines[:-1]} == persons
    assert township("list", "deputies").lines == []
    namesakes = sheet(
        tmp_path / "同名.xlsx",
        [["姓名", "性别", "层级", "选区"], ["王芳", "女", "乡", "三"], ["王芳", "女", "乡", "四"],
         ["李伟", "男", "县", "一"], ["李伟", "男", "乡", "二"]],
    )  # fmt: skip
    said = township("import", "deputies", namesakes)
    assert all(line["readings"] for line in said.lines[:-1])
    assert len(township("list", "deputies").lines) == 4
    assert len(township("list", "person").lines) == 2 + 3
    again = township("import", "deputies", namesakes)
    assert {line["outcome"] for line in again.lines[:-1]} == {"same"}


def test_a_simple_table_takes_its_year_from_the_title(township: Commands, tmp_path: Path) -> None:
    rows: list[list[object]] = [
        ["2024年建站一览表"],
        ["站点名称", "地址", "建站日期"],
        ["甲站", "集镇", "3月5日"],
    ]
    assert township("import", "station", sheet(tmp_path / "站.xlsx", rows)).status == 0
    assert township("list", "station").lines[0]["built"] == "2024-03-05"
    counted: list[list[object]] = [
        ["选区编号", "选区名称", "选民数"],
        ["1", "甲", "1,234人"],
        ["2", "乙", "约800"],
    ]
    said = township("import", "district", sheet(tmp_path / "区.xlsx", counted))
    assert [bool(line["readings"]) for line in said.lines[:-1]] == [False, True]
    assert [each["voters"] for each in township("list", "district").lines] == [1234, 800]


def test_damage_to_the_data_file_is_found_and_told(township: Commands) -> None:
    for _ in range(3):
        township.put("contact", [VISIT] * 20)
    file = township.home / "ledger.db"
    whole = file.read_bytes()
    for share in (0.0, 0.01, 0.03, 0.06, 0.2, 0.45, 0.7, 0.95):
        damaged = bytearray(whole)
        damaged[int(len(whole) * share)] ^= 0xFF
        file.write_bytes(damaged)
        said = township("check")
        assert (said.status, said.lines[0]["ok"]) == (1, False), said
        assert said.lines[0]["problems"]
    file.write_bytes(whole)
    assert township("check").lines[0]["ok"] is True
    assert township("repair").lines[0]["what"] is None


def test_a_damaged_data_file_is_mended_and_the_loss_told(township: Commands) -> None:
    township.put("contact", VISIT)
    no_receipt = township.home / "回执.zip"
    no_receipt.write_bytes(b"no receipt")
    assert township("accept", no_receipt).status == 1
    township.put("contact", [VISIT] * 3)
    (township.home / "ledger.db").write_bytes(b"\x5a" * 8192)
    said = township("repair")
    # A backup was made before the receipt that never came; what was written since is lost and counted.
    assert (said.status, said.lines[0]["what"], said.lines[0]["salvaged"]) == (1, "unreadable", 0)
    assert int(str(said.lines[0]["lost"])) >= 6 and Path(str(said.lines[0]["aside"])).is_dir()
    assert township("check").lines[0]["ok"] is True and len(township("list", "contact").lines) == 1


def test_places_that_cannot_be_used(township: Commands, tmp_path: Path) -> None:
    in_the_way = tmp_path / "文件"
    in_the_way.write_text("x", "utf-8")
    for words in (
        ("send", "--period", "2026", "--to", in_the_way),
        ("send", "--period", "2026", "--to", in_the_way / "下面"),
        ("backup", "--to", in_the_way),
        ("document", "opinion-ledger", "--to", in_the_way / "台账.xlsx"),
        ("document", "monthly-return", "--period", "2026", "--to", tmp_path / "月报表.pdf"),
        ("figures", "--period", "2026", "--xlsx", in_the_way / "a.xlsx"),
        ("resolve", "x"),
        ("resolve", "x", "--take", "1", "--value", "2"),
        ("verify", in_the_way, "--trust", tmp_path / "没有.pem"),
        ("verify", in_the_way, "--trust", tmp_path),
        ("list", "contact", "--limit", "-1"),
        ("list", "contact", "--limit", "many"),
        ("put", "contact", "--json-file", tmp_path),
    ):
        try:
            said = township(*words)
        except SystemExit as ended:
            heard = township.capture.readouterr()
            said = Said(int(str(ended.code)), [], heard.err)
        assert (said.status, said.lines) == (2, []), words
        assert said.errors.count("\n") == 1, said.errors
        assert "C299" not in said.errors and "argument" not in said.errors, said.errors
    assert in_the_way.read_text("utf-8") == "x"
    assert run(["--home", str(in_the_way), "check"]) == 2
    assert "C299" not in township.capture.readouterr().err


def test_a_document_for_a_folder_is_written_into_it_and_no_half_file_is_named(
    township: Commands, tmp_path: Path
) -> None:
    said = township("document", "opinion-ledger", "--period", "2026-10", "--to", tmp_path)
    assert said.lines[0]["path"] == str(tmp_path / "意见建议台账_2026-10.xlsx")
    folder = tmp_path / "夹.xlsx"
    folder.mkdir()
    assert township("document", "月报表", "--period", "2026-10", "--to", folder).status == 0
    in_the_way = tmp_path / "在这.xlsx" / "夹.xlsx"
    in_the_way.mkdir(parents=True)
    said = township("figures", "--period", "2026-10", "--xlsx", in_the_way)
    assert said.status == 2 and f"{in_the_way}：是文件夹" in said.errors and ".part" not in said.errors
    assert not list(tmp_path.rglob("*.part"))


def test_debug_adds_the_details_and_nothing_else_does(
    township: Commands, capsys: pytest.CaptureFixture[str]
) -> None:
    wrong = ["--home", str(township.home), "list", "dragon"]
    assert run(wrong) == 2
    assert "Traceback" not in capsys.readouterr().err
    assert run([*wrong, "--debug"]) == 2
    assert "Traceback" in capsys.readouterr().err


def test_a_list_for_people_is_in_words(township: Commands) -> None:
    assert township.put("contact", {**VISIT, "来访人": ["田金玉", "单志明"]}).status == 0
    township.capture.readouterr()
    assert run(["--home", str(township.home), "list", "contact"]) == 0
    (line,) = township.capture.readouterr().out.splitlines()
    assert "断水" in line and "电话" in line and "田**、单**" in line
    assert not any(mark in line for mark in ("{", "[", "False", "None", "phone"))
