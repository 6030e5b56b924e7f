"""What is said of pages: PDF, OFD, scans, web pages and plain text."""

from schemas.messages.template import Template

# Of the sentences -without-tesseract, which are of all OCR engines: records hold their codes, which therefore stay.
_INSTALL_ENGINE = (
    "neither the extra `ocr` (pip install 'gongkai[ocr]') nor the program tesseract with its data chi_sim (Debian: "
    "tesseract-ocr, tesseract-ocr-chi-sim) is installed and runs, or not what GONGKAI_OCR_ENGINE names; "
    "install one (`gongkai doctor` says what fails)"
)
_ENGINE_MISSING = (
    "本机没有可用的文字识别程序：扩展 ocr（pip install 'gongkai[ocr]'），或 tesseract 及其数据 chi_sim"
    "（Debian：tesseract-ocr、tesseract-ocr-chi-sim），或未安装 GONGKAI_OCR_ENGINE 指定的一种，或已安装而不能运行。"
    "请安装（gongkai doctor 列出原因）"
)

MESSAGES = {
    "html-nested": Template(
        "the page's elements are nested more than 2048 deep; its text was read without its structure",
        "版面嵌套过深（超过 2048 层），只读出文字，未保留结构。",
    ),
    "html-hidden-text": Template(
        "text that the page hides is not part of the text ({places} places, {length} characters, the first "
        "「{first}」)",
        "网页隐藏的文字不计入正文（{places} 处，{length} 字，首处为「{first}」）。",
    ),
    "html-without-text": Template(
        "the page shows no text (its scripts would load it); save the page from a browser and upload that",
        "网页没有文字：内容须由脚本载入。请在浏览器中保存后上传。",
    ),
    "saved-page-without-text": Template(
        "the saved page holds no page with text; save it again from a browser",
        "保存的网页中没有文字。请在浏览器中重新保存后上传。",
    ),
    "text-truncated": Template(
        "the text is truncated inside a character at its end; get the file again from its source",
        "文末被截断，可能有缺失。请从来源处重新获取文件。",
    ),
    "text-bytes": Template(
        "{count} places hold bytes that are no {encoding} text; they are marked \ufffd in the text",
        "有 {count} 处字节不是 {encoding} 文字，正文中以 \ufffd 标出。",
    ),
    "text-blank": Template(
        "the text file holds nothing but white space; upload it again",
        "文本文件中只有空白。请重新上传。",
    ),
    "pdf-password": Template(
        "the PDF needs a password and none of the configured ones opens it; upload it without, or set "
        "GONGKAI_PASSWORDS",
        "PDF 设有密码，已配置的密码都不能打开。请去掉密码后重新上传，或设置 GONGKAI_PASSWORDS。",
    ),
    "pdf-without-pages": Template(
        "the PDF has no pages; get it again from its source",
        "PDF 中没有页面。请从来源处重新获取文件。",
    ),
    "pdf-damaged": Template(
        "the PDF is damaged and neither reader can open it ({error}); get it again from its source",
        "PDF 已损坏，两个读取程序都不能打开（{error}）。请从来源处重新获取文件。",
    ),
    "pdf-empty": Template(
        "the PDF's pages hold neither text nor pictures; check the upload",
        "PDF 的页面中既没有文字也没有图像。请检查上传的文件。",
    ),
    "pdf-scanned": Template(
        "scanned pages without a text layer: {cause}",
        "扫描件，只有图像，没有文字层：{cause}",
    ),
    "nothing-recognised": Template(
        "nothing could be recognised on them",
        "图像上未识别出文字。",
    ),
    "pdf-second-reader": Template(
        "the file is damaged; it was read by the second reader and parts of it may be missing",
        "文件有损坏，由备用程序读出，可能有缺失。",
    ),
    "page-damaged": Template(
        "page {page} is damaged and cannot be read; get the file again from its source",
        "第 {page} 页已损坏，未能读出。请从来源处重新获取文件。",
    ),
    "page-fonts": Template(
        "fonts of page {page} do not say what their characters are; have the page recognised (OCR)",
        "第 {page} 页的字体缺少文字对应关系，可能有误字。请对该页做文字识别（OCR）。",
    ),
    "page-hidden-text": Template(
        "{count} pieces of text on page {page} are not shown (switched off, cut off, covered or in the colour of the "
        "page) and left out",
        "第 {page} 页有 {count} 处文字在版面上不显示（关闭、裁去、遮盖或与底色相同），未计入。",
    ),
    "page-notes": Template(
        "{count} review notes on page {page} are not part of the text",
        "第 {page} 页有 {count} 条批注，不计入正文。",
    ),
    "page-annotations-cut": Template(
        "{count} form fields or notes on page {page} are too long; only the first {limit} characters of each are read",
        "第 {page} 页有 {count} 处表单内容或批注过长，每处只读取前 {limit} 字。",
    ),
    "page-is-picture": Template(
        "page {page} is a picture without text; have it recognised (OCR)",
        "第 {page} 页只有图像，没有文字。请做文字识别（OCR）。",
    ),
    "page-without-tesseract": Template(
        f"page {{page}} is a picture without text, and {_INSTALL_ENGINE}, or have it recognised (OCR) and upload "
        "the result",
        f"第 {{page}} 页只有图像，没有文字；{_ENGINE_MISSING}，或另行做文字识别（OCR）后上传。",
    ),
    "page-timeout": Template(
        "page {page} is a picture that could not be recognised ({cause}); raise GONGKAI_LIMIT_PAGE_SECONDS, "
        "or have it recognised (OCR) and upload the result",
        "第 {page} 页是图像，识别超时（{cause}）。请提高 GONGKAI_LIMIT_PAGE_SECONDS，或另行做文字识别（OCR）后上传。",
    ),
    "page-not-recognised": Template(
        "page {page} is a picture that could not be recognised ({cause}); have it recognised (OCR) and upload "
        "the result",
        "第 {page} 页是图像，未能识别（{cause}）。请另行做文字识别（OCR）后上传。",
    ),
    "page-blank": Template(
        "no text was recognised on page {page}",
        "第 {page} 页未识别出文字。",
    ),
    "page-unsure": Template(
        "page {page} was recognised with little confidence ({confidence} %); scan it again, sharp and straight",
        "第 {page} 页图像欠清晰（把握 {confidence} %），识别的文字可能有误。请重新扫描，放平并保持清晰。",
    ),
    "pages-not-reached": Template(
        "pages {page} to {last} were not recognised within GONGKAI_LIMIT_SCAN_SECONDS; split the file or raise it",
        "第 {page} 至 {last} 页未及在 GONGKAI_LIMIT_SCAN_SECONDS 内识别。请拆分文件或提高该限制。",
    ),
    "page-not-reached": Template(
        "page {page} was not recognised within GONGKAI_LIMIT_SCAN_SECONDS; split the scan or raise it",
        "第 {page} 页未及在 GONGKAI_LIMIT_SCAN_SECONDS 内识别。请拆分文件或提高该限制。",
    ),
    "picture-without-tesseract": Template(
        f"a picture, and {_INSTALL_ENGINE}, or upload the text of the picture",
        f"文件是图像；{_ENGINE_MISSING}，或上传图像中的文字。",
    ),
    "picture-without-text": Template(
        "the picture shows no text",
        "图像中没有文字。",
    ),
    "picture-damaged": Template(
        "the picture is damaged or too large to be recognised ({cause}); get it again from its source",
        "图像已损坏或过大，未能识别（{cause}）。请从来源处重新获取文件。",
    ),
    "ofd-encrypted": Template(
        "the OFD is encrypted; save it without encryption and upload it again",
        "OFD 已加密，未能读取。请取消加密后另存并重新上传。",
    ),
    "ofd-too-much-text": Template(
        "the pages show more than {limit} characters",
        "页面的文字超过 {limit} 个，已停止读取。请拆分后上传。",
    ),
    "ofd-without-root": Template(
        "OFD.xml is missing or empty; the documents found are read in order of their names",
        "OFD.xml 缺失或为空，所含文档按名称顺序读取。",
    ),
    "ofd-page-missing": Template(
        "{part} is missing or damaged; its text is left out, ask for a fresh copy",
        "{part} 缺失或已损坏，其文字未计入。请重新索取文件。",
    ),
    "ofd-page-unnamed": Template(
        "a page is missing or damaged; its text is left out, ask for a fresh copy",
        "有一页缺失或已损坏，其文字未计入。请重新索取文件。",
    ),
    "ofd-hidden-text": Template(
        "{count} pieces of text that no page shows (outside of it, clipped, covered, clear or in the colour of the "
        "page) are left out, the first of page {page}",
        "有 {count} 处文字在版面上不显示（页外、裁去、遮盖、透明或与底色相同），未计入，首处在第 {page} 页。",
    ),
    "ofd-scanned": Template(
        "scanned pages, no text; have them recognised (OCR) and upload the result",
        "扫描件，只有图像，没有文字。请做文字识别（OCR）后上传。",
    ),
    "ofd-empty": Template(
        "the OFD's pages hold neither text nor pictures; check the upload",
        "OFD 的页面中既没有文字也没有图像。请检查上传的文件。",
    ),
}
