"""The commands and held documents: what is said, and how one gets out; all numbers are made up."""

import json
from pathlib import Path

from tests.support.command_line import gongkai

NUMBER = "110101199003070011"
TEXT = f"关于救助对象的公示\n\n一、救助名单\n银杏村张某，身份证号{NUMBER}。\n"


def test_extract_says_that_a_document_would_be_held(tmp_path: Path) -> None:
    (tmp_path / "名单.txt").write_text(TEXT, "utf-8")
    for jobs in ("1", "2"):
        done = gongkai("extract", str(tmp_path / "名单.txt"), "--jobs", jobs, folder=tmp_path)
        line = json.loads(done.stdout)
        assert (done.returncode, line["status"]) == (0, "held")
        assert "1101**********0011" in line["problems"][0]["message"]
    free = gongkai("extract", str(tmp_path / "名单.txt"), folder=tmp_path, GONGKAI_HOLD="bank_card")
    assert json.loads(free.stdout)["status"] == "ok"


def test_release_lets_a_held_document_be_found(tmp_path: Path) -> None:
    (tmp_path / "名单.txt").write_text(TEXT, "utf-8")
    assert gongkai("run", "--once", folder=tmp_path).returncode == 0
    assert gongkai("upload", str(tmp_path / "名单.txt"), folder=tmp_path).returncode == 0
    gongkai("run", "--once", folder=tmp_path)
    status = gongkai("status", folder=tmp_path)
    assert "held: 名单.txt" in status.stdout
    assert NUMBER not in status.stdout
    assert "名单.txt" not in gongkai("search", "银杏", folder=tmp_path).stdout
    released = gongkai("release", "名单.txt", folder=tmp_path)
    assert released.returncode == 0, released.stderr
    gongkai("run", "--once", folder=tmp_path)
    assert "名单.txt" in gongkai("search", "银杏", folder=tmp_path).stdout
    again = gongkai("release", "名单.txt", folder=tmp_path)
    assert (again.returncode, again.stderr) == (1, "名单.txt: it is not held; its state is indexed\n")
