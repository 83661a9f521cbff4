"""Names people see: periods in words, the files of a 普通报送 and of a sealed bundle, the fixed names inside."""

from __future__ import annotations

from lianxin.bundle.paths import safe_segment
from lianxin.domain.periods import Period

SIGNATURE_FOLDER = "数字签名"
SEALED_SIGNATURES = "signatures"
MANIFEST_NAME = "manifest.json"
SIGNATURE_NAME = "p256.sig"
CERTIFICATE_NAME = "p256.crt"
INSTRUCTIONS_NAME = "说明.txt"


def plain_folder(org_name: str, period: str) -> str:
    """Return the folder inside a 普通报送, which is also the stem of its file: 报送材料_石牌镇_2026年11月."""
    return f"报送材料_{safe_segment(org_name)}_{Period.parse(period).label}"


def sealed_name(*, org_code: str, place: str, period: str, seq: int, encrypted: bool) -> str:
    """Return the file name of a sealed bundle: 439901102_石牌镇_2026-10_0007.zip or 439901102_2026-10_0007.zip.age.

    An encrypted one names no place: a stick that is lost says as little as it can.
    """
    middle = [] if encrypted else [safe_segment(place)]
    return "_".join([org_code, *middle, period, f"{seq:04d}"]) + (".zip.age" if encrypted else ".zip")
