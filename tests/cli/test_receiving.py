"""Receiving from the command line: one line per file by name, exit status, and nothing changed by a bad file."""

from __future__ import annotations

import io
import json
import shutil
import time
import zipfile
from pathlib import Path

import pytest

from tests.cli.running import Commands, Said

TOWN, COUNTY = "439901102", "439901"
WORDS = "长坪村三组饮水管破损，26户断水4天"


class Offices:
    """A county and a township as commands on two data folders; sticks are folders beside them."""

    def __init__(self, folder: Path, capture: pytest.CaptureFixture[str]) -> None:
        self.folder = folder
        self.county = Commands(folder / "county", capture)
        self.town = Commands(folder / "town", capture)
        assert (
            self.county("init", "--role", "county", "--code", COUNTY, "--name", "清江县人大常委会").status
            == 0
        )
        assert (
            self.town("init", "--role", "township", "--code", TOWN, "--name", "清江县石牌镇人大主席团").status
            == 0
        )
        request = self.town("enrol", "request", "--to", folder / "a").lines[0]["path"]
        answer = self.county("enrol", "issue", str(request), "--to", folder / "b").lines[0]["path"]
        assert self.town("enrol", "accept", str(answer)).status == 0

    def visit(self, words: str = WORDS) -> str:
        """One visit registered at the township."""
        told = {"类型": "来访", "日期": "2026-11-03", "反映内容": words, "人次": 1, "来访人": "单志明"}
        return str(self.town.put("contact", told).lines[0]["uid"])

    def send(self, to: str = "stick") -> Path:
        """The month's report."""
        return Path(str(self.town("send", "--period", "2026-11", "--to", self.folder / to).lines[0]["path"]))

    def hash_of(self, desk: Commands) -> str:
        """The content hash of a sound ledger."""
        (line,) = desk("check").lines
        assert line["problems"] == []
        return str(line["content_hash"])


