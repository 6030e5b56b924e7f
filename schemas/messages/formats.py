"""What is said of spreadsheets, slides, mail, packages of parts, and files of no known kind."""

from schemas.messages.template import Template

MESSAGES = {
    "file-empty": Template(
        "the file has 0 bytes; upload it again from its source",
        "文件为空（0 字节）。请从来源处重新获取后上传。",
    ),
    "file-of-nul": Template(
        "the file holds nothing but NUL bytes, as a copy that failed leaves it; get it again from its source",
        "文件全为空字节（NUL），应为复制失败所致。请从来源处重新获取文件。",
    ),
    "format-unknown": Template(
        "no reader for files of type {format}; save it as docx, pdf, html or txt",
        "暂不支持这种格式（{format}）。请另存为 docx、pdf、html 或 txt 后上传。",
    ),
    "office-directory-lost": Template(
        "the Office file is damaged: its directory is lost; get it again from its source",
        "Office 文件已损坏，其目录已丢失。请从来源处重新获取文件。",
    ),
    "office-cut-off": Template(
        "the Office file is cut off near its start; get it again from its source",
        "Office 文件在开头处中断。请从来源处重新获取文件。",
    ),
    "package-damaged": Template(
        "the {format} file is cut short or damaged: its directory of parts is missing; ask for a fresh copy",
        "{format} 文件不完整或已损坏，缺少内部目录。请重新索取文件。",
    ),
    "part-cut-short": Template(
        "{part} is cut short inside the file",
        "文件内的 {part} 不完整。请重新索取文件。",
    ),
    "part-damaged": Template(
        "{part} is damaged ({error}); ask for a fresh copy",
        "文件内的 {part} 已损坏（{error}）。请重新索取文件。",
    ),
    "part-password": Template(
        "{part} is protected by a zip password",
        "文件内的 {part} 设有 zip 密码。请去掉密码后重新上传。",
    ),
    "part-broken-markup": Template(
        "markup of {part} is broken ({error}); read as far as possible",
        "文件内的 {part} 标记有错（{error}），已尽量读出。",
    ),
    "part-document-type": Template(
        "{part} declares a document type, which no word processor writes",
        "文件内的 {part} 声明了文档类型，办公软件不会这样写，已停止读取。请另存后重新上传。",
    ),
    "part-too-large": Template(
        "{part} would unpack to {size} MB, {ratio} times its packed size",
        "文件内的 {part} 展开后为 {size} MB，是压缩前的 {ratio} 倍，已停止读取。请另存后重新上传。",
    ),
    "part-without-xml": Template(
        "{part} holds no readable XML; ask for a fresh copy",
        "文件内的 {part} 没有可读的内容。请重新索取文件。",
    ),
    "part-missing": Template(
        "{part} is missing; ask for a fresh copy",
        "文件内缺少 {part}。请重新索取文件。",
    ),
    "part-without-sheets": Template(
        "{part} is missing or holds no sheets; ask for a fresh copy",
        "文件内的 {part} 缺失或没有工作表。请重新索取文件。",
    ),
    "workbook-password": Template(
        "the workbook is protected by a password; save it without one",
        "工作簿设有密码，未能读取。请去掉密码后重新上传。",
    ),
    "workbook-damaged": Template(
        "the workbook is damaged ({error}); ask for a fresh copy",
        "工作簿已损坏（{error}）。请重新索取文件。",
    ),
    "workbook-empty": Template(
        "no sheet of the workbook holds anything; check the upload",
        "工作簿的各工作表都没有内容。请检查上传的文件。",
    ),
    "workbook-cut": Template(
        "more than {limit} cells; split the workbook",
        "单元格超过 {limit} 个，超出的部分未读取。请拆分工作簿后上传。",
    ),
    "sheet-damaged": Template(
        "sheet {sheet} is damaged ({error}); ask for a fresh copy",
        "工作表 {sheet} 已损坏（{error}）。请重新索取文件。",
    ),
    "sheet-sparse": Template(
        "sheet {sheet} claims more cells than memory holds; delete what stands far outside its table",
        "工作表 {sheet} 声明的单元格多到内存容纳不下，未读取。请删去表格之外很远处的内容。",
    ),
    "sheet-cut": Template(
        "sheet {sheet} is read up to row {row}; split the workbook to have all of it",
        "工作表 {sheet} 只读取到第 {row} 行。要全部读取，请拆分工作簿。",
    ),
    "hidden-cells": Template(
        "{count} cells that no page shows (hidden sheets, rows or columns, in the colour of the paper, of no size or "
        "without a format) are not part of the text",
        "原文有 {count} 个单元格在版面上不显示（隐藏的工作表、行或列，与底色相同，字号为零或格式为空），不计入正文。",
    ),
    "markdown-not-shown": Template(
        "text that Markdown does not show is not part of the text (a comment that is not closed, addresses of links; "
        "{places} places, {length} characters, the first 「{first}」)",
        "Markdown 不显示的文字不计入正文（未结束的注释、链接地址；{places} 处，{length} 字，首处为「{first}」）。",
    ),
    "table-blank": Template(
        "the table holds nothing but white space; upload it again",
        "表格中只有空白。请重新上传。",
    ),
    "table-cut": Template(
        "the table is read up to row {row}; split it to have all of it",
        "表格只读取到第 {row} 行。要全部读取，请拆分后上传。",
    ),
    "presentation-password": Template(
        "the presentation is protected by a password; save it without one",
        "演示文稿设有密码，未能读取。请去掉密码后重新上传。",
    ),
    "presentation-damaged": Template(
        "the presentation is damaged ({error}); ask for a fresh copy",
        "演示文稿已损坏（{error}）。请重新索取文件。",
    ),
    "presentation-without-text": Template(
        "no slide holds text; pictures have to be recognised (OCR)",
        "各张幻灯片都没有文字。其中的图像须做文字识别（OCR）。",
    ),
    "presentation-edits-damaged": Template(
        "the record of edits is damaged; slides are read in the order of the file, older states included",
        "编辑记录已损坏，幻灯片按文件中的顺序读取，可能含旧版内容。",
    ),
    "slide-damaged": Template(
        "slide {slide} is damaged and left out ({cause})",
        "第 {slide} 张幻灯片已损坏，未能读出：{cause}",
    ),
    "mail-malformed": Template(
        "the mail is malformed ({defects}); parts of it may be missing",
        "邮件格式有误（{defects}），可能有缺失。",
    ),
    "mail-cut-off": Template(
        "the mail is cut off: {read:,} bytes of {length:,}; get it again from its source",
        "邮件不完整：只有 {read:,} 字节，应为 {length:,} 字节。请从来源处重新获取文件。",
    ),
    "outlook-damaged": Template(
        "the Outlook message is damaged ({error}); get it again from its source",
        "Outlook 邮件已损坏（{error}）。请从来源处重新获取文件。",
    ),
}
