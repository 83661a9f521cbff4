"""The list before, during and after an activity, as data per type (founding document 000-22)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from lianxin.domain import codes
from lianxin.domain.canonical import JsonValue, NotCanonical, parse_strict


class BadSteps(ValueError):
    """The file of steps cannot be read; the message says in Chinese where."""


@dataclass(frozen=True)
class StepList:
    """(stage code, what is to be done) in order, for each type of activity and for every other one."""

    default: tuple[tuple[str, str], ...]
    types: Mapping[str, tuple[tuple[str, str], ...]]

    def of(self, activity_type: str) -> tuple[tuple[str, str], ...]:
        """The lines an activity of this type begins with."""
        return self.types.get(activity_type, self.default)


def load_steps(text: str) -> StepList:
    """Reads the list from JSON text. Raises BadSteps."""
    try:
        data = parse_strict(text.encode())
    except NotCanonical as wrong:
        raise BadSteps(f"活动步骤文件读不懂（{wrong}）") from wrong
    top = _mapping(data, "活动步骤文件")
    types = _mapping(top.get("types", {}), "types")
    known = {code.code for code in codes.ACTIVITY_TYPE.codes}
    strange = sorted(set(types) - known)
    if strange:
        raise BadSteps(f"活动步骤文件里有不认识的活动类型：{'、'.join(strange)}")
    return StepList(
        _lines(top.get("default"), "default"), {name: _lines(told, name) for name, told in types.items()}
    )


def _lines(told: JsonValue, where: str) -> tuple[tuple[str, str], ...]:
    stages = _mapping(told, where)
    found: list[tuple[str, str]] = []
    for stage in codes.STEP_STAGE.codes:
        lines = stages.get(stage.code, [])
        if not isinstance(lines, list):
            raise BadSteps(f"活动步骤“{where}”的{stage.label}应是一列文字")
        found += [(stage.code, line) for line in lines if isinstance(line, str)]
    return tuple(found)


def _mapping(value: JsonValue, where: str) -> Mapping[str, JsonValue]:
    if not isinstance(value, dict):
        raise BadSteps(f"“{where}”应是一组带名称的内容")
    return value
