"""Documents of a received file, to be looked at: from the file as it lies on the stick, or from the kept one."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from pathlib import Path

from lianxin.bundle.checkcode import spoken_code
from lianxin.bundle.checking import checked
from lianxin.bundle.verdicts import Refused
from lianxin.county.received.files_told import FileTold, Paper
from lianxin.office.access.access_log import note_access
from lianxin.office.attaching import private_copy, sweep_copies
from lianxin.office.desk import Desk
from lianxin.office.receiving.arriving import SCRATCH, kept_place, manifest_of
from lianxin.office.receiving.gate import gate_of
from lianxin.store.errors import StoreProblem
from lianxin.store.files import why_not
from lianxin.store.kept_bundles import KeptBundles


class PaperLost(StoreProblem):
    """A document cannot be shown: the stick is gone, or the kept file does not open."""

    code = "R311"

    def __init__(self, name: str, why: str) -> None:
        super().__init__(f"“{name}”没有打开：{why}。数据没有改动。")


def open_paper(desk: Desk, told: FileTold, paper: Paper) -> Path:
    """A private read-only copy of one document; what is shown is what was signed. Raises PaperLost."""
    sweep_copies(desk)
    if paper.personal:
        note_access(desk, f"{told.who} {told.issue} {paper.name}")
    kept = KeptBundles(desk.store.home, desk.store.key)
    if told.place and told.place in kept.places():
        return _copy(desk, paper, _kept(desk, kept, told.place, paper))
    return _from_source(desk, told, paper)


def _kept(desk: Desk, kept: KeptBundles, place: str, paper: Paper) -> Iterator[bytes]:
    listed = next((each for each in manifest_of(kept, place).files if each.path == paper.path), None)
    if listed is None:
        raise PaperLost(paper.name, "留存的报送件里没有它")
    yield from _as_signed(kept.chunks(place, paper.path), listed.sha256, paper.name)


def _from_source(desk: Desk, told: FileTold, paper: Paper) -> Path:
    if told.source is None:
        raise PaperLost(paper.name, "原文件不在手边")
    gate = gate_of(desk)
    try:
        with checked(
            told.source,
            now=desk.store.now(),
            trust=gate.trust,
            us=gate.us,
            decrypt=gate.decrypt,
            scratch=desk.store.home / SCRATCH,
        ) as found:
            manifest = found.manifest
            listed = next((each for each in manifest.files if each.path == paper.path), None)
            place = kept_place(manifest.kind.value, manifest.bundle_id, spoken_code(found.digest))
            if listed is None or place != told.place:
                raise PaperLost(paper.name, "原文件已经换成了别的文件，请重新核验")
            return _copy(desk, paper, _as_signed(found.chunks(listed), listed.sha256, paper.name))
    except Refused as refused:
        raise PaperLost(paper.name, "U盘可能已拔出，或原文件已改动，请重新核验") from refused


def _copy(desk: Desk, paper: Paper, chunks: Iterable[bytes]) -> Path:
    try:
        return private_copy(desk, paper.name, chunks)
    except OSError as error:
        raise PaperLost(paper.name, why_not(error)) from error


def _as_signed(chunks: Iterable[bytes], sha256: str, name: str) -> Iterator[bytes]:
    digest = hashlib.sha256()
    for chunk in chunks:
        digest.update(chunk)
        yield chunk
    if digest.hexdigest() != sha256:
        raise PaperLost(name, "内容与签名时不一致")
