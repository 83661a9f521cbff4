"""What every test shares: a Qt without a screen, one set of hypothesis settings, the wheel built once."""

import os

# Before anything imports Qt: the plug-in is chosen when the first application object is made.
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from tests.house.measures import ROOT, growth_table, measured_files

settings.register_profile(
    "ci",
    # Machines of very different speed run these; a slow one is not a defect.
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
    print_blob=True,
)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "ci"))


@pytest.fixture(scope="session")
def built_wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The project's wheel, built from this checkout with the locked build backend and no network."""
    folder = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "pip", "wheel", "--no-deps", "--no-build-isolation", "--no-index"]
    built = subprocess.run(
        [*command, "--wheel-dir", str(folder), str(ROOT)], capture_output=True, text=True, check=False
    )
    assert built.returncode == 0, built.stdout + built.stderr
    (wheel,) = folder.glob("lianxin-*.whl")
    return wheel


# Each holds a test of ten seconds and more: begun last, it would leave the other worker with nothing to do.
LONG = (
    "tests/county_year/",
    "tests/office/test_sealed_sending.py",
    "tests/store/test_writing.py",
)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begin with the long tests; keep those that use the wheel on one worker, so that it is built once."""
    items.sort(key=lambda item: not item.nodeid.startswith(LONG))
    for item in items:
        if isinstance(item, pytest.Function) and "built_wheel" in item.fixturenames:
            item.add_marker(pytest.mark.xdist_group("wheel"))


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    """List the largest files, functions and classes after a run of everything, so that growth is seen."""
    if config.args_source is pytest.Config.ArgsSource.TESTPATHS:
        terminalreporter.section("largest (lines, lines, public methods)")
        for line in growth_table(measured_files()):
            terminalreporter.write_line(line)
