#!/usr/bin/env python3
"""One recipe for people and CI: everything a developer does with this project starts here.

Standard library only. It makes `.venv`, installs exactly what the lock files list (checked by hash) and,
on Debian as root, the system libraries Qt needs. Runs on Linux and Windows with Python 3.11 or newer.
"""

from __future__ import annotations

import argparse
import hashlib
import importlib.util
import os
import shutil
import subprocess
import sys
import tempfile
import venv
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parent
ENVIRONMENT = ROOT / ".venv"
STAMP = ENVIRONMENT / "installed-lock.txt"
RUNTIME_LOCK = ROOT / "requirements.lock"
DEV_LOCK = ROOT / "dev.lock"
PACKAGE_LOCK = ROOT / "package.lock"
DEMO_HOME = ROOT / "out" / "demo"
LOCK_TOOL = "uv==0.13.9"

# Debian packages: what PySide6-Essentials links against, then what the tests call, then a Chinese font.
SYSTEM_PACKAGES = (
    *("libgl1", "libegl1", "libglib2.0-0", "libdbus-1-3", "libfontconfig1", "libfreetype6"),
    *("libxkbcommon0", "libxkbcommon-x11-0", "libx11-6", "libx11-xcb1", "libxcb1", "libxcb-cursor0"),
    *("libxcb-icccm4", "libxcb-image0", "libxcb-keysyms1", "libxcb-randr0", "libxcb-render0"),
    *("libxcb-render-util0", "libxcb-shape0", "libxcb-shm0", "libxcb-sync1", "libxcb-util1"),
    *("libxcb-xfixes0", "libxcb-xkb1", "libzstd1"),
    *("age", "openssl", "unzip", "coreutils"),
    "fonts-noto-cjk",
)

# Programs the tests open our papers with, and the Debian packages that hold them.
TEST_PROGRAMS = {
    "soffice": ("libreoffice-writer-nogui", "libreoffice-calc-nogui"),
    "pdftotext": ("poppler-utils",),
}

# What builds and proves the Windows program here: Windows' stand-in, the set-up maker, a screen, a C compiler.
WINDOWS_PACKAGES = (
    *("wine", "wine64", "nsis", "xvfb", "xauth", "xdotool", "imagemagick"),
    *("gcc-mingw-w64-x86-64-win32", "fonts-wqy-microhei"),
)


# Where folders in memory are made, and how many bytes have to be free there.
MEMORY, ROOM_FOR_TESTS = Path("/dev/shm"), 4 << 30


class StepFailed(Exception):
    """A command that had to succeed did not; carries its exit status."""

    def __init__(self, command: Sequence[str], status: int) -> None:
        super().__init__(f"exit status {status}: {' '.join(command)}")
        self.status = status


# ---------------------------------------------------------------- commands


def set_up(_arguments: Sequence[str]) -> int:
    """Make the environment with the developer tools."""
    _prepare(DEV_LOCK)
    print(f"ready: {_python()}")
    return 0


def demo(arguments: Sequence[str]) -> int:
    """Install what the program needs and run its main job on samples/ into a new folder under out/."""
    _prepare(RUNTIME_LOCK)
    home = _fresh(DEMO_HOME)
    home.parent.mkdir(parents=True, exist_ok=True)
    return _status([_python(), "-m", "lianxin", "demo", "--home", home, *arguments])


def test(arguments: Sequence[str]) -> int:
    """Every check CI makes; arguments go to pytest. Types are checked beside the tests; pytest has the last word."""
    _prepare(DEV_LOCK)
    _install_system_packages(
        [package for program, held in TEST_PROGRAMS.items() if not shutil.which(program) for package in held]
    )
    with ThreadPoolExecutor(1) as beside:
        typed = beside.submit(types, ())
        linted = lint(())
        with _environment_of_tests() as environment:
            pytest: list[str | Path] = [
                _python(),
                "-m",
                "pytest",
                "-n",
                "2",
                "--dist",
                "loadgroup",
                *arguments,
            ]
            tests = _status(pytest, environment)
        checks = {"lint": linted, "types": typed.result()}
    failed = [name for name, status in checks.items() if status != 0]
    if failed:
        print(f"tests: exit status {tests}; failed beside them: {', '.join(failed)}", file=sys.stderr)
    return tests or (1 if failed else 0)


