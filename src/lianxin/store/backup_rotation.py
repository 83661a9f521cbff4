"""Which automatic backups to keep: many of late, few of long ago."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from datetime import datetime, timedelta
from pathlib import Path

from lianxin.store.backup_file import SUFFIX

HOURLY, DAILY, WEEKLY, MONTHLY = 8, 12, 10, 9
_NAME = re.compile(rf"连心备份_(\d{{8}}-\d{{4}})(?:（\d+）)?{re.escape(SUFFIX)}")


def made_at(path: Path) -> datetime | None:
    """When a backup says by its name that it was made, in local time; None for any other file."""
    found = _NAME.fullmatch(path.name)
    try:
        return datetime.strptime(found[1], "%Y%m%d-%H%M") if found else None
    except ValueError:
        return None


def latest_backup(folder: Path) -> Path | None:
    """The newest backup in a folder by its name; None when there is none or no such folder."""
    dated = _dated(folder.glob(f"*{SUFFIX}"))
    return dated[0][1] if dated else None


def by_age(folder: Path, *, until: datetime) -> list[Path]:
    """The backups of a folder, newest first; those of a clock that ran ahead of ``until`` come last."""
    return newest_first(folder.glob(f"*{SUFFIX}"), until=until)


def newest_first(paths: Iterable[Path], *, until: datetime) -> list[Path]:
    """Backups wherever they lie, newest first by their names; those of a clock that ran ahead of ``until`` come last."""
    latest = until.replace(tzinfo=None) + timedelta(days=1)
    return [path for _, path in sorted(_dated(paths), key=lambda pair: pair[0] > latest)]


def surplus(paths: Iterable[Path], *, until: datetime | None = None) -> list[Path]:
    """The backups that may go: all but the newest of each of 8 hours, 12 days, 10 weeks, 9 months.

    Only hours, days, weeks and months with a backup count, so a long pause loses nothing; other files never appear.
    Those of a clock that ran ahead of ``until`` are thinned out by themselves and take nobody's place.
    """
    dated = _dated(paths)
    latest = until + timedelta(days=1) if until is not None else datetime.max
    return [
        path
        for span in ([d for d in dated if d[0] > latest], [d for d in dated if d[0] <= latest])
        for path in _thinned(span)
    ]


def _thinned(dated: list[tuple[datetime, Path]]) -> list[Path]:
    kept = (
        _newest_of_each(dated, HOURLY, lambda moment: (moment.toordinal(), moment.hour))
        | _newest_of_each(dated, DAILY, lambda moment: (moment.year, moment.timetuple().tm_yday))
        | _newest_of_each(dated, WEEKLY, lambda moment: moment.isocalendar()[:2])
        | _newest_of_each(dated, MONTHLY, lambda moment: (moment.year, moment.month))
    )
    return [path for _, path in dated if path not in kept]


def prune(folder: Path, *, keep: Path | None = None) -> list[Path]:
    """Delete the surplus backups of the automatic folder but this one; answers what went.

    A backup just made looks oldest when the clock was set back, and is still the newest there is.
    """
    until = made_at(keep) if keep is not None else None
    gone = [path for path in surplus(folder.glob(f"*{SUFFIX}"), until=until) if path != keep]
    for path in gone:
        path.unlink(missing_ok=True)
    return gone


def _dated(paths: Iterable[Path]) -> list[tuple[datetime, Path]]:
    """Backups with their moments, newest first; of one minute the highest number counts as newest."""
    found = [(moment, path) for path in paths if (moment := made_at(path)) is not None]
    return sorted(found, key=lambda pair: (pair[0], len(pair[1].name), pair[1].name), reverse=True)


def _newest_of_each(
    dated: list[tuple[datetime, Path]], count: int, span: Callable[[datetime], tuple[int, int]]
) -> set[Path]:
    newest: dict[tuple[int, int], Path] = {}
    for moment, path in dated:
        newest.setdefault(span(moment), path)
    return set(list(newest.values())[:count])
