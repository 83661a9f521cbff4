"""Published ways of scoring that travel with the program, to be copied and changed; a copy is never in use by itself."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from lianxin.domain.records import ScoreBand, ScoreItem, ScoreRule
from lianxin.installed import resource_dir
from lianxin.office.desk import Desk
from lianxin.office.scoring.scores import ScoreProblem, book_named
from lianxin.store.writing import Change, Writing

_FOLDER = "scoring"


@dataclass(frozen=True)
class Template:
    """One shipped rule: its key, name, where it was published, and what is our own addition."""

    key: str
    name: str
    source: str
    note: str
    rule: Mapping[str, str]
    items: Sequence[Mapping[str, str]]
    bands: Sequence[Mapping[str, str]]


def templates(*targets: str) -> tuple[Template, ...]:
    """The shipped rules in order of their file names; only those for these targets when any is named."""
    found = (_read(path) for path in sorted((resource_dir() / _FOLDER).glob("*.json")))
    return tuple(each for each in found if not targets or each.rule["target"] in targets)


def _read(path: Path) -> Template:
    told = json.loads(path.read_text("utf-8"))
    return Template(
        path.stem, told["name"], told["source"], told["note"], told["rule"], told["items"], told["bands"]
    )


def copy_template(desk: Desk, key: str, *, level: str = "township") -> tuple[str, tuple[Change, ...]]:
    """A rule of our own made from a shipped one, not in use; its uid and what was written. Raises ScoreProblem."""
    found = next((one for one in templates() if one.key == key), None)
    if found is None:
        raise ScoreProblem("没有这个范本，没有建立积分办法")
    with desk.store.writing(reason="从范本建立积分办法") as writing:
        uid, today = writing.new_uid(), desk.today()
        typed = {
            "name": found.name, "level": level, "copied_from": found.source[:60], "remark": found.note,
            **found.rule, "active": "否",
        }  # fmt: skip
        writing.put(_made(ScoreRule.parse(typed, uid=uid, today=today).record))
        for place, told in enumerate(found.items, 1):
            item = {"score_rule": uid, "place": str(place), **told}
            writing.put(_made(ScoreItem.parse(item, uid=writing.new_uid(), today=today).record))
        for told in found.bands:
            band = {"score_rule": uid, **told}
            writing.put(_made(ScoreBand.parse(band, uid=writing.new_uid(), today=today).record))
        return uid, tuple(writing.changes)


def copy_rule(desk: Desk, uid: str, name: str) -> tuple[str, tuple[Change, ...]]:
    """A rule copied with its items and grades, for the next year or another level; not in use. Raises ScoreProblem."""
    with desk.store.reading() as reading:
        book = book_named(reading, uid)
    with desk.store.writing(reason="复制积分办法") as writing:
        made = replace(
            book.rule, uid=writing.new_uid(), name=name, active=False, copied_from=book.rule.name[:60]
        )
        writing.put(made)
        _copy_parts(writing, made.uid, book.items, book.bands)
        return made.uid, tuple(writing.changes)


def _copy_parts(writing: Writing, rule: str, items: Sequence[ScoreItem], bands: Sequence[ScoreBand]) -> None:
    for item in items:
        writing.put(replace(item, uid=writing.new_uid(), score_rule=rule))
    for band in bands:
        writing.put(replace(band, uid=writing.new_uid(), score_rule=rule))


def _made(record: ScoreRule | ScoreItem | ScoreBand | None) -> ScoreRule | ScoreItem | ScoreBand:
    if record is None:
        raise ScoreProblem("随程序的积分范本有误，没有建立积分办法，请重新安装本程序")
    return record
