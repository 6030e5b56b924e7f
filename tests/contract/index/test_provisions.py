"""An article of a law asked for by name comes before those that cite it; an everyday name finds the official one."""

from schemas.queries import Query
from search.protocol import Index
from search.query.numbers.numerals import spell_number
from tests.support.index_contents import add, keys_of

LAWS = ("网络安全法", "个人信息保护法", "老年人优待办法", "城镇燃气管理条例", "土地管理法", "政府信息公开条例")
ARTICLES = (1, 3, 9, 12, 15, 20, 21, 30, 47, 62)
WRITTEN = ("{law}第{spelled}条", "{law} 第{spelled}条", "《中华人民共和国{law}》第{number}条", "{law}第{number}条")
NAMES = {
    line.split(" => ")[0]: line.split(" => ")[1]
    for line in """公租房 => 公共租赁住房
廉租房 => 廉租住房
经适房 => 经济适用住房
保租房 => 保障性租赁住房
共有产权房 => 共有产权住房
低保 => 最低生活保障
长护险 => 长期护理保险
个税 => 个人所得税
土增税 => 土地增值税
车购税 => 车辆购置税
城建税 => 城市维护建设税
残保金 => 残疾人就业保障金
社保卡 => 社会保障卡
新农合 => 新型农村合作医疗
新农保 => 新型农村社会养老保险
居民医保 => 城乡居民基本医疗保险
职工医保 => 职工基本医疗保险
失业金 => 失业保险金
工伤险 => 工伤保险
生育险 => 生育保险
五保户 => 特困人员
棚改 => 棚户区改造
旧改 => 老旧小区改造
高新企业 => 高新技术企业
规上企业 => 规模以上企业
小微企业 => 小型微型企业
个体户 => 个体工商户
农合社 => 农民专业合作社
环评 => 环境影响评价
能评 => 节能审查
安评 => 安全评价
稳评 => 社会稳定风险评估
招投标 => 招标投标
政采 => 政府采购
公益岗 => 公益性岗位
国企 => 国有企业
央企 => 中央企业
计生 => 计划生育
老年证 => 老年人优待证
残疾证 => 残疾人证""".splitlines()
}


def test_the_article_of_a_law_comes_before_those_that_cite_it(index: Index) -> None:
    asked = []
    for place, law in enumerate(LAWS):
        title = law if place % 2 else f"中华人民共和国{law}"
        for number in ARTICLES:
            label = f"第{spell_number(number)}条"
            text = f"有关单位和个人应当遵守本{law[-2:]}的规定,具体要求由主管部门制定。"
            add(index, f"{law}/{number}", text, title=title, number=label, heading=None, path=(label,))
            cites = f"根据《{law}》{label},违反《{law}》{label}的,依照{law}{label}处理。"
            add(index, f"citing/{law}/{number}", cites, title=f"关于{law}{label}的答复", path=("一、答复",))
            asked.append(
                (WRITTEN[number % 4].format(law=law, spelled=spell_number(number), number=number), law, number)
            )
    index.refresh()
    first = [keys_of(index.search(Query(typed)))[:1] == [f"{law}/{number}"] for typed, law, number in asked]
    assert len(first) == 60
    assert sum(first) / len(first) >= 0.95


def test_an_everyday_name_finds_the_official_one_first(index: Index) -> None:
    for name, official in NAMES.items():
        add(index, official, f"本市{official}工作由主管部门负责,申请人应当提交材料。", title=None)
        add(index, f"other {name}", "住房、税收、保险和企业的申请材料由窗口受理。", title=None)
    index.refresh()
    first = [keys_of(index.search(Query(f"{name}申请")))[:1] == [official] for name, official in NAMES.items()]
    assert len(first) == 40
    assert sum(first) / len(first) >= 0.95
