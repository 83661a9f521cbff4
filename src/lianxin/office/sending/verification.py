"""核验单 of one sent file, from the file as it lies there and what this desk wrote down of it."""

from __future__ import annotations

import hashlib
import zipfile
from collections.abc import Sequence
from pathlib import Path

from lianxin.bundle.checkcode import hex_code, manifest_digest, spoken_code
from lianxin.bundle.manifest import Manifest
from lianxin.bundle.naming import MANIFEST_NAME
from lianxin.bundle.steps import read_manifest
from lianxin.bundle.verdicts import Refused
from lianxin.documents.sheets.verification_sheet import (
    SheetFile,
    VerificationSheet,
    grouped,
    verification_sheet_pdf,
)
from lianxin.domain.dates import show_day
from lianxin.office.desk import Desk, office_of
from lianxin.office.paperwork.paper import Asked, Paper, PapersProblem
from lianxin.office.sending.history import SentLine, sent_lines

_MOST = 4 << 20
_BLOCK = 1 << 20


def verification_sheet(desk: Desk, uid: str) -> tuple[str, bytes]:
    """File name and content of the sheet. Raises PapersProblem: also for a file that is not what was sent."""
    line = next((each for each in sent_lines(desk) if each.record.uid == uid), None)
    if line is None:
        raise PapersProblem(f"没有找到这一期报送件（{uid}），没有生成文件")
    with desk.store.reading() as reading:
        office = office_of(reading).name
    manifest = _manifest_of(line) if line.path is not None else None
    files = (
        tuple(SheetFile(each.path, each.size, each.sha256) for each in manifest.files) if manifest else None
    )
    sheet = VerificationSheet(
        office, tuple(_facts(line, manifest)), files, plain=line.record.plain, here=line.path is not None
    )
    return f"核验单_第{line.record.seq}期_{line.record.period}.pdf", verification_sheet_pdf(sheet)


def _facts(line: SentLine, manifest: Manifest | None) -> Sequence[tuple[str, str]]:
    record = line.record
    told = [
        ("报送件", f"{line.title}　{line.period.label}　{line.way}"),
        ("报送日期", show_day(record.day)),
        ("文件名", record.file_name),
        ("20位核对码", spoken_code(record.manifest_digest)),
        ("32位核对码", hex_code(record.manifest_digest)),
        ("清单指纹", grouped(record.manifest_digest)),
    ]
    if line.path is not None:
        told.append(("文件指纹", grouped(_digest_of(line.path))))
    if manifest is not None:
        told += [
            ("报送单位", f"{manifest.org_name}（{manifest.org_code}）"),
            ("签名证书指纹", grouped(manifest.signer.cert_sha256)),
            ("签名钥匙", grouped(manifest.signer.key_id)),
        ]
    return told


def _manifest_of(line: SentLine) -> Manifest | None:
    """What the file itself lists; None where it is sealed for the county."""
    assert line.path is not None
    if line.path.suffix == ".age":
        return None
    try:
        with zipfile.ZipFile(line.path) as archive:
            names = [name for name in archive.namelist() if name.split("/")[-1] == MANIFEST_NAME]
            found = min(names, key=lambda name: name.count("/"))
            with archive.open(found) as held:
                signed = held.read(_MOST)
        if manifest_digest(signed) == line.record.manifest_digest:
            return read_manifest(signed)
    except (OSError, ValueError, zipfile.BadZipFile, Refused):
        pass
    raise PapersProblem(
        f"{line.path.name} 与本机登记的不一致，可能被改动或换过，没有生成核验单。请用“复制到U盘”重新取出，或打电话与县里核对。"
    )


def _digest_of(path: Path) -> str:
    digest = hashlib.sha256()
    with path.open("rb") as held:
        while block := held.read(_BLOCK):
            digest.update(block)
    return digest.hexdigest()


def _made(asked: Asked) -> bytes:
    assert asked.uid is not None
    return verification_sheet(asked.desk, asked.uid)[1]


VERIFICATION_PAPERS: Sequence[Paper] = (Paper("verification-sheet", "核验单", ".pdf", "record", _made),)
