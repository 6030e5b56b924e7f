"""The measurement of relevance gives full marks to the right section and none to another."""

import json
from pathlib import Path

from typer.testing import CliRunner

from ops.cli.app import make_app

SECTIONS = [
    {"id": "1", "law": "档案法", "article": "第一条", "text": "档案馆应当妥善保管银杏档案。"},
    {"id": "2", "law": "档案法", "article": "第二条", "text": "查阅者应当出示证件。"},
    {"id": "3", "law": "公路法", "article": "第一条", "text": "公路由交通主管部门养护。"},
]


def test_the_right_section_counts_and_another_does_not(tmp_path: Path) -> None:
    lines = [json.dumps(section, ensure_ascii=False) for section in SECTIONS]
    (tmp_path / "corpus.jsonl").write_text("\n".join(lines), "utf-8")
    (tmp_path / "queries.tsv").write_text("7\t银杏档案保管\n8\t公路养护\n", "utf-8")
    (tmp_path / "qrels.tsv").write_text("7\t0\t1\t1\n8\t0\t2\t1\n", "utf-8")
    done = CliRunner().invoke(make_app(), ["bench", "relevance", "--documents", str(tmp_path)])
    assert done.exit_code == 0, done.output
    found = json.loads(done.stdout)
    assert (found["ndcg@10 odd"], found["recall@10 odd"]) == (1.0, 1.0)
    assert found["ndcg@10 even"] == found["recall@10 even"] == 0.0


def test_without_judgements_it_is_wrong_use(tmp_path: Path) -> None:
    assert CliRunner().invoke(make_app(), ["bench", "relevance", "--documents", str(tmp_path)]).exit_code == 2
