"""Queries for an article of a law: 网络安全法第二十条 is that article, not one that cites it."""

import re
from dataclasses import dataclass

from search.query.analysis import squeeze
from search.query.numbers.numerals import variants

_KINDS = "法典|法|条例|规定|办法|细则|规则|决定|准则|规程|规范|章程|解释|意见|方案|制度|标准"
# For folded text; the name may have its marks 《》, and the year of its version may follow.
_ASKED = re.compile(
    rf"《?([\u3400-\u9fff][\u3400-\u9fff、()·0-9《》]{{0,59}}?(?:{_KINDS}))》?(?:\([^()]{{1,20}}\))?\s*(?:的|中)?\s*"
    r"(第[〇零○一二三四五六七八九十百千0-9]{1,7}条(?:之[一二三四五六七八九十]{1,2})?)"
)
STATE = "中华人民共和国"


@dataclass(frozen=True, slots=True)
class Provision:
    """An article of a law.

    Attributes:
        law: The law's name in squeezed form, without the name of the state.
        articles: The article's spellings, in squeezed form.
    """

    law: str
    articles: tuple[str, ...]

    @property
    def titles(self) -> tuple[str, ...]:
        """Return the possible titles of the law, in squeezed form."""
        return (self.law, STATE + self.law)


def find_provision(rest: str) -> Provision | None:
    """Return the article of a law that folded ``rest`` names, or None."""
    found = _ASKED.search(rest)
    if found is None:
        return None
    return Provision(squeeze(found[1]).removeprefix(STATE), variants(squeeze(found[2])))
