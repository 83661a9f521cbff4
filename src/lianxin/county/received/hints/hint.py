"""One hint, and the file it is about."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from lianxin.bundle.codes import Code
from lianxin.bundle.manifest import Manifest
from lianxin.domain.periods import Period
from lianxin.domain.rules import RuleProfile
from lianxin.store.received import Brought


@dataclass(frozen=True)
class Hint:
    """One line of the list. `number` is that of domain.md 7.3, `look` whether a person should look at it.

    `records` are those behind it, as (kind, uid); `reason` is what a return would say of each of them.
    """

    number: int
    title: str
    words: str
    look: bool = False
    records: tuple[tuple[str, str], ...] = ()
    reason: str = ""


@dataclass(frozen=True)
class Looked:
    """A file to be looked at: what was signed, what verification said, and the records it brought.

    `period` is None for a file whose period this program cannot read.
    """

    manifest: Manifest
    code: Code | None
    warnings: Sequence[Code]
    brought: Sequence[Brought]
    profile: RuleProfile
    today: date
    period: Period | None

    def of_kind(self, *kinds: str) -> list[str]:
        """The uids of these kinds that the file brought."""
        return [each.uid for each in self.brought if each.kind in kinds]

    def said(self, code: Code) -> bool:
        """Whether verification ended with this code or warned of it."""
        return code is self.code or code in self.warnings