def format_code(arguments: Sequence[str]) -> int:
    """Sort imports and format the code."""
    _prepare(DEV_LOCK)
    sorted_imports = _status(
        [_python(), "-m", "ruff", "check", "--select", "I", "--fix", *_targets(arguments)]
    )
    return _status([_python(), "-m", "ruff", "format", *_targets(arguments)]) or sorted_imports


def lint(arguments: Sequence[str]) -> int:
    """Ruff's rules, its format, and the dependency rule between the rooms."""
    _prepare(DEV_LOCK)
    return _worst(
        _status([_python(), "-m", "ruff", "check", *_targets(arguments)]),
        _status([_python(), "-m", "ruff", "format", "--check", *_targets(arguments)]),
        _status([_scripts() / _program("lint-imports"), "--no-cache"]),
    )


def types(arguments: Sequence[str]) -> int:
    """The strict type checker."""
    _prepare(DEV_LOCK)
    return _status([_python(), "-m", "mypy", *arguments])


def bench(arguments: Sequence[str]) -> int:
    """Measure against the budgets and print a table of ratios."""
    _prepare(DEV_LOCK)
    return _status([_python(), "-m", "tests.bench", *arguments])


def county(arguments: Sequence[str]) -> int:
    """Make a county with its townships and a year of invented work in a folder, to try its pages with."""
    _prepare(DEV_LOCK)
    return _status([_python(), "-m", "tests.county_year", *arguments])


def screenshots(arguments: Sequence[str]) -> int:
    """Draw every page into out/screenshots."""
    _prepare(DEV_LOCK)
    return _status([_python(), "-m", "tests.screenshots", *arguments])


def gallery(arguments: Sequence[str]) -> int:
    """Draw page one of every document into docs/gallery."""
    _prepare(DEV_LOCK)
    return _status([_python(), "-m", "tests.documents.gallery", *arguments])


def manual(arguments: Sequence[str]) -> int:
    """Take the pictures of the manual from the real program into docs/manual/pictures."""
    _prepare(DEV_LOCK)
    return _status([_python(), "-m", "tests.screenshots.manual_pictures", *arguments])


def lock(arguments: Sequence[str]) -> int:
    """Write the lock files anew from pyproject.toml, for Linux and Windows; pass --upgrade to renew."""
    with tempfile.TemporaryDirectory() as folder:
        tool = Path(folder) / "tool"
        venv.create(tool, with_pip=True)
        scripts = _scripts(tool)
        _must([scripts / _program("python"), "-m", "pip", "install", "--quiet", LOCK_TOOL])
        compile_lock: list[str | Path] = [scripts / _program("uv"), "pip", "compile", "pyproject.toml"]
        options = ["--no-config", "--universal", "--python-version", "3.11", "--generate-hashes"]
        options += ["--no-header", "--no-annotate", "--quiet", "--no-emit-index-url", "--no-emit-find-links"]
        _must([*compile_lock, *options, *arguments, "-o", RUNTIME_LOCK.name])
        together = ["--group", "dev", "--constraints", RUNTIME_LOCK.name]
        _must([*compile_lock, *options, *arguments, *together, "-o", DEV_LOCK.name])
        packing = ["--group", "package", "--constraints", RUNTIME_LOCK.name]
        _must([*compile_lock, *options, *arguments, *packing, "-o", PACKAGE_LOCK.name])
    return 0


def package(arguments: Sequence[str]) -> int:
    """Build the installable program and prove it: --linux for this system, --windows through Wine."""
    asked = set(arguments) or {"--linux"}
    unknown = asked - {"--linux", "--windows"}
    if unknown:
        print(f"unknown: {' '.join(sorted(unknown))}; give --linux or --windows", file=sys.stderr)
        return 2
    _install_system_packages(SYSTEM_PACKAGES if _has_ensurepip() else (*SYSTEM_PACKAGES, "python3-venv"))
    made: list[int] = []
    if "--linux" in asked:
        made.append(_status([_package_environment(), ROOT / "installer" / "package_linux.py"]))
    if "--windows" in asked:
        _install_system_packages(WINDOWS_PACKAGES)
        made.append(_status([_package_environment(), ROOT / "installer" / "package_windows.py"]))
    return _worst(*made)


