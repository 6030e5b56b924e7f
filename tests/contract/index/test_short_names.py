"""Short names learnt from the texts of a collection and confirmed by a person find what bears the full name, first."""

from pathlib import Path

from ops.maintenance.words.synonyms import learn, propose
from schemas.queries import Query
from search.open import WordFiles, open_index
from search.protocol import Index
from search.query.synonyms import PROPOSED
from tests.support.index_contents import add, keys_of
from tests.support.indexes import Address

SAMPLES = Path(__file__).parents[2] / "samples" / "short_names" / "definitions.tsv"
# Of laws and regulations in force: the short name, what it is short for, the sentence that says so.
DEFINED = [tuple(line.split("\t")) for line in SAMPLES.read_text("utf-8").splitlines()]
# Where is looked: among texts that bear the full name alone.
ASKED = "检索/"


def fill(index: Index) -> None:
    for number, (short, full, sentence) in enumerate(DEFINED):
        add(index, f"定义/{number}", sentence, title=None)
        add(index, f"{ASKED}全称/{number}", f"本市{full}方面的工作由主管部门负责,结果向社会公布。", title=None)
        # The characters of the short name, not side by side.
        add(
            index,
            f"{ASKED}其他/{number}",
            "、".join(short) + "等字样不得用作企业名称,工作结果由主管部门公布。",
            title=None,
        )
    index.refresh()


def confirm(text: str) -> str:
    return "\n".join(line.removeprefix(PROPOSED) for line in text.splitlines())


def test_short_names_are_proposed_and_none_is_used_before_it_is_confirmed(
    index: Index, address: Address, tmp_path: Path
) -> None:
    fill(index)
    proposals = {one.short: one for one in learn(index)}
    right = [proposals[short].full == full for short, full, _ in DEFINED if short in proposals]
    assert sum(right) / len(DEFINED) >= 0.95
    file = tmp_path / "synonyms.txt"
    file.write_text(propose("", list(proposals.values())), "utf-8")
    searcher = open_index(address.url, prefix=address.prefix, words=WordFiles(synonyms=file))
    contractions = [(number, short) for number, (short, full, _) in enumerate(DEFINED) if short not in full]
    asked = [(f"{short} 工作", f"{ASKED}全称/{number}") for number, short in contractions]
    assert len(asked) == 40
    before = [keys_of(searcher.search(Query(text, prefix=ASKED)))[:1] == [key] for text, key in asked]
    file.write_text(confirm(file.read_text("utf-8")), "utf-8")
    after = [keys_of(searcher.search(Query(text, prefix=ASKED)))[:1] == [key] for text, key in asked]
    searcher.close()
    assert sum(before) < sum(after)
    assert sum(after) / len(after) >= 0.95
