"""Step 1: every way in which two unpacking programs could see different content is refused with its code."""

from __future__ import annotations

import io
import os
import stat
import zipfile
from pathlib import Path

import pytest

from lianxin.bundle.codes import Code
from lianxin.bundle.limits import Limits
from lianxin.bundle.opening import opened_zip
from lianxin.bundle.verdicts import Refused
from lianxin.bundle.verifying import verify
from tests.bundle.plain_bundles import FOLDER, NOW, checked, entries_of, sealed, zipped
from tests.bundle.zip_patches import end_patched, headers, inserted, patched, renamed

DATA = sealed().data
SECOND_LOCAL = headers(DATA)[1][0]
FIRST_CENTRAL = headers(DATA)[0][1]
SECOND_CENTRAL = headers(DATA)[1][1]
LINK = (stat.S_IFLNK | 0o777) << 16
FEATURES = {
    "encrypted": patched(DATA, both={"flags": 0x0801}),
    "data descriptor": patched(DATA, both={"flags": 0x0808}),
    "strong encryption": patched(DATA, both={"flags": 0x0840}),
    "masked headers": patched(DATA, both={"flags": 0x2800}),
    "bzip2": patched(DATA, both={"method": 12}),
    "unknown method": patched(DATA, both={"method": 99}),
    "method differs": patched(DATA, local={"method": 8}),
    "flags differ": patched(DATA, local={"flags": 0}),
    "time differs": patched(DATA, local={"time": 5}),
    "size differs": patched(DATA, local={"size": 5}),
    "packed differs": patched(DATA, local={"packed": 5}),
    "crc differs": patched(DATA, local={"crc": 5}),
    "version too new": patched(DATA, both={"version": 45}),
    "stored but sizes differ": patched(DATA, both={"size": 5}),
    "extra field counted": patched(DATA, central={"extra": 4}),
    "entry comment counted": patched(DATA, central={"comment": 4}),
    "other disk": patched(DATA, central={"disk": 1}),
    "symbolic link": patched(DATA, central={"external": LINK}),
    "symbolic link said to be of DOS": patched(DATA, central={"made_by": 0, "external": LINK}),
    "device": patched(DATA, central={"external": (stat.S_IFCHR | 0o666) << 16}),
    "folder mode": patched(DATA, central={"external": (stat.S_IFDIR | 0o755) << 16}),
    "folder attribute": patched(DATA, central={"external": 0x10}),
    "other system": patched(DATA, central={"made_by": 7 << 8}),
    "offset points elsewhere": patched(DATA, 1, central={"offset": 0}),
    "name not declared UTF-8": patched(DATA, both={"flags": 0}),
    "end: disk": end_patched(DATA, disk=1),
    "end: first disk": end_patched(DATA, first_disk=1),
    "end: counts differ": end_patched(DATA, here=5),
    "end: fewer": end_patched(DATA, here=5, count=5),
    "end: more": end_patched(DATA, here=7, count=7),
    "end: comment": end_patched(DATA + b"hello", comment=5),
    "end: comment counted only": end_patched(DATA, comment=5),
    "bytes behind": DATA + b"\0",
    "bytes before": b"MZ" + DATA,
    "bytes before, offsets right": inserted(DATA, 0, b"#!/bin/sh\n"),
    "bytes between": inserted(DATA, SECOND_LOCAL, b"hidden"),
    "bytes before the directory": inserted(DATA, FIRST_CENTRAL, b"hidden"),
    "two archives": DATA + DATA,
}


@pytest.mark.parametrize("name", FEATURES)
def test_zip_features(tmp_path: Path, name: str) -> None:
    assert FEATURES[name] != DATA
    assert checked(tmp_path, FEATURES[name]).code is Code.ZIP_FEATURE


def test_harmless_header_bytes_change_nothing(tmp_path: Path) -> None:
    assert (
        checked(tmp_path, patched(DATA, both={"time": 0x6000, "date": 0x5D81})).code
        is Code.SIGNER_UNCONFIRMED
    )
    assert checked(tmp_path, patched(DATA, central={"internal": 1})).code is Code.SIGNER_UNCONFIRMED
    for made_by, mode in ((0, 0o600), (0, 0o100600), (3, 0o600), (3, 0), (0, 0)):
        again = patched(DATA, central={"made_by": made_by << 8, "external": mode << 16})
        assert checked(tmp_path, again).code is Code.SIGNER_UNCONFIRMED, "as Python packs here and on Windows"


def test_a_deflated_copy_is_the_same_bundle(tmp_path: Path) -> None:
    again = zipped(entries_of(DATA), zipfile.ZIP_DEFLATED)
    outcome = checked(tmp_path, again)
    assert outcome.code is Code.SIGNER_UNCONFIRMED
    assert outcome.manifest_sha256 == sealed().manifest_sha256


def test_folder_entries_and_extra_fields_of_other_programs(tmp_path: Path) -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr(zipfile.ZipInfo(FOLDER + "/"), b"")
        for name, data in entries_of(DATA):
            archive.writestr(name, data)
    assert checked(tmp_path, out.getvalue()).code is Code.ZIP_FEATURE
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, data in entries_of(DATA):
            info = zipfile.ZipInfo(name)
            info.extra = b"\x75\x70\x01\x00\x01"
            archive.writestr(info, data)
    assert checked(tmp_path, out.getvalue()).code is Code.ZIP_FEATURE


