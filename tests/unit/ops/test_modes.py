"""What the system keeps is for its own account alone."""

from pathlib import Path

from ops.maintenance.bootstrap import bootstrap
from ops.system import open_system
from workers.settings import load
from workers.storage.folder import FolderStore


def mode(path: Path) -> int:
    return path.stat().st_mode & 0o777


def test_the_data_folder_and_the_ledger_are_closed_to_others(tmp_path: Path) -> None:
    data = tmp_path / "data"
    data.mkdir(mode=0o755)
    with open_system(load({"GONGKAI_DATA_DIR": str(data)})) as system:
        bootstrap(system)
        assert mode(data) == mode(data / "derived") == 0o700
        assert mode(data / "index" / "ledger.sqlite3") == 0o600


def test_a_backup_is_closed_to_others_and_a_folder_that_was_there_stays_as_it_is(tmp_path: Path) -> None:
    FolderStore(tmp_path / "backup").bootstrap()
    assert mode(tmp_path / "backup") == 0o700
    (tmp_path / "inbox").mkdir()
    (tmp_path / "inbox").chmod(0o775)
    FolderStore(tmp_path / "inbox").bootstrap()
    assert mode(tmp_path / "inbox") == 0o775
