"""Where the files that travel with the program are: in a checkout, an installed wheel or a frozen program."""

from importlib.resources import files
from pathlib import Path

_PACKAGE = "lianxin"


class MissingPart(FileNotFoundError):
    """A folder that belongs to the program is not there, so the installation is incomplete."""

    def __init__(self, name: str) -> None:
        super().__init__(f"程序文件不完整：缺少 {name} 文件夹。您的数据没有受影响，请重新安装本程序。")
        self.name = name


def resource_dir() -> Path:
    """Folder of fonts, pictures and tables the program reads. Raises MissingPart."""
    return _data_dir("resources")


def samples_dir() -> Path:
    """Folder of the fictional ledgers behind 先看示例数据 and the demo. Raises MissingPart."""
    return _data_dir("samples")


def _data_dir(name: str) -> Path:
    package = Path(str(files(_PACKAGE)))
    # A wheel and a frozen program carry the folders inside the package; a checkout has them beside src/.
    for place in (package / "_data" / name, package.parent.parent / name):
        if place.is_dir():
            return place
    raise MissingPart(name)
