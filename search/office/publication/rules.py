"""What is checked of a document before it is published, and the paragraphs it rests on."""

from schemas.office.bases import document_format, regulation
from schemas.office.findings import Rule, Severity

_PRIVACY = (regulation("第十五条"), regulation("第十七条"))

PERSONAL = Rule("check.personal", "含个人信息，应去除或遮盖", Severity.ERROR, _PRIVACY)
CONTACT = Rule("check.contact", "含手机号码或家庭住址，请核对", Severity.WARNING, (regulation("第十五条"),))
SECRECY = Rule("check.secrecy", "含密级或内部标记", Severity.ERROR, (regulation("第十四条"), regulation("第十七条")))
NUMBER = Rule(
    "check.number", "发文字号：六角括号〔〕，不加“第”，不编虚位", Severity.WARNING, (document_format("7.2.5"),)
)
DATE = Rule("check.date", "成文日期：阿拉伯数字写全，不编虚位", Severity.WARNING, (document_format("7.3.5.4"),))
LABEL = Rule("check.label", "层次序数：一、（一）1.（1）", Severity.WARNING, (document_format(""),))
ORDER = Rule("check.order", "层次序数依次使用", Severity.WARNING, (document_format(""),))
TITLE = Rule("check.title", "标题末尾不加标点", Severity.WARNING, (document_format(""),))
ATTACHMENT = Rule("check.attachment", "正文所称附件应当齐全", Severity.ERROR, (regulation("第六条"),))
REFERENCE = Rule("check.reference", "所引本文条款应当存在", Severity.ERROR, (regulation("第六条"),))
REPEALED = Rule("check.repealed", "以已废止的文件为依据（本程序建议）", Severity.WARNING, ())

PUBLICATION_RULES = (
    PERSONAL, CONTACT, SECRECY, NUMBER, DATE, LABEL, ORDER, TITLE, ATTACHMENT, REFERENCE, REPEALED,
)  # fmt: skip
