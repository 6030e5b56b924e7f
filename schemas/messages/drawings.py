"""What is said where a page of an original cannot be drawn."""

from schemas.messages.template import Template

MESSAGES = {
    "drawn-format": Template(
        "pages of the format {format} have no fixed look and are not drawn; download the original",
        "{format} 格式没有固定版面，不提供页面图像。请下载原件查看。",
    ),
    "drawn-no-such-page": Template(
        "the original has no page {page}; its pages are 1 to {pages}",
        "原件没有第 {page} 页，共 {pages} 页。",
    ),
    "drawn-damaged": Template(
        "page {page} cannot be drawn ({error}); download the original",
        "第 {page} 页无法绘出（{error}）。请下载原件查看。",
    ),
    "drawn-too-large": Template(
        "page {page} is too large to be drawn; download the original",
        "第 {page} 页过大，无法绘出。请下载原件查看。",
    ),
    "drawn-masked-format": Template(
        "something in this document is masked, and pages of the format {format} cannot be covered; read its text",
        "文件中有打码的内容，而 {format} 格式的页面图像无法可靠遮盖，因此不显示。请查看清洗后的文本。",
    ),
    "drawn-masked-place": Template(
        "something in this document is masked, and not every place of it is found on page {page}; read its text",
        "文件中有打码的内容，未能在第 {page} 页上一一确定其位置，因此不显示页面图像。请查看清洗后的文本。",
    ),
    "drawn-without-font": Template(
        "page {page} is set in a Chinese font that neither the file nor this server has; download the original, or "
        "install a Chinese font on the server",
        "第 {page} 页所用的中文字体未嵌入文件，服务器上也没有可代用的字体，无法如实绘出。请下载原件查看。",
    ),
}
