"""Files changed after they were signed: damaged, swapped, repacked, decorated."""

from __future__ import annotations

import zipfile
import zlib
from collections.abc import Iterator

from lianxin.bundle.layout import MIMETYPE
from tests.bundle.zip_patches import end_patched, headers, inserted, patched, renamed
from tests.corpus.age_files import encrypted_for
from tests.corpus.books import journal, visits
from tests.corpus.cases import Case
from tests.corpus.drafts import LETTER, Draft, Files, monthly_return, return_file, zipped
from tests.corpus.packing import Packed, mixed, packed
from tests.corpus.world import COUNTY, OTHER, SHIPAI, desk, issued, root, unenrolled

REPORT = Draft()
WITH_RETURN = Draft(files=(LETTER, return_file()))


def cases() -> Iterator[Case]:
    """Every tampered file."""
    yield from _content()
    yield from _signatures()
    yield from _members()
    yield from _layout()
    yield from _structure()
    yield from _names()
    yield from _encryption()


def _with(name: str, data: bytes, draft: Draft = REPORT) -> bytes:
    entries = draft.members()
    assert any(entry == name for entry, _ in entries)
    return zipped((entry, data if entry == name else kept) for entry, kept in entries)


def _without(*names: str) -> Files:
    return [(entry, data) for entry, data in REPORT.members() if entry not in names]


def _content() -> Iterator[Case]:
    lines = journal(REPORT.books)
    whole = REPORT.sealed()
    where = whole.index(b"\xe9\xa5\xae\xe6\xb0\xb4")
    flipped = whole[:where] + b"\xe9\xa5\xad" + whole[where + 3 :]
    yield Case("journal-byte.zip", flipped, "E106", "one letter of the journal changed in a hex editor")
    yield Case("journal-word.zip", _with("data/journal.jsonl", lines.replace("断水四天".encode(), "断水五天".encode())),
               "E207", "one word of the journal changed, packed anew")  # fmt: skip
    yield Case("journal-of-another.zip", _with("data/journal.jsonl", journal([visits(months=2)])), "E207",
               "the journal of a later bundle put in")  # fmt: skip
    yield Case("journal-line-gone.zip", _with("data/journal.jsonl", lines[: lines.index(b"\n") + 1]), "E207",
               "lines taken out of the journal")  # fmt: skip
    yield Case("document-replaced.zip", _with("documents/02_月报表.xlsx", monthly_return(99), WITH_RETURN), "E207",
               "another return put in")  # fmt: skip
    yield Case("document-emptied.zip", _with("documents/01_报送函.txt", b""), "E207", "a document emptied")
    values = Draft(with_values=True)
    held = dict(values.members())["data/values.jsonl"]
    yield Case("value-changed.zip", _with("data/values.jsonl", held.replace(b"13912342217", b"13912342218"), values),
               "E207", "a phone number changed beside its entry")  # fmt: skip


def _signatures() -> Iterator[Case]:
    signed = dict(REPORT.members())["manifest.json"]
    later = signed.replace(b'"seq":7', b'"seq":8')
    yield Case(
        "manifest-digit.zip", _with("manifest.json", later), "E303", "the number changed in the manifest"
    )
    yield Case(
        "manifest-space.zip", _with("manifest.json", signed + b" "), "E303", "a space behind the manifest"
    )
    yield Case("manifest-of-another.zip", _with("manifest.json", dict(Draft(bundle=9).members())["manifest.json"]),
               "E303", "the manifest of another bundle put in")  # fmt: skip
    yield Case("signature-of-another.zip", _with("signatures/p256.sig", desk().sign(b"other")), "E303",
               "the signature over something else")  # fmt: skip
    stranger = _resigned(later, REPORT, keep_certificate=True)
    yield Case(
        "signature-by-another-key.zip", stranger, "E303", "signed again with another key, certificate kept"
    )
    yield Case("signed-again-by-itself.zip", _resigned(later, REPORT), "E304",
               "signed again with a key and certificate of the sender's own making")  # fmt: skip
    yield Case("signature-empty.zip", _with("signatures/p256.sig", b""), "E303", "an empty signature")
    yield Case(
        "signature-text.zip", _with("signatures/p256.sig", b"OK"), "E303", "a word instead of a signature"
    )
    yield Case(
        "signature-large.zip", _with("signatures/p256.sig", bytes(2000)), "E104", "a signature of 2000 bytes"
    )
    yield Case(
        "signature-gone.zip", zipped(_without("signatures/p256.sig")), "E301", "the signature taken out"
    )
    yield Case(
        "certificate-gone.zip", zipped(_without("signatures/p256.crt")), "E301", "the certificate taken out"
    )
    yield Case(
        "certificate-text.zip", _with("signatures/p256.crt", b"certificate"), "E302", "no certificate at all"
    )
    pem = desk().certificate_pem
    yield Case("certificate-with-words.zip", _with("signatures/p256.crt", b"hello\n" + pem), "E302",
               "words before the certificate")  # fmt: skip
    yield Case(
        "certificate-twice.zip", _with("signatures/p256.crt", pem + pem), "E302", "two certificates in a row"
    )
    yield Case("certificate-of-another.zip", _with("signatures/p256.crt", desk(OTHER).certificate_pem), "E303",
               "the certificate of another township")  # fmt: skip
    yield Case("certificate-is-root.zip", _with("signatures/p256.crt", root().certificate_pem), "E303",
               "the root's certificate put in")  # fmt: skip
    renewed = issued(SHIPAI, device="二号机")
    yield Case("certificate-renewed.zip", _with("signatures/p256.crt", renewed.certificate_pem), "E305",
               "a newer certificate of the same key: not the one the manifest names")  # fmt: skip


