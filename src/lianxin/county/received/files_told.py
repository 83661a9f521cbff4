"""Received files as the county's page tells them: who, which period, the verdict in words, and the next act."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path

from lianxin.bundle.codes import Code, Verdict
from lianxin.bundle.manifest import Kind, Manifest, Role
from lianxin.bundle.verdicts import Refused
from lianxin.county.townships.names import Towns, towns_in
from lianxin.domain.codes import RECEIVED_VERDICT
from lianxin.domain.dates import show_day
from lianxin.domain.periods import Period
from lianxin.domain.records import ReceivedFile as LoggedFile
from lianxin.office.desk import Desk
from lianxin.office.receiving.arriving import kept_place, manifest_of
from lianxin.office.receiving.verdict import FileVerdict
from lianxin.store.errors import StoreProblem
from lianxin.store.kept_bundles import KeptBundles
from lianxin.store.reading import Reading
from lianxin.store.received import ReceivedFile, received_file

_UNTOUCHED = "原文件和本机数据都没有改动，"
_KINDS = {
    Kind.PLAIN: "普通报送",
    Kind.REPORT: "报送件",
    Kind.ATTACHMENTS: "附件续件",
    Kind.HANDOVER: "交接文件",
    Kind.RECEIPT: "回执",
    Kind.PROFILE: "登记答复",
    Kind.ENROLMENT: "登记申请",
}
PLAIN_NEXT = "请打电话与报送单位核对20位核对码；普通报送只核验、留存，内容暂不并入台账。"
ASIDE_LATER = "打电话与报送单位核对；接收时这一份原样另存，不导入。"
SHORT = {
    "accept": "核验通过",
    "noop": "重复（已接收过）",
    "conflict": "待确认",
    "hold": "暂存等待",
    "quarantine": "另存待查",
    "reject": "核验未通过",
    "taken_back": "已撤回",
}
"""Verdict → the few words of a list."""


@dataclass(frozen=True)
class Paper:
    """One file a bundle carries for people: its name, size in bytes, and whether it holds personal data."""

    path: str
    name: str
    size: int
    personal: bool


@dataclass(frozen=True)
class FileTold:
    """One file, looked at only (`looked_at`) or received. `verdict` is a code of RECEIVED_VERDICT.

    `place` names the kept bundle, `source` the file it came from when that is still at hand.
    """

    key: str
    file_name: str
    town: str
    period: str
    seq: int | None
    verdict: str
    code: str
    message: str
    next: str
    kind: str = ""
    day: date | None = None
    check_code: str = ""
    signer: str = ""
    prepared_by: str = ""
    created: datetime | None = None
    new: int = 0
    changed: int = 0
    same: int = 0
    conflicts: int = 0
    held_on: int = 0
    place: str = ""
    source: Path | None = None
    papers: tuple[Paper, ...] = ()
    looked_at: bool = False
    plain: bool = False

    @property
    def who(self) -> str:
        """The township, or the file where nobody is known."""
        return self.town or self.file_name

    @property
    def issue(self) -> str:
        """2026年11月 第7期."""
        return " ".join(part for part in (self.period, f"第{self.seq}期" if self.seq else "") if part) or "—"

    def issue_in(self, year: int) -> str:
        """11月 第7期, with the year only when it is another one: for a list with little room."""
        return self.issue.removeprefix(f"{year}年")

    @property
    def short(self) -> str:
        """The verdict in the few words of a list."""
        return SHORT.get(self.verdict, self.verdict)

    @property
    def words(self) -> str:
        """The verdict in full."""
        return RECEIVED_VERDICT.label_of(self.verdict)

    @property
    def brought(self) -> str:
        """新增86条、修改12条; — when nothing came or would come in."""
        parts = (("新增", self.new), ("修改", self.changed), ("待确认", self.conflicts))
        told = "、".join(f"{word}{count}条" for word, count in parts if count)
        if told or self.verdict not in ("accept", "conflict"):
            return told or "—"
        return "不并入" if self.plain else "没有新内容"

    @property
    def act(self) -> str:
        """What to do now, in one clause."""
        ready = self.verdict == "accept" and self.code == Code.OK
        short = (_BEFORE if self.looked_at else _AFTER).get(self.verdict) if ready or self.waits else None
        return short or self.next.removeprefix(_UNTOUCHED) or "不用管"

    @property
    def waits(self) -> bool:
        """Taken in or kept, with something left to be done later."""
        return self.verdict in ("conflict", "hold")

    @property
    def takes_part(self) -> bool:
        """Whether 接收 does something with it: taken in, or kept until what is missing comes."""
        return self.verdict in ("accept", "conflict", "hold")

    @property
    def may_take_back(self) -> bool:
        """Whether 撤回 is possible."""
        return not self.looked_at and bool(self.place) and self.verdict in ("accept", "conflict", "hold")

    @property
    def asks_again(self) -> bool:
        """Whether the township has to be told to send again or to answer."""
        return self.verdict in ("reject", "quarantine")


def told_of_verdicts(
    reading: Reading, verdicts: Iterable[FileVerdict], *, looked_at: bool
) -> tuple[FileTold, ...]:
    """What a batch came to, one line per file in its order."""
    towns = towns_in(reading)
    return tuple(_of_verdict(towns, each, looked_at=looked_at) for each in verdicts)


def _of_verdict(towns: Towns, verdict: FileVerdict, *, looked_at: bool) -> FileTold:
    outcome = verdict.outcome
    manifest = outcome.manifest
    plain = manifest is not None and manifest.kind is Kind.PLAIN
    told = FileTold(
        key=outcome.file,
        file_name=Path(outcome.file).name,
        town=towns.name(manifest.org_code, manifest.org_name) if manifest else "",
        period=Period.parse(manifest.period).label if manifest else "",
        seq=outcome.seq,
        verdict=outcome.verdict.value.lower(),
        code=outcome.code.value,
        message=outcome.message,
        next=_next_act(verdict, plain=plain, looked_at=looked_at),
        check_code=outcome.spoken_code or "",
        new=verdict.new,
        changed=verdict.changed,
        same=verdict.same,
        conflicts=verdict.conflicts,
        held_on=verdict.held_on,
        place=kept_place(manifest.kind.value, manifest.bundle_id, outcome.spoken_code or "")
        if manifest
        else "",
        source=Path(outcome.file),
        looked_at=looked_at,
        plain=plain,
    )
    return _with_manifest(told, towns, manifest) if manifest else told


def _next_act(verdict: FileVerdict, *, plain: bool, looked_at: bool) -> str:
    if looked_at and verdict.outcome.verdict is Verdict.QUARANTINE:
        # The sentence of the verdict says that the file was put aside; looking at it does not do that yet.
        return ASIDE_LATER
    return PLAIN_NEXT if plain and verdict.ok else verdict.outcome.next


def logged_files(desk: Desk, uids: Sequence[str]) -> dict[str, FileTold]:
    """uid → what the local log says of these files, and how they stand since."""
    with desk.store.reading() as reading:
        towns = towns_in(reading)
        return {
            uid: _of_log(towns, log, received_file(reading.connection, _place(log)))
            for uid, log in reading.by_uid(LoggedFile, uids).items()
        }


def logged_file(desk: Desk, uid: str) -> FileTold | None:
    """One file of the log with its signer and papers, when it is kept here."""
    with desk.store.reading() as reading:
        towns = towns_in(reading)
        log = reading.get(LoggedFile, uid)
        booked = received_file(reading.connection, _place(log)) if log is not None else None
    if log is None:
        return None
    told = _of_log(towns, log, booked)
    kept = KeptBundles(desk.store.home, desk.store.key)
    if booked is None or booked.state == "aside":
        return told
    try:
        return _with_manifest(told, towns, manifest_of(kept, booked.place))
    except (Refused, StoreProblem):
        # The book is right even when a kept file does not open; 检查数据 tells about that.
        return told


def _of_log(towns: Towns, log: LoggedFile, booked: ReceivedFile | None) -> FileTold:
    verdict = _now(log.verdict, booked)
    plain = log.sealed_kind == Kind.PLAIN.value
    return FileTold(
        key=log.uid,
        file_name=log.file_name,
        town=towns.name(log.org_code, log.org_name) if log.org_code else "",
        period=Period.parse(log.period).label if log.period else "",
        seq=log.seq,
        verdict=verdict,
        code=log.code,
        message=log.words,
        next=_next(log.verdict, verdict, log.code),
        kind=_KINDS[Kind(log.sealed_kind)] if log.sealed_kind in {each.value for each in Kind} else "",
        day=log.day,
        check_code=log.check_code or "",
        new=log.new,
        changed=log.changed,
        same=log.same,
        conflicts=log.conflicts,
        place=_place(log),
        plain=plain,
    )


def _place(log: LoggedFile) -> str:
    return kept_place(log.sealed_kind or "", log.bundle_id or "", log.check_code or "")


def _now(verdict: str, booked: ReceivedFile | None) -> str:
    """The verdict of then, unless the file was taken back or came in since."""
    if booked is None or verdict not in ("accept", "conflict", "hold"):
        return verdict
    if booked.state == "taken_back":
        return "taken_back"
    if booked.state == "held":
        return "hold"
    return "accept" if verdict == "hold" and booked.state == "accepted" else verdict


_BEFORE = {
    "accept": "可以接收",
    "conflict": "接收后到“待确认”处理",
    "hold": "接收后先存着，前面的到了自动接上",
}
_AFTER = {
    "accept": "已接收，可以写回执",
    "conflict": "到“待确认”处理",
    "hold": "等前面的报送件，到了自动接上",
}
_NEXT: dict[str, str] = {
    "accept": "可以写回执",
    "noop": "不用管",
    "conflict": "到“待确认”里处理",
    "hold": "等前面的报送件",
    "quarantine": "打电话与报送单位核对",
    "reject": "请报送单位重报",
    "taken_back": "要用时请重新接收原文件",
}


def _next(before: str, now: str, code: str) -> str:
    if before == "hold" and now == "accept":
        return "已经接上，可以写回执"
    return "核对20位核对码" if code == Code.SIGNER_UNCONFIRMED else _NEXT.get(now, "")


def _with_manifest(told: FileTold, towns: Towns, manifest: Manifest) -> FileTold:
    shown = (Role.DOCUMENT, Role.ATTACHMENT)
    return replace(
        told,
        kind=_KINDS[manifest.kind],
        signer=towns.signer(manifest.signer.cert_sha256),
        prepared_by=manifest.signer.prepared_by,
        created=manifest.created_at,
        plain=manifest.kind is Kind.PLAIN,
        papers=tuple(
            Paper(each.path, each.path.rpartition("/")[2], each.size, each.personal)
            for each in manifest.files
            if each.role in shown
        ),
    )


def resend_words(told: FileTold, *, county: str, today: date) -> str:
    """One line to paste for the township: which file, what is the matter, what to do."""
    issue = f"第{told.seq}期，" if told.seq else ""
    which = (
        f"{told.period}报送件（{issue}文件 {told.file_name}）" if told.period else f"文件 {told.file_name} "
    )
    what = told.message.partition("。")[0]
    act = told.next.removeprefix(_UNTOUCHED).rstrip("。")
    who = f"{told.town}：" if told.town else ""
    return f"{who}{which}{told.words}：{what}。{act}。（{county} {show_day(today)}）"
