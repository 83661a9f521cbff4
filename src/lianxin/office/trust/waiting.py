"""The 登记申请 that waits for the county's answer; apart from what makes one, which few who ask for this need."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from lianxin.store.reading import Reading

REQUEST_SETTING = "enrolment-asked"


@dataclass(frozen=True)
class Asked:
    """The request that waits for the county's answer."""

    path: Path
    spoken_code: str
    day: date


def asked_in(reading: Reading) -> Asked | None:
    """The request that waits for its answer; None when none does."""
    told = reading.setting(REQUEST_SETTING)
    if not isinstance(told, dict):
        return None
    return Asked(Path(str(told["path"])), str(told["code"]), date.fromisoformat(str(told["day"])))