def _package_environment() -> Path:
    """The Python of an environment that holds what package.lock lists and nothing else."""
    place = ROOT / "out" / "package" / "environment"
    stamp, wanted = place / "installed-lock.txt", hashlib.sha256(PACKAGE_LOCK.read_bytes()).hexdigest()
    python = _scripts(place) / _program("python")
    if not stamp.exists() or stamp.read_text(encoding="utf-8") != wanted:
        venv.create(place, clear=True, with_pip=True)
        _must([python, "-m", "pip", "install", "--require-hashes", "--quiet", "-r", PACKAGE_LOCK])
        stamp.write_text(wanted, encoding="utf-8")
    return python


COMMANDS: dict[str, Callable[[Sequence[str]], int]] = {
    "setup": set_up,
    "demo": demo,
    "test": test,
    "format": format_code,
    "lint": lint,
    "types": types,
    "bench": bench,
    "county": county,
    "screenshots": screenshots,
    "gallery": gallery,
    "manual": manual,
    "package": package,
    "lock": lock,
}


# ---------------------------------------------------------------- environment


def _prepare(lock_file: Path) -> None:
    """Bring `.venv` to the state the lock file describes; does nothing when it is there already."""
    wanted = _fingerprint(lock_file)
    present = STAMP.read_text(encoding="utf-8").split("\n") if STAMP.exists() else []
    if wanted in present:
        return
    _install_system_packages(SYSTEM_PACKAGES if _has_ensurepip() else (*SYSTEM_PACKAGES, "python3-venv"))
    if not _python().exists() or not _same_python(present):
        venv.create(ENVIRONMENT, clear=True, with_pip=_has_ensurepip())
    STAMP.unlink(missing_ok=True)
    _must([*_pip(), "install", "--require-hashes", "--quiet", "-r", lock_file])
    if lock_file == DEV_LOCK:
        _must([*_pip(), "install", "--no-deps", "--no-build-isolation", "--quiet", "-e", ROOT])
    else:
        _put_source_on_path()
    # The developer lock contains the runtime lock (tests/house proves it), so it serves for both.
    satisfied = [RUNTIME_LOCK, DEV_LOCK] if lock_file == DEV_LOCK else [RUNTIME_LOCK]
    STAMP.write_text("\n".join(_fingerprint(each) for each in satisfied) + "\n", encoding="utf-8")


def _fingerprint(lock_file: Path) -> str:
    """One line that changes when the lock, the project's own metadata or the Python does."""
    import tomllib  # new in 3.11: an older Python has to get as far as the sentence at the end

    digest = hashlib.sha256(lock_file.read_bytes())
    if lock_file == DEV_LOCK:
        project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
        digest.update(repr((project["build-system"], project["project"])).encode())
    return f"{lock_file.name} python{sys.version_info.major}.{sys.version_info.minor} {digest.hexdigest()}"


def _same_python(present: Sequence[str]) -> bool:
    """Whether the environment was made by this Python's version; one without a stamp is taken as such."""
    ours = f"python{sys.version_info.major}.{sys.version_info.minor}"
    return all(line.split()[1] == ours for line in present if line)


def _put_source_on_path() -> None:
    """Let `.venv` run the checkout without a build: the demo needs no build tool."""
    asked = subprocess.run(
        [_python(), "-c", "import sysconfig; print(sysconfig.get_path('purelib'))"],
        check=True, capture_output=True, text=True,
    )  # fmt: skip
    packages = Path(asked.stdout.strip())
    # Relative, hence ASCII: Windows reads this file in the code page of the day.
    source = os.path.relpath(ROOT / "src", packages)
    (packages / "lianxin_checkout.pth").write_text(f"{source}\n", encoding="utf-8")