def _resigned(signed: bytes, draft: Draft, *, keep_certificate: bool = False) -> bytes:
    who = unenrolled()
    own = {"manifest.json": signed, "signatures/p256.sig": who.sign(signed)}
    if not keep_certificate:
        own["signatures/p256.crt"] = who.certificate_pem
    return zipped((name, own.get(name, data)) for name, data in draft.members())


def _members() -> Iterator[Case]:
    usual = REPORT.members()
    yield Case("extra-program.zip", zipped([*usual, ("setup.exe", b"MZ")]), "E206", "a program added")
    yield Case(
        "extra-document.zip", zipped([*usual, ("documents/03_补充.txt", b"x")]), "E206", "a document added"
    )
    yield Case("extra-values.zip", zipped([*usual, ("data/values.jsonl", b"")]), "E206", "values added")
    yield Case(
        "extra-sm2.zip", zipped([*usual, ("signatures/sm2.sig", b"x")]), "E206", "a second signature added"
    )
    yield Case(
        "extra-readme.zip", zipped([*usual, ("说明.txt", b"x")]), "E206", "a note for the reader added"
    )
    yield Case("missing-journal.zip", zipped(_without("data/journal.jsonl")), "E205", "the journal taken out")
    yield Case(
        "missing-document.zip", zipped(_without("documents/01_报送函.txt")), "E205", "the letter taken out"
    )
    yield Case("missing-manifest.zip", zipped(_without("manifest.json")), "E201", "the manifest taken out")
    yield Case("documents-only.zip", zipped([("documents/01_报送函.txt", LETTER.data)]), "E201",
               "only the documents packed again")  # fmt: skip


def _layout() -> Iterator[Case]:
    usual = REPORT.members()
    yield Case("mimetype-gone.zip", zipped(_without("mimetype")), "E203", "the type mark taken out")
    yield Case("mimetype-last.zip", zipped([*usual[1:], usual[0]]), "E203", "the type mark at the end")
    yield Case("mimetype-other.zip", _with("mimetype", MIMETYPE.replace(b"lianxin", b"liaxing")), "E203",
               "another type mark")  # fmt: skip
    deflated = [(name, data, zipfile.ZIP_DEFLATED if name == "mimetype" else 0) for name, data in usual]
    yield Case("mimetype-deflated.zip", mixed(deflated), "E203", "the type mark deflated")
    inner = zipped([("报送件/" + name, data) for name, data in usual])
    yield Case("in-a-folder.zip", inner, "E201", "unpacked and packed again with its folder")
    yield Case("in-a-zip.zip", zipped([("439901102_石牌镇_2026-10_0007.zip", REPORT.sealed())]), "E201",
               "the bundle packed into another ZIP")  # fmt: skip


