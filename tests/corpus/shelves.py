"""The folders of the corpus and their indexes: every file with where it is received and how it must end."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

from tests.corpus import invalid_entries, invalid_manifests, invalid_signers, replayed, tampered, valid
from tests.corpus.cases import Case

FOLDER = Path(__file__).parent
INDEX = "index.json"
_MAKERS = {
    "valid": (valid.cases,),
    "tampered": (tampered.cases,),
    "invalid": (invalid_signers.cases, invalid_manifests.cases, invalid_entries.cases),
}


def all_cases() -> Iterator[tuple[str, Case]]:
    """Every case with its folder."""
    for shelf, makers in _MAKERS.items():
        for maker in makers:
            for case in maker():
                yield shelf, case


def content() -> dict[str, bytes]:
    """Every file of the corpus by its path, the indexes among them."""
    found: dict[str, bytes] = {}
    rows: dict[str, list[dict[str, object]]] = {shelf: [] for shelf in _MAKERS}
    for shelf, case in all_cases():
        path = f"{shelf}/{case.name}"
        if found.setdefault(path, case.data) != case.data:
            raise ValueError(f"{path} stands for two files")
        rows[shelf].append(
            {
                "file": case.name,
                "setting": case.setting,
                "code": case.code,
                "warnings": list(case.warnings),
                "why": case.why,
            }
        )
    for name, data in replayed.files():
        found[f"replayed/{name}"] = data
    stories: list[dict[str, object]] = [
        {
            "name": story.name,
            "why": story.why,
            "receives": [{"file": name, "code": code} for name, code in story.receives],
        }
        for story in replayed.stories()
    ]
    for shelf, told in [*rows.items(), ("replayed", stories)]:
        text = json.dumps(told, ensure_ascii=False, indent=1)
        found[f"{shelf}/{INDEX}"] = text.encode() + b"\n"
    return found


def write(folder: Path) -> dict[str, int]:
    """Write every file; what no case makes any more is removed. Returns path → size."""
    made = content()
    for shelf in [*_MAKERS, "replayed"]:
        (folder / shelf).mkdir(parents=True, exist_ok=True)
        for left in (folder / shelf).iterdir():
            if f"{shelf}/{left.name}" not in made:
                left.unlink()
    for path, data in made.items():
        (folder / path).write_bytes(data)
    return {path: len(data) for path, data in made.items()}
