"""``gongkai furniture``: what is learnt is shown, and taken away after a person has confirmed it."""

import json
from pathlib import Path

from tests.support.command_line import gongkai

MENU = "银杏县门户 智慧导航"


def test_learn_list_confirm_and_reject(tmp_path: Path) -> None:
    pages = tmp_path / "银杏县"
    pages.mkdir()
    for n in range(1, 6):
        text = f"关于第{n}项工作的通知\n{MENU}\n\n一、落实责任。各单位要认真落实第{n}项任务，有计划、有布置、有检查。\n"
        (pages / f"{n}.txt").write_text(text, "utf-8")
    assert gongkai("run", "--once", folder=tmp_path).returncode == 0
    assert gongkai("upload", str(pages), folder=tmp_path).returncode == 0
    gongkai("run", "--once", folder=tmp_path)
    learnt = gongkai("furniture", "learn", folder=tmp_path)
    assert (learnt.returncode, MENU in learnt.stdout) == (0, True), learnt.stderr
    assert "1 lines recur in 5 documents" in learnt.stderr
    (line,) = json.loads(gongkai("furniture", "list", "--json", folder=tmp_path).stdout)
    assert (line["line"], line["documents"], line["state"]) == (MENU, 5, "learnt")
    confirmed = gongkai("furniture", "confirm", line["id"], folder=tmp_path)
    assert "5 documents concerned; they are worked on again at the next sweep" in confirmed.stderr
    gongkai("run", "--once", folder=tmp_path)
    assert MENU not in gongkai("search", "“智慧导航”", folder=tmp_path).stdout
    rejected = gongkai("furniture", "reject", line["id"], folder=tmp_path)
    assert (rejected.returncode, "rejected" in rejected.stdout) == (0, True)
    assert gongkai("furniture", "confirm", "00000000", folder=tmp_path).returncode == 1
