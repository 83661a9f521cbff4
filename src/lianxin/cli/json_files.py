"""Records told in a JSON file, as scripts and spreadsheets of any make write them."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from math import isfinite
from pathlib import Path
from typing import TypeAlias

from lianxin.cli.saying import CommandProblem
from lianxin.domain.canonical import JsonValue

_Loaded: TypeAlias = "None | bool | int | float | str | Sequence[_Loaded] | Mapping[str, _Loaded]"


class _Twice(ValueError):
    """A member stands twice in one object; which one counts, nobody can say."""


def objects_of(path: Path) -> list[Mapping[str, JsonValue]]:
    """The objects of a file: one, or a list of them. UTF-8 with or without mark, UTF-16 with mark, or GB18030.

    Numbers with a decimal point become whole numbers where they are whole, else text. Raises CommandProblem.
    """
    told = _loaded(path)
    listed = [told] if isinstance(told, Mapping) else told
    if isinstance(listed, str) or not isinstance(listed, Sequence):
        raise CommandProblem(f"{path.name} 里应是一个对象或一组对象，没有改动任何数据", code="C208")
    objects: list[Mapping[str, JsonValue]] = []
    for place, each in enumerate(listed, start=1):
        if not isinstance(each, Mapping):
            raise CommandProblem(f"{path.name} 里第{place}项不是对象，没有改动任何数据", code="C208")
        objects.append({_text(key): _plain(value) for key, value in each.items()})
    return objects


def _loaded(path: Path) -> _Loaded:
    try:
        raw = path.read_bytes()
    except FileNotFoundError as missing:
        raise CommandProblem(f"没有找到文件 {path}，没有改动任何数据", code="C207") from missing
    except OSError as wrong:
        raise CommandProblem(f"读不了文件 {path}，没有改动任何数据", code="C207") from wrong
    try:
        loaded: _Loaded = json.loads(_decoded(raw), object_pairs_hook=_object, parse_constant=_refused)
    except _Twice as twice:
        raise CommandProblem(
            f"{path.name} 的一个对象里“{twice}”写了两次，没有改动任何数据", code="C208"
        ) from twice
    except json.JSONDecodeError as wrong:
        where = f"第{wrong.lineno}行第{wrong.colno}个字附近"
        raise CommandProblem(
            f"{path.name} 不是可读的 JSON（{where}），没有改动任何数据", code="C208"
        ) from wrong
    except (ValueError, RecursionError) as wrong:
        raise CommandProblem(f"{path.name} 不是可读的 JSON，没有改动任何数据", code="C208") from wrong
    return loaded


def _decoded(raw: bytes) -> str:
    if raw.startswith((b"\xff\xfe", b"\xfe\xff")):
        return raw.decode("utf-16")
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        return raw.decode("gb18030")


def _object(pairs: list[tuple[str, _Loaded]]) -> _Loaded:
    made: dict[str, _Loaded] = {}
    for key, value in pairs:
        if key in made:
            raise _Twice(key)
        made[key] = value
    return made


def _refused(word: str) -> _Loaded:
    raise ValueError(f"{word} is no JSON")


def _plain(value: _Loaded) -> JsonValue:
    if isinstance(value, str):
        return _text(value)
    if value is None or isinstance(value, bool | int):
        return value
    if isinstance(value, float):
        return int(value) if isfinite(value) and value.is_integer() and abs(value) < 2**53 else repr(value)
    if isinstance(value, Mapping):
        return {_text(key): _plain(member) for key, member in value.items()}
    return [_plain(member) for member in value]


def _text(text: str) -> str:
    """Without what no record can hold: U+0000 and halves of characters."""
    return text.replace("\0", "").encode("utf-8", "ignore").decode("utf-8")
