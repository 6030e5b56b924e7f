from tests.support.builders.clean_documents import read, rows

TEXT = "2009年，我城区多次召开专题会议，研究部署政务信息公开工作，成立了领导小组，负责组织、指导、协调、督促等工作。"


def test_headings_inside_one_long_line_are_cut_out() -> None:
    article = read(
        "工作总结和工作计划", f"现将工作情况汇报如下： 一、加强组织领导 {TEXT} 二、完善相关制度，健全机制 {TEXT}"
    )
    assert rows(article.sections) == [(1, "一、", "加强组织领导"), (1, "二、", "完善相关制度，健全机制")]
    assert article.preamble == "现将工作情况汇报如下："
    assert article.sections[1].text == TEXT


def test_headings_without_any_space_are_cut_out_behind_full_stops() -> None:
    line = f"本报告分三部分。一、总体情况 {TEXT}（一）主动公开方面。{TEXT}（二）依申请公开方面。{TEXT}二、问题 {TEXT}"
    assert [section.number for section in read("年度报告", line).sections] == ["一、", "（一）", "（二）", "二、"]


def test_an_enumeration_in_a_sentence_is_not_cut() -> None:
    line = "申请公开应当包括：（1）姓名、联系方式；（2）内容描述；（3）形式要求，并按照第二十条第（一）项的规定办理。"
    assert read("公开指南", line).sections == ()


def test_a_lone_number_in_a_line_begins_nothing() -> None:
    assert read("总结", f"{TEXT} 一、加强领导 {TEXT}").sections == ()


def test_numbers_inside_a_quotation_are_not_cut() -> None:
    line = f"会议指出：“要做好以下工作。一、加强领导。{TEXT}二、健全制度。{TEXT}”会议要求抓好落实。"
    assert read("会议纪要", line).sections == ()


def test_rows_of_a_flattened_table_are_no_sections() -> None:
    line = (
        f"{TEXT} 三、收到和处理政府信息公开申请情况 申请人情况 总计 一、本年新收政府信息公开申请数量 713000074"
        "二、上年结转政府信息公开申请数量 1000001 四、政府信息公开行政复议、行政诉讼情况 0 1 1 0"
        f" 五、存在的主要问题及改进情况 {TEXT}"
    )
    article = read("年度报告", f"一、总体情况 {TEXT}", f"二、主动公开政府信息情况第二十条第（一）项 规章 0 0 0{line}")
    assert [section.heading for section in article.sections] == [
        "总体情况",
        "主动公开政府信息情况",
        "收到和处理政府信息公开申请情况",
        "政府信息公开行政复议、行政诉讼情况",
        "存在的主要问题及改进情况",
    ]


def test_a_table_behind_the_closing_date_of_a_flattened_page_is_a_section() -> None:
    line = f"{TEXT} 二○一四年一月十日 平潭综合实验区政府信息公开情况统计表 指标名称 计量单位 主动公开信息数 条 72804"
    article = read("年度报告", line)
    assert [section.heading for section in article.sections] == ["平潭综合实验区政府信息公开情况统计表"]
    assert article.signed_on == "2014-01-10"
