"""Why a hit was found, in words."""

from schemas.queries import Query
from search.protocol import Index
from tests.support.index_contents import add


def test_reasons_are_given_only_where_asked_for(index: Index) -> None:
    add(index, "a", "预算公开")
    index.refresh()
    hit = index.search(Query("预算")).hits[0]
    assert (hit.reasons, hit.sections[0].reasons) == ((), ())
    hit = index.search(Query("预算", explain=True)).hits[0]
    assert hit.sections[0].reasons == ("正文里有“预算”。",)


def test_reasons_name_words_phrases_title_and_number(index: Index) -> None:
    add(
        index,
        "a",
        "无关",
        "财政预算应当公开",
        title="关于预算公开的通知",
        document_number="国办发〔2017〕42号",
        path=("一、预算管理",),
    )
    index.refresh()

    def reasons(text: str) -> str:
        hit = index.search(Query(text, explain=True)).hits[0]
        return "\n".join([*hit.reasons, *(each for section in hit.sections for each in section.reasons)])

    assert "文号就是“国办发〔2017〕42号”" in reasons("国办发[2017]42号")
    assert "标题与所查完全相同" in reasons("关于预算公开的通知")
    assert "标题里有“预算”" in reasons("预算")
    assert "小标题里有“预算”" in reasons("预算 管理")
    assert "“政预算应当”在正文里原样出现" in reasons('"政预算应当"')
    assert "“预算公开”在标题里按原来的顺序连在一起" in reasons("预算公开")
    assert "没有原样出现：“环境”" in reasons("预算 环境")
