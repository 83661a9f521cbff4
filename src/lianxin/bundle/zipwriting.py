"""Write ZIP files whose bytes depend on nothing but names and contents."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable

# The earliest moment a ZIP can state: the real one would make equal bundles differ.
_FIXED_MOMENT = (1980, 1, 1, 0, 0, 0)
_UNIX = 3
_ORDINARY_FILE = 0o100644 << 16


def zip_bytes(entries: Iterable[tuple[str, bytes]]) -> bytes:
    """Return a ZIP of stored (not compressed) entries in the given order; equal input gives equal bytes.

    Word and Excel files are compressed already, and the output of deflate differs between zlib builds.
    """
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", compression=zipfile.ZIP_STORED, allowZip64=False) as archive:
        for name, data in entries:
            info = zipfile.ZipInfo(name, _FIXED_MOMENT)
            info.create_system = _UNIX
            info.external_attr = _ORDINARY_FILE
            archive.writestr(info, data)
    return buffer.getvalue()