@pytest.mark.parametrize(
    "name",
    [
        "../逃.txt", "/绝对.txt", "a/../../b", "a//b", "./a", "a/.", "C:/a", "a:b", "a\\b", "//host/share", "CON",
        "con.txt", "a/NUL.docx", "com1", "LPT9.xlsx", "COM¹", "aux .txt", "a.", "a ", "a./b", " a", "a\u202eb",
        "a\u200bb", "a\ufeffb", "a\u2066b", "a\tb", "a\x7fb", "e\u0301", "a\u3164b", "a?b", "a*b", "a|b", "<a>", 'a"b',
        "长" * 181, "长" * 90, "a/" * 100 + "b",
    ],
)  # fmt: skip
def test_unsafe_names(tmp_path: Path, name: str) -> None:
    outcome = checked(tmp_path, zipped([(name, b"x")]))
    assert outcome.code is Code.PATH
    assert name not in outcome.message


@pytest.mark.parametrize("name", ["", "a\0b"])
def test_unsafe_names_that_zipfile_cannot_write(tmp_path: Path, name: str) -> None:
    stand_in = "x" * len(name) if name else "x"
    data = zipped([(stand_in, b"x")])
    changed = renamed(data, stand_in, name) if name else data.replace(b"x", b"\x01")
    assert checked(tmp_path, changed).code in (Code.PATH, Code.ZIP_FEATURE)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("A.txt", "a.TXT"),
        ("ﬁ.txt", "fi.txt"),
        ("１.txt", "1.txt"),
        ("ß", "SS"),
        ("a", "a/b"),
        ("a/b", "A"),
        ("K", "k"),
    ],
)
def test_names_that_fall_together(tmp_path: Path, one: str, other: str) -> None:
    assert checked(tmp_path, zipped([(one, b"1"), (other, b"2")])).code is Code.DUPLICATE


def test_the_same_name_twice(tmp_path: Path) -> None:
    with pytest.warns(UserWarning, match="Duplicate"):
        data = zipped([("a", b"1"), ("a", b"2")])
    assert checked(tmp_path, data).code is Code.DUPLICATE


def limited(tmp_path: Path, data: bytes, limits: Limits) -> Code:
    path = tmp_path / "大.zip"
    path.write_bytes(data)
    return verify(path, now=NOW, limits=limits).code


@pytest.mark.parametrize(
    "limits",
    [
        Limits(zip_size=len(DATA) - 1), Limits(entry_count=5), Limits(entry_size=30_000), Limits(unpacked_size=40_000),
        Limits(manifest_size=500), Limits(certificate_size=500), Limits(signature_size=60), Limits(instructions_size=500),
    ],
)  # fmt: skip
def test_every_limit(tmp_path: Path, limits: Limits) -> None:
    assert limited(tmp_path, DATA, limits) is Code.TOO_BIG
    assert limited(tmp_path, DATA, Limits()) is Code.SIGNER_UNCONFIRMED


def test_zip_bomb_by_ratio_and_by_lying_size(tmp_path: Path) -> None:
    bomb = zipped([("a", bytes(5_000_000))], zipfile.ZIP_DEFLATED)
    assert checked(tmp_path, bomb).code is Code.TOO_BIG
    liar = patched(bomb, both={"size": 10})
    path = tmp_path / "小.zip"
    path.write_bytes(liar)
    with opened_zip(path, Limits()) as archive, pytest.raises(Refused) as caught:
        archive.read(archive.entries[0], most=100)
    assert caught.value.code is Code.CORRUPT


def test_lists_of_many_entries_are_cut_short(tmp_path: Path) -> None:
    many = zipped([(str(number), b"") for number in range(2001)])
    assert checked(tmp_path, many).code is Code.TOO_BIG


def test_deflate_streams_that_do_not_end_where_they_should(tmp_path: Path) -> None:
    good = zipped([("a", b"hello" * 50)], zipfile.ZIP_DEFLATED)
    (_local, central), packed = headers(good)[0], len(zipfile.ZipFile(io.BytesIO(good)).read("a"))
    assert packed == 250
    size = zipfile.ZipFile(io.BytesIO(good)).infolist()[0].compress_size
    longer = patched(inserted(good, central, b"\0" * 3), both={"packed": size + 3})
    for data in (longer, patched(good, both={"size": 251}), patched(good, both={"size": 249})):
        path = tmp_path / "流.zip"
        path.write_bytes(data)
        with opened_zip(path, Limits()) as archive, pytest.raises(Refused) as caught:
            archive.read(archive.entries[0], most=1000)
        assert caught.value.code is Code.CORRUPT


def test_no_archives_at_all(tmp_path: Path) -> None:
    for data in (b"", b"x", b"\0" * 5000, b"%PDF-1.7 ...", b"PK", b"Rar!\x1a\x07"):
        assert checked(tmp_path, data).code is Code.NOT_ZIP
    for end in (30, 3000, len(DATA) - 30, len(DATA) - 3):
        assert checked(tmp_path, DATA[:end]).code is Code.CORRUPT
    assert checked(tmp_path, b"age-encryption.org/v1\n-> X25519 abc\n").code is Code.CANNOT_DECRYPT


def test_what_cannot_be_read_has_an_outcome_too(tmp_path: Path) -> None:
    assert verify(tmp_path / "没有.zip", now=NOW).code is Code.CORRUPT
    assert verify(tmp_path, now=NOW).code is Code.NOT_ZIP
    assert verify("坏\0名", now=NOW).code is Code.CORRUPT
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    assert verify(pipe, now=NOW).code is Code.NOT_ZIP
