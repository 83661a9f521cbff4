"""One received file with the place where it is received and the code it must end with."""

from __future__ import annotations

from dataclasses import dataclass

from tests.corpus.drafts import Draft


@dataclass(frozen=True)
class Case:
    """`data` stored as `name`; `why` says in a few words what is wrong with it, or that nothing is."""

    name: str
    data: bytes
    code: str
    why: str
    setting: str = "county"
    warnings: tuple[str, ...] = ()


def signed(name: str, draft: Draft, code: str, why: str, setting: str = "county") -> Case:
    """A case made by signing a draft as it is."""
    return Case(f"{name}.zip", draft.sealed(), code, why, setting)
