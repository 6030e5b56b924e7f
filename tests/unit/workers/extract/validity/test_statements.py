"""Statements of repeal and amendment against hand-made texts: precision at least 0.97, recall at least 0.9.

A right answer is (change, title or number, provisions, date); what is planned, conditional or about a topic is none.
"""

import pytest

from schemas.office.validity import Change
from workers.extract.grammar.lines import Line
from workers.extract.validity.reader import read_statements

REPEALS, PART, AMENDS, KEEPS = Change.REPEALS, Change.REPEALS_PART, Change.AMENDS, Change.KEEPS

# text, what it says: (change, title or 文号)
SENTENCES: list[tuple[str, list[tuple[Change, str]]]] = [
    ("本办法自2020年3月1日起施行，《某市公共租赁住房管理办法》同时废止。", [(REPEALS, "某市公共租赁住房管理办法")]),
    ("本条例自公布之日起施行。2007年4月5日公布的《某省信息公开规定》同时废止。", [(REPEALS, "某省信息公开规定")]),
    (
        "本通知自印发之日起执行，原《关于加强收费管理的通知》（某政办发〔2012〕31号）同时废止。",
        [(REPEALS, "关于加强收费管理的通知")],
    ),
    (
        "《甲办法》（某政发〔2010〕5号）、《乙办法》（某政发〔2011〕6号）和《丙办法》同时废止。",
        [(REPEALS, "甲办法"), (REPEALS, "乙办法"), (REPEALS, "丙办法")],
    ),
    ("决定废止《某县城市房屋拆迁管理办法》。", [(REPEALS, "某县城市房屋拆迁管理办法")]),
    (
        "经市政府第12次常务会议研究，决定废止《某市户外广告管理规定》和《某市犬类管理办法》。",
        [(REPEALS, "某市户外广告管理规定"), (REPEALS, "某市犬类管理办法")],
    ),
    ("现宣布《某区招商引资优惠政策》失效。", [(REPEALS, "某区招商引资优惠政策")]),
    ("自本文件施行之日起，某政办发〔2014〕88号文件停止执行。", [(REPEALS, "某政办发〔2014〕88号")]),
    ("某人社发〔2016〕12号同时废止。", [(REPEALS, "某人社发〔2016〕12号")]),
    ("《某市最低生活保障实施细则》自2021年7月1日起停止执行。", [(REPEALS, "某市最低生活保障实施细则")]),
    ("现将《关于公布行政事业性收费项目的通知》予以废止。", [(REPEALS, "关于公布行政事业性收费项目的通知")]),
    ("《关于调整水价的通知》自2019年1月1日起不再执行。", [(REPEALS, "关于调整水价的通知")]),
    ("《某市出租汽车管理办法》第三条、第五条不再执行。", [(PART, "某市出租汽车管理办法")]),
    ("《某市人才引进办法》中与本意见不一致的规定停止执行。", [(PART, "某市人才引进办法")]),
    ("废止《某省实施办法》第十二条第二款。", [(PART, "某省实施办法")]),
    ("《关于减免税费的通知》附件2同时废止。", [(PART, "关于减免税费的通知")]),
    ("对《某市政府采购管理办法》作如下修改：", [(AMENDS, "某市政府采购管理办法")]),
    ("决定对《某省气象灾害防御条例》作出修改。", [(AMENDS, "某省气象灾害防御条例")]),
    ("将《某市公园条例》第八条修改为：“公园应当免费开放。”", [(AMENDS, "某市公园条例")]),
    ("某市人民政府决定修改《某市养犬管理规定》，现予公布。", [(AMENDS, "某市养犬管理规定")]),
    ("《某市物业管理办法》予以修改。", [(AMENDS, "某市物业管理办法")]),
    ("《某市档案管理办法》继续有效。", [(KEEPS, "某市档案管理办法")]),
    ("根据《中华人民共和国行政许可法》，市政府决定废止《某市暂住人口管理规定》。", [(REPEALS, "某市暂住人口管理规定")]),
    ("依据《某省规章制定程序规定》，《某市渡口管理办法》自2022年5月1日起废止。", [(REPEALS, "某市渡口管理办法")]),
    (
        "本规定由市财政局负责解释，自2018年1月1日起施行，《某市差旅费管理办法》（某财行〔2014〕9号）同时停止执行。",
        [(REPEALS, "某市差旅费管理办法")],
    ),
    ("《某县殡葬管理暂行办法》等规定同时废止。", [(REPEALS, "某县殡葬管理暂行办法")]),
    ("本办法施行后，《某市食盐专营办法》即行废止。", [(REPEALS, "某市食盐专营办法")]),
    ("《某市粮食流通规定》已于2020年6月30日废止。", [(REPEALS, "某市粮食流通规定")]),
    ("原《某市公墓管理办法》同时作废。", [(REPEALS, "某市公墓管理办法")]),
    ("本办法取代《某市地名管理暂行规定》。", [(REPEALS, "某市地名管理暂行规定")]),
    ("删去《某省体育条例》第十七条。", [(AMENDS, "某省体育条例")]),
    ("此前印发的《某市网约车管理细则》（某交〔2017〕3号）即日起废止。", [(REPEALS, "某市网约车管理细则")]),
    # nothing is said of a document
    ("某公司《营业执照》遗失，声明作废。", []),
    ("要坚决贯彻废止劳动教养制度的决定精神。", []),
    ("全国人大常委会通过了《关于废止有关劳动教养法律规定的决定》。", []),
    ("拟废止《某市集贸市场管理办法》，现征求意见。", []),
    ("拟对《某市节水条例》进行修改。", []),
    ("建议废止《某县燃放烟花爆竹规定》。", []),
    ("《某市绿化条例》被废止的，依其作出的决定应当重新审查。", []),
    ("如《某市临时救助办法》废止，按新规定执行。", []),
    ("《某市测绘管理办法》应当及时修改。", []),
    ("《某市消防条例》未被废止。", []),
    ("根据《某市行政规范性文件管理办法》的规定，现将清理结果公布如下。", []),
    ("根据《关于废止和修改部分规章的决定》，进一步做好清理工作。", []),
    ("修改后的《某市环境保护条例》自2020年1月1日起施行。", []),
    ("《某市建筑市场管理条例》废止后，相关事项按上位法执行。", []),
    ("依照《某省道路运输条例》规定，逾期不办理的，道路运输证自动失效。", []),
    ("凡以前规定与本办法不一致的，以本办法为准。", []),
    ("按照《立法法》开展法规规章立改废释工作，全年修改3件、废止5件。", []),
    ("是否废止《某市价格调节基金办法》，由市政府决定。", []),
    ("认真学习《中华人民共和国宪法》，不得自行停止执行上级决定。", []),
]  # fmt: skip

