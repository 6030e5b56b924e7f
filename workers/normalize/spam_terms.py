"""The vocabularies of planted spam, and patterns made of them that pass over ordinary text quickly.

The words themselves are in ``spam_terms.txt``: ``porn`` and ``gambling`` tell, ``weak`` words count only beside them,
``lures`` are what a link to one of the ``brands`` says. A brand alone may be a company that treats waste water, or a
county.
"""

import re
from pathlib import Path

TELLING_LURES = ("官网", "官方网站", "登录", "登陆", "入口", "app", "下载", "网址", "注册", "k8")


def _read() -> dict[str, list[str]]:
    terms: dict[str, list[str]] = {}
    for line in Path(__file__).with_name("spam_terms.txt").read_text("utf-8").splitlines():
        if not line.startswith("#"):
            name, _, words = line.partition(": ")
            terms.setdefault(name, []).extend(words.split(" "))
    return terms


TERMS = _read()


def any_of(*names: str) -> str:
    """Return a pattern for any term of these vocabularies, the longest first, that looks at one character at first."""
    terms = sorted({term for name in names for term in TERMS[name]}, key=len, reverse=True)
    first = "".join(sorted({variant for term in terms for variant in (term[0].lower(), term[0].upper())}))
    return f"(?=[{re.escape(first)}])(?:{'|'.join(map(re.escape, terms))})"
