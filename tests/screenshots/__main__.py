"""Pictures of every page, to be looked at: python -m tests.screenshots [FOLDER] [--only KEY …].

Each is saved at 1366×768 and as that screen shows it at 150 %; the folder is out/pictures unless given.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).parents[2]


def main() -> int:
    """Takes the pictures in one process per scale, since Qt reads the scale when it starts."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", nargs="?", type=Path, default=ROOT / "out" / "pictures")
    parser.add_argument("--only", nargs="*", default=[])
    parser.add_argument("--home", type=Path, help="folder of the sample office, kept for the next time")
    parser.add_argument("--scale", default="")
    told = parser.parse_args()
    told.folder.mkdir(parents=True, exist_ok=True)
    if told.scale:
        from tests.screenshots.taking import take

        return take(told.folder, told.home, told.scale, told.only)
    with tempfile.TemporaryDirectory() as made:
        home = told.home or Path(made) / "home"
        for scale in ("1", "1.5"):
            here = {
                **os.environ,
                "QT_QPA_PLATFORM": "offscreen",
                "QT_SCALE_FACTOR": scale,
                "TZ": "Asia/Shanghai",
            }
            command = [sys.executable, "-m", "tests.screenshots", str(told.folder), "--home", str(home)]
            done = subprocess.run([*command, "--scale", scale, "--only", *told.only], env=here, check=False)
            if done.returncode:
                return done.returncode
    return 0


if __name__ == "__main__":
    sys.exit(main())
