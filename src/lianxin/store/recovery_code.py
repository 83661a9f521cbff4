"""The code on the recovery sheet: drawn evenly, printed in groups, and every slip of the hand located."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable
from dataclasses import dataclass, field

from lianxin.store.errors import StoreProblem

# No 0 1 I L O. 31 is a prime, so the weighted check catches every single slip and every neighbour swap.
_ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
_GROUPS, _GROUP_DATA = 7, 4  # 28 free characters: 138 bits

#: Answers that many random bytes.
RandomBytes = Callable[[int], bytes]


class RecoveryCodeMistyped(StoreProblem):
    """Some groups of the typed code do not pass their check character."""

    code = "D203"

    def __init__(self, groups: tuple[int, ...]) -> None:
        self.groups = groups
        where = "、".join(f"第{number}组" for number in groups)
        what = f"恢复码{where}有误" if groups else f"恢复码应为{_GROUPS}组、每组{_GROUP_DATA + 1}个字符"
        super().__init__(f"{what}，数据没有改动。请对照恢复单再输一次。")


@dataclass(frozen=True)
class RecoveryCode:
    """What is printed on the recovery sheet: seven groups of five, the fifth checks the other four."""

    text: str = field(repr=False)

    @property
    def groups(self) -> tuple[str, ...]:
        return tuple(self.text.split("-"))


def make_recovery_code(random: RandomBytes) -> RecoveryCode:
    """Draw a code evenly over the alphabet."""
    top = 256 - 256 % len(_ALPHABET)
    drawn: list[int] = []
    while len(drawn) < _GROUPS * _GROUP_DATA:
        drawn += [byte % len(_ALPHABET) for byte in random(64) if byte < top]
    groups: list[str] = []
    for number in range(_GROUPS):
        values = drawn[number * _GROUP_DATA : (number + 1) * _GROUP_DATA]
        groups.append("".join(_ALPHABET[value] for value in [*values, _check_value(number, values)]))
    return RecoveryCode("-".join(groups))


def read_recovery_code(typed: str) -> RecoveryCode:
    """The code as typed, whatever the case, width and separators; says which groups are wrong."""
    text = "".join(c for c in unicodedata.normalize("NFKC", typed).upper() if c.isalnum())
    width = _GROUP_DATA + 1
    if len(text) != _GROUPS * width:
        raise RecoveryCodeMistyped(())
    groups = [text[start : start + width] for start in range(0, len(text), width)]
    if wrong := tuple(number + 1 for number, group in enumerate(groups) if not _group_fits(number, group)):
        raise RecoveryCodeMistyped(wrong)
    return RecoveryCode("-".join(groups))


def _group_fits(number: int, group: str) -> bool:
    values = [_ALPHABET.find(character) for character in group]
    return -1 not in values and values[-1] == _check_value(number, values[:-1])


def _check_value(number: int, values: list[int]) -> int:
    # The group's own number takes part, so two whole groups typed in each other's place are noticed too.
    weighted = sum((place + 2) * value for place, value in enumerate(values))
    return -(weighted + 7 * (number + 1)) % len(_ALPHABET)
