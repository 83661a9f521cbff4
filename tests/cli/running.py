"""Running commands as a script does: arguments in, JSON lines and an exit status out."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias

import pytest

from lianxin.cli.main import run

Line: TypeAlias = dict[str, object]


@dataclass(frozen=True)
class Said:
    """What a command answered."""

    status: int
    lines: list[Line]
    errors: str


@dataclass(frozen=True)
class Commands:
    """Commands on one data folder."""

    home: Path
    capture: pytest.CaptureFixture[str]

    def __call__(self, *words: str | Path) -> Said:
        """Runs one command with --json."""
        self.capture.readouterr()
        status = run(["--home", str(self.home), *map(str, words), "--json"])
        heard = self.capture.readouterr()
        return Said(status, [json.loads(line) for line in heard.out.splitlines()], heard.err)

    def put(self, kind: str, told: object) -> Said:
        """Stores objects through a JSON file."""
        path = self.home.parent / "told.json"
        path.write_text(json.dumps(told, ensure_ascii=False), "utf-8")
        return self("put", kind, "--json-file", path)
