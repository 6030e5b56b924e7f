"""From URLs to stores."""

from pathlib import Path

import pytest

from schemas.errors import DependencyError, SettingsError
from workers.settings import Settings
from workers.storage.folder import FolderStore
from workers.storage.open import open_store


def test_a_file_url_names_a_folder_with_any_name(tmp_path: Path) -> None:
    store = open_store(f"file://{tmp_path}/%E6%94%B6%20件", Settings())
    assert isinstance(store, FolderStore)
    assert store.root == tmp_path / "收 件"


@pytest.mark.parametrize(
    "url",
    [
        "",
        "inbox",
        "ftp://host/bucket",
        "file://host/folder",
        "file:relative",
        "s3://host:9000",
        "s3://host:9000/",
        "s3://host:9000/a/b",
        "s3:///bucket",
        "s3://host:9000/No_Bucket",
    ],
)
def test_what_names_no_store_is_refused_with_the_url(url: str) -> None:
    with pytest.raises(SettingsError) as caught:
        open_store(url, Settings())
    assert url in str(caught.value)


def test_a_server_that_is_down_is_named_with_its_address() -> None:
    store = open_store("s3://127.0.0.1:9/inbox", Settings(s3_access_key="a", s3_secret_key="b"))
    for call in (store.describe, store.bootstrap, lambda: store.stat("a"), lambda: list(store.list())):
        with pytest.raises(DependencyError, match=r"object store http://127\.0\.0\.1:9/inbox: cannot be reached"):
            call()
