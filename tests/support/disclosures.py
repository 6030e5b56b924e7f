"""Made-up disclosure documents for the index tests: seeded, so that a scan over them is the truth."""

import random
from dataclasses import replace

from schemas.outcomes import State
from schemas.records import ArticleSummary, DocumentRecord, SectionRow, document_id

SENTENCES = """
春夏县人民政府办公室组织领导政府信息公开工作,明确专人负责日常事务。
全年主动公开政府信息1268条,其中通过政府网站公开1059条,通过政务微博公开209条。
各乡镇(街道)和县直各部门要按照“谁公开、谁负责”的原则落实保密审查。
收到依申请公开政府信息申请37件,均按时办结,没有收取任何费用。
因政府信息公开被申请行政复议2件,提起行政诉讼0件。
根据《中华人民共和国政府信息公开条例》第二十条的规定,现公布本机关年度报告。
财政预决算、“三公”经费和重大建设项目批准和实施信息及时公开。
推进行政审批制度改革,取消和下放行政许可事项45项,精简率达32.5%。
环境空气质量优良天数比例为87.6%,PM2.5平均浓度同比下降6.1%。
研究生命科学的高等院校应当公开科研经费的使用情况。
南京市长江大桥维修工程的招标投标信息已在公共资源交易平台发布。
对群众反映强烈的征地拆迁、食品药品安全、安全生产等问题,第一时间回应社会关切。
存在的主要问题:一是公开内容不够全面;二是公开时效性有待加强;三是队伍建设仍需推进。
下一步将加大督查考核力度,把政务公开工作纳入年度目标责任制考核体系。
按照国办发〔2017〕42号文件要求,编制基层政务公开标准目录。
编号为NB/T 10097-2018的标准自2019年3月1日起实施,咨询电话0755-8321XXXX。
乾县和瞭望塔社区联合开展了“政府开放日”活动,邀请人大代表、政协委员参加。
完善新闻发言人制度,全年召开新闻发布会12次,参加媒体记者80余人次。
城乡居民基本养老保险参保率98.7%,累计发放养老金1.3亿元。
😀政务新媒体互动留言回复率100%,平均回复时间1.5个工作日。
""".strip().splitlines()
HEADINGS = ("基本情况", "主动公开情况", "依申请公开情况", "行政复议和诉讼情况", "存在的问题和改进措施")
NUMERALS = "一二三四五六七八九十"


def section_text(dice: random.Random, *, sentences: int = 4) -> str:
    """Return a paragraph or two."""
    picked = dice.choices(SENTENCES, k=sentences)
    return "".join(picked[:2]) + "\n" + "".join(picked[2:])


def row_of(key: str, article: int, ordinal: int, text: str, **fields: object) -> SectionRow:
    """Return a row; 0 is the preamble."""
    heading = HEADINGS[ordinal % len(HEADINGS)] if ordinal else None
    number = f"{NUMERALS[ordinal % 10 - 1]}、" if ordinal else None
    made = SectionRow(
        id=f"{document_id(key)}-{article}-{ordinal}",
        document_id=document_id(key),
        key=key,
        article=article,
        ordinal=ordinal,
        level=1 if ordinal else 0,
        number=number,
        heading=heading,
        path=(f"{number}{heading}",) if ordinal else (),
        text=text,
        title="春夏县政府信息公开工作年度报告",
        format="txt",
    )
    return replace(made, **fields)  # type: ignore[arg-type]


def rows_of(key: str, count: int, *, seed: int = 0, article: int = 0, **fields: object) -> list[SectionRow]:
    """Return ``count`` rows of random text."""
    dice = random.Random(f"{seed} {key} {article}")
    return [row_of(key, article, ordinal, section_text(dice), **fields) for ordinal in range(count)]


def record_of(key: str, rows: list[SectionRow] | None = None, **fields: object) -> DocumentRecord:
    """Return the record that goes with ``rows``."""
    counts: dict[int, int] = {}
    for row in rows or ():
        counts[row.article] = counts.get(row.article, 0) + 1
    made = DocumentRecord(
        id=document_id(key),
        key=key,
        etag=f"etag of {key}",
        state=State.INDEXED,
        articles=tuple(ArticleSummary(ordinal=ordinal, title=None, sections=n) for ordinal, n in counts.items()),
        sections=len(rows or ()),
        stages={"convert": 1, "index": 2},
    )
    return replace(made, **fields)  # type: ignore[arg-type]