NUMBER_TABLE = (
    ("序号", "文件名称", "文号", "备注"),
    ("1", "关于加强矿产资源管理的通知", "某政发〔2003〕11号", ""),
    ("2", "某市政府投资项目管理办法", "某政发〔2005〕24号", ""),
)
RESULT_TABLE = (
    ("序号", "文件名称", "文号", "清理意见"),
    ("1", "某市科技奖励办法", "某政发〔2008〕1号", "继续有效"),
    ("2", "某市墙体材料管理办法", "某政发〔2009〕2号", "废止"),
    ("3", "某市旅馆业管理办法", "某政发〔2010〕3号", "修改"),
    ("4", "某市水利工程管理办法", "某政发〔2011〕4号", "拟废止"),
)
DOCUMENTS: list[tuple[str | None, list[Line], list[tuple[Change, str]]]] = [
    (
        "某市人民政府关于废止部分规范性文件的通知",
        [Line("经研究，决定废止2件规范性文件，现予公布。"), Line("", table=True, rows=NUMBER_TABLE)],
        [(REPEALS, "关于加强矿产资源管理的通知"), (REPEALS, "某市政府投资项目管理办法")],
    ),
    (
        "某市人民政府关于规范性文件清理结果的公告",
        [Line("", table=True, rows=RESULT_TABLE)],
        [(KEEPS, "某市科技奖励办法"), (REPEALS, "某市墙体材料管理办法"), (AMENDS, "某市旅馆业管理办法")],
    ),
    (
        "某县人民政府关于公布规范性文件清理结果的决定",
        [
            Line("一、决定废止的规范性文件（2件）"),
            Line("1．《某县城市供水办法》（某政发〔2004〕7号）"),
            Line("2．《某县畜牧业发展规定》（某政发〔2006〕9号）"),
            Line("二、继续有效的规范性文件（1件）"),
            Line("1．《某县植树规定》（某政发〔2009〕3号）"),
        ],
        [(REPEALS, "某县城市供水办法"), (REPEALS, "某县畜牧业发展规定"), (KEEPS, "某县植树规定")],
    ),
    ("某市人民政府关于废止《某市屠宰管理办法》的决定", [Line("现予公布。")], [(REPEALS, "某市屠宰管理办法")]),
    ("《某市屠宰管理办法》废止草案的说明", [Line("现作说明。")], []),
    (
        "关于拟废止规范性文件征求意见的公告",
        [Line("拟废止的规范性文件目录："), Line("1．《某县浴池管理规定》（某政发〔2001〕1号）")],
        [],
    ),
    (
        None,
        [
            Line("下列文件自本通知印发之日起停止执行："),
            Line("（一）《某区信访办法》；"),
            Line("（二）《某区会议制度》。"),
        ],
        [(REPEALS, "某区信访办法"), (REPEALS, "某区会议制度")],
    ),
]