def _install_system_packages(wanted: Sequence[str]) -> None:
    """On Debian, install what dpkg does not know; without root, say the command and go on."""
    if (
        not wanted
        or not sys.platform.startswith("linux")
        or not shutil.which("dpkg-query")
        or not shutil.which("apt-get")
    ):
        return
    asked = subprocess.run(
        ["dpkg-query", "-W", "-f", "${db:Status-Status} ${Package}\n", *wanted],
        check=False, capture_output=True, text=True,
    )  # fmt: skip
    present = {line.split()[1] for line in asked.stdout.splitlines() if line.startswith("installed ")}
    missing = [package for package in wanted if package not in present]
    if not missing:
        return
    if os.geteuid() != 0:
        print(f"missing system packages; ask for: apt-get install {' '.join(missing)}", file=sys.stderr)
        return
    print(f"installing system packages: {' '.join(missing)}", flush=True)
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    _must(["apt-get", "update", "-qq"], environment)
    _must(["apt-get", "install", "-y", "-qq", "--no-install-recommends", *missing], environment)
    importlib.invalidate_caches()


def _has_ensurepip() -> bool:
    return importlib.util.find_spec("ensurepip") is not None


def _pip() -> list[str | Path]:
    """The environment's pip; where the system's Python could not give it one, ours working on it."""
    asked = subprocess.run([_python(), "-m", "pip", "--version"], check=False, capture_output=True)
    if asked.returncode == 0:
        return [_python(), "-m", "pip"]
    return [sys.executable, "-m", "pip", "--python", _python()]


def _scripts(environment: Path = ENVIRONMENT) -> Path:
    return environment / ("Scripts" if sys.platform == "win32" else "bin")


def _program(name: str) -> str:
    return f"{name}.exe" if sys.platform == "win32" else name


def _python() -> Path:
    return _scripts() / _program("python")


def _targets(arguments: Sequence[str]) -> Sequence[str]:
    return arguments or ["src", "tests", "dev.py"]


def _fresh(folder: Path) -> Path:
    """The folder itself, or with the first free number behind it: a demo never overwrites the last one."""
    number, free = 2, folder
    while free.exists():
        number, free = number + 1, folder.with_name(f"{folder.name}-{number}")
    return free


@contextmanager
def _environment_of_tests() -> Iterator[dict[str, str]]:
    """Ours, with temporary files in memory where there is room: every ledger of a test is forced to its disk."""
    if not MEMORY.is_dir() or shutil.disk_usage(MEMORY).free < ROOM_FOR_TESTS:
        yield dict(os.environ)
        return
    with tempfile.TemporaryDirectory(prefix="lianxin-tests-", dir=MEMORY) as folder:
        yield {**os.environ, "TMPDIR": folder}


def _status(command: Sequence[str | Path], environment: dict[str, str] | None = None) -> int:
    """Run a command from the project's root, its output going where ours goes; gives its exit status."""
    sys.stdout.flush()
    base = dict(os.environ if environment is None else environment)
    # The tests start the program hundreds of times; it is compiled once only where bytecode may be kept.
    base.pop("PYTHONDONTWRITEBYTECODE", None)
    # Chinese output must not depend on the locale of the console.
    base["PYTHONUTF8"] = "1"
    return subprocess.run([str(part) for part in command], cwd=ROOT, check=False, env=base).returncode


def _must(command: Sequence[str | Path], environment: dict[str, str] | None = None) -> None:
    status = _status(command, environment)
    if status != 0:
        raise StepFailed([str(part) for part in command], status)


def _worst(*statuses: int) -> int:
    return next((status for status in statuses if status != 0), 0)


def main(arguments: Sequence[str]) -> int:
    """Entry point: `python3 dev.py COMMAND [more]`; more goes to the tool the command runs."""
    listing = "\n".join(f"  {name:<12} {(do.__doc__ or '').splitlines()[0]}" for name, do in COMMANDS.items())
    parser = argparse.ArgumentParser(
        prog="dev.py",
        description="Developer tasks of this project. What follows COMMAND goes to the tool it runs.",
        epilog=f"commands:\n{listing}",
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("command", choices=COMMANDS, metavar="COMMAND")
    parser.add_argument("more", nargs=argparse.REMAINDER, help="arguments of the tool")
    chosen = parser.parse_args(arguments)
    try:
        return COMMANDS[chosen.command](chosen.more)
    except StepFailed as failure:
        print(f"dev.py stopped: {failure}", file=sys.stderr)
        return 1


if __name__ == "__main__":
    if sys.version_info < (3, 11):  # noqa: UP036 - the sentence below is for people with an older one
        sys.exit("Python 3.11 or newer is needed.")
    sys.exit(main(sys.argv[1:]))
