"""Scoring documents against their gold, and learning from them, on documents made for the test."""

import json
from pathlib import Path
from types import ModuleType

import pytest
from typer.testing import CliRunner

from ops.bench.quality import end_fit, heading_fit, title_fit
from ops.bench.quality.gold import GoldError, read_gold
from ops.bench.quality.sameness import same
from ops.bench.quality.stage_run import read_clean
from ops.bench.quality.weights import weights_module
from ops.cli.app import make_app
from workers.extract.outline.judgement.ends import SLOTS

TEXT = "现将有关事项通知如下，请各单位结合实际认真贯彻执行，执行中的问题请及时反馈。"
PAPER = (
    f"关于做好档案工作的通知\n各单位：\n{TEXT}\n一、工作目标\n{TEXT}\n二、工作要求\n{TEXT}\n甲市档案局\n2024年3月5日"
)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    files = tmp_path / "files"
    files.mkdir()
    (files / "notice.txt").write_text(PAPER, "utf-8")
    (files / "wrong.txt").write_text(PAPER, "utf-8")
    right = {
        "kind": "通知", "title": "关于做好档案工作的通知", "issuer": "甲市档案局", "date_signed": "2024-03-05",
        "outline": [[1, "一", "工作目标"], [1, "二", "工作要求"]],
    }  # fmt: skip
    wrong = {
        **right,
        "accept": {"title": ["另一标题"], "doc_no": [None]},
        "outline": [[1, "一、", "工作目标"], [1, "三、", "附则"]],
    }
    rows = [{"file": "notice.txt", **right}, {"file": "wrong.txt", **wrong}]
    (tmp_path / "gold.json").write_text(json.dumps(rows, ensure_ascii=False), "utf-8")
    return tmp_path


def test_documents_are_scored_by_kind_and_format(folder: Path) -> None:
    done = CliRunner().invoke(make_app(), ["bench", "quality", str(folder), "--json"])
    assert done.exit_code == 0
    figures = json.loads(done.stdout)
    assert set(figures) == {"all", "format txt", "kind 通知"}
    assert figures["all"]["documents"] == 2
    assert (figures["all"]["title"], figures["all"]["issuer"], figures["all"]["document_number"]) == (0.5, 1.0, 1.0)
    assert (figures["all"]["outline_precision"], figures["all"]["outline_recall"]) == (0.75, 0.75)


def test_the_worst_are_listed_with_what_the_reading_was_taken_from(folder: Path) -> None:
    done = CliRunner().invoke(make_app(), ["bench", "quality", str(folder)])
    worst = done.stdout[done.stdout.index("wrong.txt") :]
    assert "title: read 关于做好档案工作的通知, right 另一标题  body" in worst
    assert "kind" in worst
    assert "outline: read 二、工作要求, right None" in worst
    assert "notice.txt:" not in done.stdout


def test_a_folder_without_gold_is_named(tmp_path: Path) -> None:
    with pytest.raises(GoldError, match="neither gold"):
        read_gold(tmp_path)
    (tmp_path / "gold.json").write_text('[{"title": "x"}]', "utf-8")
    with pytest.raises(GoldError, match="cannot be read"):
        read_gold(tmp_path)
    assert CliRunner().invoke(make_app(), ["bench", "quality", str(tmp_path)]).exit_code == 1


def test_readings_are_the_same_whatever_their_width_script_and_white_space() -> None:
    assert same("關於〔2024〕3號　通知。", "关于[2024]3号 通知")
    assert not same("关于通知", None)
    assert same(None, None)


def test_what_is_learnt_puts_the_right_title_first() -> None:
    kind, plain = {"kind": 1.0}, {"later": 1.0}
    learnt_from = [title_fit.Example([kind, plain], [True, False], 1.0)] * 3
    weights = title_fit.learn(learnt_from)
    assert title_fit.score(kind, weights) > title_fit.score(plain, weights)
    assert title_fit.first_right(learnt_from, weights) == (3.0, 3.0)


def test_what_is_learnt_tells_a_heading_from_a_sentence() -> None:
    heading, sentence = {"short": 1.0, "bold": 1.0}, {"ends_list": 1.0}
    learnt_from = [heading_fit.Example(heading, True, 1.0), heading_fit.Example(sentence, False, 1.0)] * 4
    weights = heading_fit.learn(learnt_from)
    assert heading_fit.judged_rightly(learnt_from, weights) == (1.0, 0.5)


WRITTEN = Path(__file__).parents[4] / "workers/extract/record/title/weights.py"


def test_weights_are_written_as_a_module_the_heaviest_first() -> None:
    module: dict[str, dict[str, float]] = {}
    written = weights_module("a title", "title_fit", {"late": -0.5, "first": 1.25})
    exec(compile(written, "weights.py", "exec"), module)
    assert list(module["WEIGHTS"].items()) == [("first", 1.25), ("late", -0.5)]
    assert written.splitlines()[0] == WRITTEN.read_text("utf-8").splitlines()[0]


@pytest.mark.parametrize("fit", [title_fit, heading_fit])
def test_what_is_learnt_is_told_by_source_and_as_a_module(fit: ModuleType, folder: Path) -> None:
    documents = list(read_clean(read_gold(folder)))
    report = fit.report({"one": fit.examples(documents), "two": fit.examples(documents)})
    assert [line.split(":")[0] for line in report.splitlines()[:2]] == ["# one", "# two"]
    assert "WEIGHTS: dict[str, float] = {" in report


def test_where_headings_end_is_learnt_from_documents_without_their_line_breaks(folder: Path) -> None:
    found = end_fit.examples(read_clean(read_gold(folder)))
    assert [(example.text[: example.end], example.text[example.end :][:5]) for example in found[:2]] == [
        ("工作目标", TEXT[:5]),
        ("工作要求", TEXT[:5]),
    ]
    table = end_fit.learn(found)
    assert end_fit.end_rightly(found, table) == (len(found), len(found))
    assert len(end_fit.pack(table)) == SLOTS