def _found(lines: list[Line], title: str | None = None) -> list[tuple[Change, str]]:
    return [(one.change, one.title or one.number or "") for one in read_statements(lines, title)]


def test_statements_are_found_with_the_precision_and_recall_that_were_asked_for() -> None:
    right = wrong = missed = 0
    cases = [(None, [Line(text)], expected) for text, expected in SENTENCES] + DOCUMENTS
    for title, lines, expected in cases:
        found = _found(lines, title)
        right += len([one for one in found if one in expected])
        wrong += len([one for one in found if one not in expected])
        missed += len([one for one in expected if one not in found])
    assert right + missed >= 40
    assert right / (right + wrong) >= 0.97
    assert right / (right + missed) >= 0.9


@pytest.mark.parametrize(("text", "expected"), SENTENCES)
def test_each_sentence(text: str, expected: list[tuple[Change, str]]) -> None:
    assert _found([Line(text)]) == expected


@pytest.mark.parametrize(("title", "lines", "expected"), DOCUMENTS)
def test_lists_and_tables(title: str | None, lines: list[Line], expected: list[tuple[Change, str]]) -> None:
    assert _found(lines, title) == expected


@pytest.mark.parametrize(
    ("text", "since"),
    [
        ("《某市最低生活保障实施细则》自2021年7月1日起停止执行。", "2021-07-01"),
        ("本办法自2020年3月1日起施行，《某市公共租赁住房管理办法》同时废止。", "2020-03-01"),
        ("决定废止《某县城市房屋拆迁管理办法》。", None),
        ("2007年4月5日公布的《某省信息公开规定》同时废止。", None),
    ],
)
def test_the_date_is_that_of_the_end_not_of_the_document_named(text: str, since: str | None) -> None:
    assert [one.since for one in read_statements([Line(text)])] == [since]


def test_number_and_provisions_are_read_with_the_title() -> None:
    (found,) = read_statements([Line("《某市出租汽车管理办法》（某政发〔2012〕3号）第三条、第五条同时废止。")])
    assert (found.number, found.provisions) == ("某政发〔2012〕3号", ("第三条", "第五条"))
    assert "第五条同时废止" in found.evidence