@pytest.fixture
def offices(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Offices:
    monkeypatch.setenv("LIANXIN_PASSPHRASE", "清江 石牌")
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    monkeypatch.setenv("LOCALAPPDATA", str(tmp_path / "state"))
    return Offices(tmp_path, capsys)


def verdicts(said: Said) -> list[tuple[str, object, object]]:
    return [(Path(str(line["file"])).name, line["verdict"], line["code"]) for line in said.lines]


def test_there_and_back(offices: Offices) -> None:
    offices.visit()
    file = offices.send()
    preview = offices.county("receive", file, "--preview")
    assert preview.status == 0 and preview.lines[0]["records"]
    before = offices.hash_of(offices.county)
    said = offices.county("receive", file)
    assert said.status == 0
    (line,) = said.lines
    wanted = {
        "file", "verdict", "code", "message", "next", "org_code", "period", "seq", "check_code", "new", "changed",
        "same", "conflicts", "refused",
    }  # fmt: skip
    assert wanted <= set(line)
    assert (line["verdict"], line["org_code"], line["period"], line["seq"]) == ("ACCEPT", TOWN, "2026-11", 1)
    assert offices.hash_of(offices.county) != before
    (receipt,) = offices.county("receipts", "--to", offices.folder / "down").lines
    assert (receipt["org_code"], receipt["receipt_no"]) == (TOWN, 1)
    accepted = offices.town("accept", str(receipt["path"]))
    assert (accepted.status, accepted.lines[0]["verdict"]) == (0, "ACCEPT")
    (item,) = offices.town("list", "receipt-item").lines
    assert item["bundle_id"] == line["bundle_id"]
    assert offices.town("accept", str(receipt["path"])).lines[0]["verdict"] == "NOOP"
    assert offices.county("receipts", "--to", offices.folder / "down").lines == []
    whole = offices.hash_of(offices.county)
    rebuilt = offices.county("rebuild")
    assert (rebuilt.status, rebuilt.lines[0]["content_hash"]) == (0, whole)
    back = offices.county("undo-receive", str(line["bundle_id"]))
    assert back.status == 0 and offices.hash_of(offices.county) != whole
    assert offices.county("receive", file).lines[0]["verdict"] == "ACCEPT"
    assert offices.hash_of(offices.county) == whole
    assert offices.county("undo-receive", "nothing").status == 2


def test_nobody_edits_what_another_office_wrote_nor_the_books_of_the_program(offices: Offices) -> None:
    uid = offices.visit()
    assert offices.county("receive", offices.send()).status == 0
    whole = offices.hash_of(offices.county)
    for told in ({"uid": uid, "反映内容": "县里改的"}, {"uid": uid, "来访人": "别人"}):
        said = offices.county.put("contact", told)
        assert (said.status, said.lines[0]["outcome"]) == (1, "refused")
        assert f"清江县石牌镇人大主席团（{TOWN}）登记的" in str(said.lines[0]["problems"])
    for desk in (offices.county, offices.town):
        office = desk("list", "office").lines
        home = next(each for each in office if each["code"] == (COUNTY if desk is offices.county else TOWN))
        books: tuple[tuple[str, dict[str, object]], ...] = (
            ("receipt-item", {"addressee": TOWN, "bundle_id": "x", "seq": 1, "period": "2026-11", "date": "2026-11-03",
                              "check_code": "1", "verdict": "accept", "code": "E000", "words": "伪造"}),
            ("enrolment", {"code": TOWN, "name": "x", "issued": "2026-01-01", "until": "2027-01-01", "serial": "1",
                           "certificate_digest": "1", "key_id": "1", "certificate": "1"}),
            ("sent-file", {"seq": 99, "period": "2026-11", "date": "2026-11-03", "file_name": "x",
                           "check_code": "1", "manifest_digest": "1", "bundle_id": "1"}),
            ("office", {"name": "另一个机构", "code": "439901199"}),
            ("office", {"uid": home["uid"], "code": "439901199"}),
        )  # fmt: skip
        for kind, put in books:
            said = desk.put(kind, put)
            assert (said.status, said.lines[0]["outcome"]) == (1, "refused"), kind
    assert offices.hash_of(offices.county) == whole
    assert offices.county("receive", offices.send("again")).lines[0]["verdict"] == "ACCEPT"


class _Cut(BaseException):
    """The power is gone."""


def _cut(*_: object, **__: object) -> None:
    raise _Cut


def test_a_lost_database_is_made_anew_from_the_kept_bundles(
    offices: Offices, monkeypatch: pytest.MonkeyPatch
) -> None:
    for month in range(3):
        # What the county writes stands, by its order, behind all that it has heard of the township.
        offices.visit(f"第{month + 1}件")
        offices.county("receive", offices.send(f"month {month}"))
        offices.county("receipts", "--to", offices.folder / f"down {month}")
    late = Commands(offices.folder / "late", offices.county.capture)
    late("init", "--role", "township", "--code", "439901103", "--name", "清江县云溪乡人大")
    request = late("enrol", "request", "--to", offices.folder / "c").lines[0]["path"]
    answer = offices.county("enrol", "issue", str(request), "--to", offices.folder / "d").lines[0]["path"]
    assert late("enrol", "accept", str(answer)).status == 0
    whole = offices.hash_of(offices.county)
    for file in offices.county.home.glob("ledger.db*"):
        file.unlink()
    # A power cut in between: nobody works with half a ledger, and the next attempt begins again.
    with monkeypatch.context() as cut, pytest.raises(_Cut):
        cut.setattr("lianxin.office.receiving.taking_back.rebuild", _cut)
        offices.county("rebuild")
    for unused in (("list", "contact"), ("check",), ("receive", offices.folder)):
        assert "R307" in offices.county(*unused).errors
    said = offices.county("rebuild")
    assert (said.status, said.lines[0]["content_hash"], said.lines[0]["files"]) == (0, whole, 3)
    assert offices.hash_of(offices.county) == whole
    offices.visit("重建以后")
    assert offices.county("receive", offices.send("later")).lines[0]["verdict"] == "ACCEPT"
    (receipt,) = offices.county("receipts", "--to", offices.folder / "later down").lines
    assert int(str(receipt["receipt_no"])) > 1
    assert offices.town("accept", str(receipt["path"])).status == 0
    sent = late("send", "--period", "2026-11", "--to", offices.folder / "late stick").lines[0]
    assert offices.county("receive", str(sent["path"])).lines[0]["verdict"] == "ACCEPT"


def test_a_kept_file_that_opens_no_more_is_left_out_of_a_lost_ledger(offices: Offices) -> None:
    sent = []
    for month in range(3):
        offices.visit(f"第{month + 1}件")
        sent.append(offices.send(f"month {month}"))
        offices.county("receive", sent[-1])
        (receipt,) = offices.county("receipts", "--to", offices.folder / f"down {month}").lines
        offices.town("accept", str(receipt["path"]))
    whole = offices.hash_of(offices.county)
    second = offices.county("list", "received-file").lines
    place = next(str(each["bundle_id"]) for each in second if each["seq"] == 2)
    for member in (offices.county.home / "bundles" / place).iterdir():
        member.write_bytes(member.read_bytes() + b"x")
    # With the ledger in place its entries would be lost: nothing is rebuilt.
    assert "R305" in offices.county("rebuild").errors and "list" not in offices.county("conflicts").errors
    for file in offices.county.home.glob("ledger.db*"):
        file.unlink()
    (line,) = offices.county("rebuild").lines
    assert (line["files"], line["left_out"], len(line["held"])) == (1, [place], 1)  # type: ignore[arg-type]
    assert offices.county("receive", sent[1]).lines[0]["verdict"] == "ACCEPT"
    assert offices.hash_of(offices.county) == whole
    again = offices.county("receipts", "--again", TOWN, "--to", offices.folder / "again").lines
    more = offices.county("receipts", "--again", TOWN, "--to", offices.folder / "again").lines
    assert [int(str(each["receipt_no"])) for each in (*again, *more)][1] > int(str(again[0]["receipt_no"]))
    assert offices.county("receipts", "--again", "439901199", "--to", offices.folder / "again").status == 1
    assert offices.town("accept", str(more[0]["path"])).status == 0


def test_a_folder_of_two_hundred_files_one_of_each_fault_among_good_ones(offices: Offices) -> None:
    offices.visit()
    good = offices.send("good")
    plain = offices.town("send", "--period", "2026-11", "--to", offices.folder / "plain", "--plain")
    zipped = Path(str(plain.lines[0]["path"]))
    stick = offices.folder / "mixed"
    stick.mkdir()
    data = good.read_bytes()
    for number in range(190):
        (stick / f"{number:03d}.zip.age").write_bytes(data)
    bad = {
        "cut": data[: len(data) // 2],
        "flipped": data[:-40] + bytes([data[-40] ^ 1]) + data[-39:],
        "text": "不是报送件".encode(),
        "empty": b"",
        "stranger": _with_another_member(zipped),
        "cut zip": zipped.read_bytes()[:-30],
        "hashed": _with_changed_document(zipped),
        "packed": _packed(),
        "signed": _with_changed_manifest(zipped),
    }
    for name, content in bad.items():
        (stick / f"9-{name}.zip").write_bytes(content)
    shutil.copy(zipped, stick / "8-unencrypted.zip")
    before = {path.name: path.read_bytes() for path in stick.iterdir()}
    start = time.perf_counter()
    said = offices.county("receive", stick)
    took = time.perf_counter() - start
    assert said.status == 1 and len(said.lines) == 200 and took < 60
    names = [Path(str(line["file"])).name for line in said.lines]
    assert names == sorted(names)
    found = {name: (verdict, code) for name, verdict, code in verdicts(said)}
    assert found["000.zip.age"] == ("ACCEPT", "E000")
    assert all(found[f"{number:03d}.zip.age"] == ("NOOP", "W600") for number in range(1, 190))
    assert found["8-unencrypted.zip"][0] == "ACCEPT"
    assert {name: found[f"9-{name}.zip"][1] for name in bad} == {
        "cut": "E502", "flipped": "E502", "text": "E101", "empty": "E101", "stranger": "E206", "cut zip": "E106",
        "hashed": "E207", "packed": "E201", "signed": "E303",
    } | {"cut zip": found["9-cut zip.zip"][1]}  # fmt: skip
    assert {path.name: path.read_bytes() for path in stick.iterdir()} == before
    assert len(offices.county("list", "received-file").lines) == 200
    offices.hash_of(offices.county)


def test_two_computers_of_one_office_disagree_and_the_township_decides(offices: Offices) -> None:
    said = offices.county("conflicts")
    assert (said.status, said.lines) == (0, [])
    assert offices.county("resolve", "opinion/x/title", "--take", "1").status == 2


def test_a_file_that_is_not_there_is_wrong_usage(offices: Offices) -> None:
    said = offices.county("receive", offices.folder / "nothing.zip")
    assert (said.status, said.lines) == (2, [])
    assert "没有找到" in said.errors


def _members(path: Path) -> list[tuple[str, bytes, int]]:
    with zipfile.ZipFile(path) as archive:
        return [(info.filename, archive.read(info), info.compress_type) for info in archive.infolist()]


def _zipped(members: list[tuple[str, bytes, int]]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, content, how in members:
            info = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            info.compress_type = how
            info.flag_bits |= 0x800
            archive.writestr(info, content)
    return out.getvalue()


def _with_another_member(path: Path) -> bytes:
    return _zipped([*_members(path), ("documents/多出来.txt", "多".encode(), 0)])


def _with_changed_document(path: Path) -> bytes:
    return _zipped(
        [
            (name, content[:-1] + bytes([content[-1] ^ 1]) if name.startswith("documents/") else content, how)
            for name, content, how in _members(path)
        ]
    )


def _with_changed_manifest(path: Path) -> bytes:
    return _zipped(
        [
            (name, content.replace(b'"seq":', b'"seq": ') if name == "manifest.json" else content, how)
            for name, content, how in _members(path)
        ]
    )


def _packed() -> bytes:
    return _zipped([("说明.txt", json.dumps({}).encode(), 0)])
