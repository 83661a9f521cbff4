"""已报送: what went out, where it lies, and that the county said it has it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

from lianxin.domain.periods import Period
from lianxin.domain.records import SentFile
from lianxin.office.desk import Desk
from lianxin.office.figuring import period_of
from lianxin.office.sending.sent_files import sent_before
from lianxin.store.reading import Reading
from lianxin.store.writing import Change

FOLDER_SETTING = "sending-folder"


SENT_WAYS = ("普通报送", "加密报送", "不加密报送")


@dataclass(frozen=True)
class SentLine:
    """One sending of the list. `path` is where it was written, None when it is not there any more."""

    record: SentFile
    period: Period
    path: Path | None

    @property
    def title(self) -> str:
        """How people call it: 报送件（第7期）, and a continuation by what it is."""
        if self.record.sealed_kind == "handover":
            return f"交接文件（第{self.record.seq}期）"
        if self.record.follows:
            return f"附件续件（第{self.record.seq}期）"
        return f"报送件（第{self.record.seq}期）"

    @property
    def way(self) -> str:
        """Which kind of sending it is, of SENT_WAYS."""
        if self.record.plain:
            return SENT_WAYS[0]
        return SENT_WAYS[1] if self.record.file_name.endswith(".age") else SENT_WAYS[2]


def sent_lines(desk: Desk) -> tuple[SentLine, ...]:
    """Every sending, latest first."""
    with desk.store.reading() as reading:
        return tuple(
            SentLine(record, period_of(desk, record.period), _path(reading, desk, record))
            for record in reversed(sent_before(reading))
        )


def sending_folder(desk: Desk) -> Path:
    """Where sent files and drafts are written: as chosen, or a folder beside the data."""
    with desk.store.reading() as reading:
        return _folder(reading, desk)


def choose_folder(desk: Desk, folder: Path) -> None:
    """Keeps another place for sent files and drafts."""
    desk.store.set_setting(FOLDER_SETTING, str(folder))


def mark_received(desk: Desk, record: SentFile, *, received: bool = True) -> tuple[Change, ...]:
    """The county said over the telephone that it has it (or that was a mistake); a receipt is another matter."""
    with desk.store.writing(reason="县里电话确认已收到" if received else "撤销电话确认") as writing:
        writing.put(replace(record, state="received" if received else "sent"), opened=record)
        return tuple(writing.changes)


def _folder(reading: Reading, desk: Desk) -> Path:
    told = reading.setting(FOLDER_SETTING)
    return Path(told) if isinstance(told, str) else desk.store.home / "报送"


def _path(reading: Reading, desk: Desk, record: SentFile) -> Path | None:
    told = reading.setting(f"sent-path:{record.uid}")
    for path in (Path(told) if isinstance(told, str) else None, _folder(reading, desk) / record.file_name):
        if path is not None and path.is_file():
            return path
    return None
