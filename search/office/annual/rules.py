"""What is checked of an annual report, and the paragraphs it rests on."""

from schemas.office.bases import OLD_REPORT_FORM, regulation, report_form
from schemas.office.findings import Rule, Severity

_TABLE_THREE = report_form("三、收到和处理政府信息公开申请情况")
_TABLE_FOUR = report_form("四、政府信息公开行政复议、行政诉讼情况")
_TABLE_TWO = report_form("二、主动公开政府信息情况")

BALANCE = Rule("annual.balance", "第一项加第二项之和等于第三项加第四项之和", Severity.ERROR, (_TABLE_THREE,))
RESULTS = Rule("annual.results", "办理结果各项之和等于（七）总计", Severity.ERROR, (_TABLE_THREE,))
ROW_TOTAL = Rule("annual.row-total", "各类申请人之和等于总计", Severity.ERROR, (_TABLE_THREE,))
DISPUTES = Rule("annual.disputes", "复议、诉讼各项结果之和等于总计", Severity.ERROR, (_TABLE_FOUR,))
CELL = Rule("annual.cell", "表中每格填写数字，没有的填 0", Severity.ERROR, (_TABLE_THREE, _TABLE_FOUR))
LAYOUT = Rule("annual.layout", "表格的行列与格式一致", Severity.ERROR, (report_form(""),))
CHAPTERS = Rule(
    "annual.chapters", "六个部分齐全、次序不变", Severity.ERROR, (regulation("第五十条"), report_form("一、报告内容"))
)
PROBLEMS = Rule(
    "annual.problems",
    "存在的主要问题及改进情况不得空缺",
    Severity.ERROR,
    (regulation("第五十条第（五）项"), report_form("五、存在的主要问题及改进情况")),
)
FEE = Rule("annual.fee", "其他需要报告的事项说明信息处理费", Severity.ERROR, (report_form("六、其他需要报告的事项"),))
YEAR = Rule("annual.year", "正文所称年份为报告年度", Severity.ERROR, (regulation("第五十条"),))
PROSE = Rule("annual.prose", "正文数字与表中一致", Severity.ERROR, (report_form(""),))
FORM = Rule("annual.form", "按报告年度使用相应格式", Severity.ERROR, (report_form(""), OLD_REPORT_FORM))
UNREADABLE = Rule("annual.unreadable", "表中数字连写，读不出各格", Severity.NOTICE, (report_form(""),))

CARRIED_OVER = Rule("annual.carried-over", "上年结转等于上一年的结转下年度", Severity.ERROR, (_TABLE_THREE,))
IN_FORCE = Rule("annual.in-force", "现行有效等于上年现行有效加制发减废止", Severity.ERROR, (_TABLE_TWO,))
MISSING = Rule("annual.missing", "按时公布年度报告", Severity.ERROR, (regulation("第四十九条"),))
LATE = Rule("annual.late", "年度报告晚于期限公布", Severity.ERROR, (regulation("第四十九条"),))
UNITS = Rule("annual.units", "各单位之和与政府报告一致（本系统提出，供复核）", Severity.WARNING, (_TABLE_THREE,))
HELD = Rule("annual.held", "现行有效件数与文件库所存一致（本系统提出，供复核）", Severity.NOTICE, (_TABLE_TWO,))

ANNUAL_RULES = (
    BALANCE, RESULTS, ROW_TOTAL, DISPUTES, CELL, LAYOUT, CHAPTERS, PROBLEMS, FEE, YEAR, PROSE, FORM, UNREADABLE,
    CARRIED_OVER, IN_FORCE, MISSING, LATE, UNITS, HELD,
)  # fmt: skip
