"""What is said of Word, RTF and OpenDocument text, and of what all office documents leave out."""

from schemas.messages.template import Template

MESSAGES = {
    "document-password": Template(
        "the document is protected by a password; save it without one",
        "文件设有密码，未能读取。请去掉密码后重新上传。",
    ),
    "word-6-password": Template(
        "the document is protected by a password in the way of Word 6 and 95; save it without one",
        "文件以 Word 6 或 95 的方式设有密码，未能读取。请去掉密码后重新上传。",
    ),
    "office-password": Template(
        "the Office document needs a password and none of the configured ones opens it; upload it without, or set "
        "GONGKAI_PASSWORDS",
        "Office 文件设有密码，已配置的密码都不能打开。请去掉密码后重新上传，或设置 GONGKAI_PASSWORDS。",
    ),
    "encryption-endless": Template(
        "the encryption of the Office document asks for work without end",
        "Office 文件的加密说明要求无止境的计算，已停止读取。请去掉密码后重新上传。",
    ),
    "encryption-damaged": Template(
        "the encryption of the Office document is damaged ({error}); ask for a fresh copy",
        "Office 文件的加密说明已损坏（{error}）。请重新索取文件。",
    ),
    "rights-managed": Template(
        "the document is under rights management (IRM); save it without and upload it again",
        "文件受权限管理（IRM）保护，未能读取。请取消保护后另存并重新上传。",
    ),
    "compound-cut-short": Template(
        "the compound file is cut short or damaged ({error}); ask for a fresh copy",
        "文件（复合文档）不完整或已损坏（{error}）。请重新索取文件。",
    ),
    "compound-damaged": Template(
        "the compound file is damaged ({error}); ask for a fresh copy",
        "文件（复合文档）已损坏（{error}）。请重新索取文件。",
    ),
    "compound-without-word": Template(
        "the compound file holds no Word document; save it as docx",
        "文件（复合文档）中没有 Word 文档。请另存为 docx 后上传。",
    ),
    "word-cut-short": Template(
        "the document is cut short or damaged ({error}); ask for a fresh copy",
        "文件不完整或已损坏（{error}）。请重新索取文件。",
    ),
    "word-structure-unreadable": Template(
        "{structure} cannot be read ({error}); ask for a fresh copy",
        "文件的内部结构 {structure} 未能读出（{error}）。请重新索取文件。",
    ),
    "word-text-missing": Template(
        "the file is cut short: {lost} of {total} characters are missing",
        "文件不完整，缺 {lost} 字（共 {total} 字）。",
    ),
    "word-95-empty": Template(
        "the document, saved by Word 6 or 95, holds no text; check the upload",
        "文件由 Word 6 或 95 保存，其中没有文字。请检查上传的文件。",
    ),
    "word-95-text-only": Template(
        "the text of this Word 6 or 95 document was read; automatic numbers and formatting are not; install "
        "LibreOffice, or save it as docx",
        "文件由 Word 6 或 95 保存，只读出文字，未读出自动编号和格式。请安装 LibreOffice，或另存为 docx 后上传。",
    ),
    "tracked-deletions": Template(
        "{count} tracked deletions are not part of the text",
        "原文有 {count} 处修订删除的文字，不计入正文。",
    ),
    "hidden-text": Template(
        "text that no page shows (hidden, in the colour of the paper or of no size) is not part of the text, in "
        "{count} paragraphs",
        "原文有 {count} 段含版面上不显示的文字（隐藏、与底色相同或字号为零），不计入正文。",
    ),
    "review-comments": Template(
        "{count} review comments are not part of the text",
        "原文有 {count} 条批注，不计入正文。",
    ),
    "embedded-objects": Template(
        "{count} embedded objects are not read; upload them as files of their own",
        "原文嵌有 {count} 个对象，未读取其内容。请将其作为单独的文件上传。",
    ),
    "embedded-missing": Template(
        "an embedded document is missing or stands twice; its text is left out",
        "有一个嵌入的文档缺失或重复，其文字未计入。",
    ),
    "embedded-too-deep": Template(
        "embedded document {part} is missing or nested too deep; its text is left out",
        "嵌入的文档 {part} 缺失或嵌套过深，其文字未计入。",
    ),
    "embedded-unreadable": Template(
        "embedded document {part}: {cause}; its text is left out",
        "嵌入的文档 {part} 未能读出，其文字未计入：{cause}",
    ),
    "pictures-only": Template(
        "the document shows no text but {count} pictures, which are not read; save it as PDF to have them recognised",
        "文件没有文字，只有 {count} 幅图像，未读取。请另存为 PDF 后上传，以便识别图中文字。",
    ),
    "pictures-unread": Template(
        "{count} pictures as large as pages are not read; save the document as PDF to have them recognised",
        "文件中有 {count} 幅整页大小的图像，未读取其中文字。如需识别，请另存为 PDF 后上传。",
    ),
    "part-left-out": Template(
        "{cause}; the text is read without it",
        "{cause}读取正文时未用到这一部分。",
    ),
    "part-without-text": Template(
        "{part} is missing or holds no text; ask for a fresh copy",
        "文件内的 {part} 缺失或没有文字。请重新索取文件。",
    ),
    "rtf-nested": Template(
        "the RTF nests groups more than {depth} deep; ask for a fresh copy",
        "RTF 文件的分组嵌套超过 {depth} 层，已停止读取。请重新索取文件。",
    ),
    "rtf-cut-short": Template(
        "the RTF is cut short before its text; ask for a fresh copy",
        "RTF 文件在正文之前就中断了。请重新索取文件。",
    ),
    "rtf-open-end": Template(
        "the RTF ends inside a group: its end is missing, ask for a fresh copy",
        "RTF 文件缺少结尾。请重新索取文件。",
    ),
    "rtf-bytes": Template(
        "{count} places hold bytes that are no text in their font's encoding; they are marked \ufffd",
        "有 {count} 处字节无法按字体的编码解读，正文中以 \ufffd 标出。",
    ),
    "odt-nested": Template(
        "lists, tables or frames are nested too deep; what lies deeper than 100 levels is left out",
        "列表、表格或文本框嵌套过深，100 层以下的内容未计入。",
    ),
}