def _structure() -> Iterator[Case]:
    whole = Draft().sealed()
    size = len(whole)
    yield Case("cut-in-half.zip", whole[: size // 2], "E106", "half of the copy is missing")
    yield Case("cut-by-one.zip", whole[:-1], "E106", "the last byte is missing")
    yield Case("empty.zip", b"", "E101", "an empty file")
    yield Case("zeros.zip", bytes(4096), "E101", "a stick that lost its content")
    yield Case("text.zip", "这不是压缩包".encode(), "E101", "a text with the wrong name")
    yield Case("appended.zip", whole + b"more", "E102", "bytes behind the end")
    yield Case("prepended.zip", b"#!/bin/sh\n" + whole, "E102", "a script before the ZIP")
    yield Case("second-zip.zip", zipped([("a.txt", b"a")]) + whole, "E102", "another ZIP before it")
    yield Case("comment.zip", end_patched(whole, comment=4) + b"more", "E102", "a comment")
    yield Case(
        "gap.zip", inserted(whole, headers(whole)[2][0], b"hidden"), "E102", "bytes between two entries"
    )
    yield Case("before-directory.zip", inserted(whole, headers(whole)[0][1], b"hidden"), "E102",
               "bytes before the directory")  # fmt: skip
    yield Case("flag-encrypted.zip", patched(whole, 1, both={"flags": 1}), "E102", "marked as ZIP-encrypted")
    yield Case("method-12.zip", patched(whole, 1, both={"method": 12}), "E102", "another packing method")
    yield Case("size-lies.zip", patched(whole, 4, local={"size": 5}), "E102", "two headers tell two sizes")
    yield Case(
        "size-lies-twice.zip", patched(whole, 4, both={"size": 5}), "E102", "both headers tell a wrong size"
    )
    yield Case("crc-lies.zip", patched(whole, 4, both={"crc": 7}), "E106", "both headers tell a wrong CRC")
    yield Case("overlap.zip", patched(whole, 5, central={"offset": 0}), "E102", "two entries in one place")
    yield Case("link.zip", patched(whole, 4, central={"external": 0o120777 << 16}), "E102", "a symbolic link")
    yield Case("directory.zip", patched(whole, 4, central={"external": 0x10}), "E102", "a folder entry")
    yield Case("count-lies.zip", end_patched(whole, count=3), "E102", "the end tells fewer entries")
    huge = Packed("documents/大.txt", b"x" * 200, zipfile.ZIP_DEFLATED, 300 << 20, 0)
    stored = [Packed(name, data, 0, len(data), zlib.crc32(data)) for name, data in Draft().members()]
    yield Case("bomb.zip", packed([*stored, huge]), "E104", "200 bytes that claim to unpack to 300 MB")


def _names() -> Iterator[Case]:
    usual = REPORT.members()
    for name, code, path, why in (
        ("name-above.zip", "E103", "../系统.txt", "a name that leads out of the folder"),
        ("name-absolute.zip", "E103", "/etc/cron.txt", "an absolute name"),
        ("name-drive.zip", "E103", "C:/启动.txt", "a drive letter"),
        ("name-backslash.zip", "E103", "documents\\a.txt", "a backslash"),
        ("name-device.zip", "E103", "documents/CON.txt", "a device of Windows"),
        ("name-bidi.zip", "E103", "documents/\u202etxt.exe", "letters that turn the name around"),
        ("name-zero-width.zip", "E103", "documents/报\u200b送.txt", "a letter nobody sees"),
        ("name-dot.zip", "E103", "documents/a.txt.", "a dot at the end"),
        ("name-decomposed.zip", "E103", "documents/e\u0301.txt", "a letter taken apart"),
        ("name-twice.zip", "E105", "manifest.json", "the manifest twice"),
        ("name-case.zip", "E105", "Manifest.JSON", "the same name in capitals"),
        ("name-wide.zip", "E105", "ｍanifest.json", "the same name in full-width letters"),
        ("name-folder.zip", "E105", "manifest.json/a.txt", "a file used as a folder"),
    ):
        yield Case(name, mixed([*((n, d, 0) for n, d in usual), (path, b"x", 0)]), code, why)
    swapped = renamed(
        renamed(Draft().sealed(), "signatures/p256.sig", "signatures/p256.tmp"), "p256.crt", "p256.sig"
    )
    yield Case("names-swapped.zip", renamed(swapped, "p256.tmp", "p256.crt"), "E302",
               "signature and certificate exchange names")  # fmt: skip


def _encryption() -> Iterator[Case]:
    whole = encrypted_for(COUNTY, Draft(with_values=True).sealed())
    at = len(whole) // 2
    yield Case(
        "age-byte.zip.age", whole[:at] + bytes([whole[at] ^ 1]) + whole[at + 1 :], "E502", "one byte changed"
    )
    yield Case("age-cut.zip.age", whole[:-40], "E502", "cut off")
    yield Case("age-head-only.zip.age", whole[:120], "E502", "only the head is left")
    yield Case("age-longer.zip.age", whole + bytes(64), "E502", "bytes behind the end")
    yield Case("age-head-byte.zip.age", whole.replace(b"X25519", b"X25518", 1), "E502", "its head changed")
    other = encrypted_for(OTHER, Draft(with_values=True).sealed())
    yield Case("age-for-another.zip.age", other, "E502", "encrypted for somebody else")
    word = encrypted_for(COUNTY, "不是压缩包".encode())
    yield Case("age-of-a-text.zip.age", word, "E101", "opens, and is no ZIP")
    twice = encrypted_for(COUNTY, whole)
    yield Case("age-twice.zip.age", twice, "E101", "encrypted twice")
    inner = zipped(_without("signatures/p256.sig"))
    yield Case(
        "age-unsigned.zip.age",
        encrypted_for(COUNTY, inner),
        "E301",
        "encryption does not replace a signature",
    )
    wrong = encrypted_for(COUNTY, _resigned(dict(REPORT.members())["manifest.json"], REPORT))
    yield Case("age-by-a-stranger.zip.age", wrong, "E304", "encrypted well, signed by a stranger")
