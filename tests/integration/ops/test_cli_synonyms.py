"""``gongkai synonyms learn`` writes what the collection's texts say, and keeps what stands in the file."""

from pathlib import Path

from search.open import open_index
from search.query.synonyms import load_shipped, read
from tests.support.command_line import gongkai
from tests.support.index_contents import add


def test_proposals_are_added_to_the_file_and_change_no_search_yet(tmp_path: Path) -> None:
    index = open_index(f"tantivy://{tmp_path}/data/index", prefix="gongkai")
    index.bootstrap()
    add(index, "甲.txt", "碘缺乏地区供应加碘食盐(以下简称碘盐)。", title="加碘食盐（碘盐）管理")
    index.refresh()
    index.close()
    file = tmp_path / "synonyms.txt"
    done = gongkai("synonyms", "learn", "--out", str(file), folder=tmp_path)
    assert done.returncode == 0, done.stderr
    assert "1 proposed in" in done.stderr
    text = file.read_text("utf-8")
    assert text.splitlines()[-1].startswith("? 碘盐, 加碘食盐  # 1 documents, 2 places: 甲.txt: 加碘食盐")
    assert read(text, name="synonyms.txt").forms == load_shipped().forms
    again = gongkai("synonyms", "learn", "--out", str(file), folder=tmp_path)
    assert again.returncode == 0
    assert file.read_text("utf-8") == text


def test_it_asks_where_the_proposals_are_to_go(tmp_path: Path) -> None:
    done = gongkai("synonyms", "learn", folder=tmp_path)
    assert done.returncode == 2
    assert "GONGKAI_SYNONYMS" in done.stderr
