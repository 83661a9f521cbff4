"""送签稿: the documents of a period in a folder, to print, sign and stamp."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from lianxin.domain.periods import Period
from lianxin.office.beside import write_beside
from lianxin.office.desk import Desk, office_of
from lianxin.office.sending.delivering import SendingFailed
from lianxin.office.sending.final import papers_for
from lianxin.store.files import why_not


@dataclass(frozen=True)
class Drafts:
    """Where the documents lie, in order; `beside` are those whose usual name was held open elsewhere."""

    folder: Path
    files: tuple[Path, ...]
    beside: tuple[Path, ...]


def draft_folder(desk: Desk, period: Period, within: Path) -> Path:
    """The folder of one period's drafts."""
    with desk.store.reading() as reading:
        office = office_of(reading)
    return within / f"送签稿_{office.short_name or office.name}_{period.label}"


def write_drafts(desk: Desk, *, period: Period, within: Path) -> Drafts:
    """Writes the documents as they were frozen (or as they are now). Raises SendingFailed."""
    folder = draft_folder(desk, period, within)
    papers = papers_for(desk, period)
    files: list[Path] = []
    beside: list[Path] = []
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for name, data in papers.documents:
            path = write_beside(folder / name, data)
            files.append(path)
            if path.name != name:
                beside.append(path)
    except OSError as error:
        raise SendingFailed(
            f"送签稿没有写全（{why_not(error)}），数据没有改动。请检查 {folder} 后再生成一次。", "S211"
        ) from error
    return Drafts(folder, tuple(files), tuple(beside))
