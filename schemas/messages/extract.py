"""What is said of dates, numbers and numbering that do not agree, and of documents that are held.

Records keep these in Chinese: they speak of the document's own words.
"""

from functools import partial

from schemas.messages.template import Template

_template = partial(Template, stored="zh")

MESSAGES = {
    "title-not-found": _template(
        "no title was found, and none could be put together from issuer and year",
        "没有找到标题，也无法由发文机关和年份拟出",
    ),
    "date-impossible": _template(
        "{field} is written {date}, a day no calendar has; only its month is taken ({month}), check the original",
        "{field}写作{date}，日历上没有这一天；只取到月（{month}），请核对原文",
    ),
    "numbers-missing": _template(
        "{missing} missing: the numbering jumps to {number}, check the original",
        "{missing} 缺失：编号跳到 {number}，请核对原文",
    ),
    "numbers-many-missing": _template(
        "{missing} and more are missing: the numbering jumps to {number}, check the original",
        "{missing} 等 缺失：编号跳到 {number}，请核对原文",
    ),
    "numbers-start-again": _template(
        "the numbering starts again: {number} follows {before}; kept in the order of the original",
        "编号从头开始：{number} 接在 {before} 之后，按原文顺序保留",
    ),
    "number-repeated": _template(
        "a number is repeated: {number} follows {before}; kept in the order of the original",
        "编号重复：{number} 接在 {before} 之后，按原文顺序保留",
    ),
    "numbers-backwards": _template(
        "the numbering goes backwards: {number} follows {before}; kept in the order of the original",
        "编号倒序：{number} 接在 {before} 之后，按原文顺序保留",
    ),
    "numbers-more-breaks": _template(
        "{count} more breaks in the numbering are not listed one by one",
        "另有 {count} 处编号不连续，未逐一列出",
    ),
    "statistics-too-many": _template(
        "there are more than {limit} statistics; only the first {limit} are recorded",
        "统计数多于{limit}个，只录入前{limit}个",
    ),
    "statistics-parts-differ": _template(
        "{whole} is {value}{unit}, the {count} parts listed add up to {total}; check the original",
        "{whole}为{value}{unit}，所列{count}项之和为{total}；请核对原文",
    ),
    "statistics-stuck-digits": _template(
        "{subject}: the digits run together as {digits} and no total proves a single reading, not recorded; check the "
        "original table",
        "{subject}：数字连写为{digits}，没有合计能证明唯一的读法，未录入；请查对原表",
    ),
    "statistics-columns-missing": _template(
        "{subject}: there are {columns} columns and only {numbers} numbers, of which columns is not known; check the "
        "original table",
        "{subject}：有{columns}栏而只有{numbers}个数，不知属于哪一栏；请查对原表",
    ),
    "statistics-row-differs": _template(
        "{subject}: the columns add up to {total}, the total is {value}; check the original table",
        "{subject}：各栏之和为{total}，总计为{value}；请核对原表",
    ),
    "statistics-balance-differs": _template(
        "applications ({column}): new and carried over are {left}, results and carried forward {right}; check the "
        "original table",
        "政府信息公开申请（{column}）：新收加上年结转为{left}，办理总计加结转下年为{right}；请核对原表",
    ),
    "statistics-results-differ": _template(
        "results ({column}): the rows add up to {total}, the total is {value}; check the original table",
        "办理结果（{column}）：各项之和为{total}，总计为{value}；请核对原表",
    ),
    "statistics-listed-differ": _template(
        "{subject} ({column}): is {value}, the parts listed add up to {total}; check the original table",
        "{subject}（{column}）：为{value}，所列各项之和为{total}；请核对原表",
    ),
    "statistics-prose-differs": _template(
        "{subject}: the text says {stated}, the table {listed}; check the original",
        "{subject}：正文为{stated}，表中为{listed}；请核对原文",
    ),
    "statistics-prose-adds-carried": _template(
        "{subject}: the text says {stated}, the table {listed} (with {carried} carried over {both}); check the "
        "original",
        "{subject}：正文为{stated}，表中为{listed}（加上年结转{carried}为{both}）；请核对原文",
    ),
    "held-by-person": _template(
        "a person decided that it stays closed for now; it is found once a person releases it",
        "经人工决定暂不公开，经人工放行后方可检索",
    ),
    "held-for-finding": _template(
        "it holds {kind} ({texts}); it is found once a person releases it",
        "含{kind}（{texts}），经人工放行后方可检索",
    ),
    "held-for-findings": _template(
        "it holds {kind} ({texts} and more, {count} places); it is found once a person releases it",
        "含{kind}（{texts} 等 {count} 处），经人工放行后方可检索",
    ),
    "release-withdrawn": _template(
        "its release was withdrawn; it is found once a person releases it again",
        "放行已被撤回，经人工放行后方可检索",
    ),
    "date-signed": _template("the date of signature", "成文日期"),
    "date-published": _template("the date of publication", "发布日期"),
    "date-effective": _template("the date it applies from", "施行日期"),
    "date-expires": _template("the last day it applies", "有效期"),
    "finding-identity-card": _template("identity card numbers", "身份证号码"),
    "finding-bank-card": _template("bank card numbers", "银行卡号"),
    "finding-secrecy-mark": _template("marks of secrecy or for internal use", "密级或内部标记"),
    "finding-mobile-phone": _template("mobile phone numbers", "手机号码"),
    "finding-home-address": _template("home addresses", "家庭住址"),
}
