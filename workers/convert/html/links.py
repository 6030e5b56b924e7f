"""Files a page refers to: named, never fetched."""

import re
from collections.abc import Iterable
from urllib.parse import unquote, urlsplit

from workers.convert.html.walk import Link

_SUFFIX = r"\.(?:docx?|wps|rtf|odt|xlsx?|et|ods|csv|pptx?|dps|pdf|ofd|txt|zip|rar|7z|tif|ceb|gd|sep)"
_FILE = re.compile(rf"{_SUFFIX}$", re.IGNORECASE)
_PERHAPS = re.compile(rf"{_SUFFIX}(?:[?#;]|$)", re.IGNORECASE)
_NO_NAME = re.compile(
    r"(?:点击|点此|请|附件|文件|立即|本地|在线)*(?:下载|查看|打开|浏览|预览|这里|此处)*(?:附件|全文)?[.。:：>]*"
)
_MAX_LENGTH = 300


def attachments(links: Iterable[Link]) -> tuple[str, ...]:
    """Return the name of each file linked to: what the link says, or the file's own name where it says nothing."""
    names = (name for link in links if (name := file_name(link)))
    return tuple(dict.fromkeys(names))


def file_name(link: Link) -> str | None:
    """Return the name of the file a link points to, or None if it points to no file."""
    if not _PERHAPS.search(link.href):
        return None
    try:
        path = urlsplit(link.href[:2000]).path
    except ValueError:
        return None
    if not _FILE.search(path):
        return None
    text = link.text.strip()
    return (unquote(path.rsplit("/", 1)[-1]) if _NO_NAME.fullmatch(text) else text)[:_MAX_LENGTH]
