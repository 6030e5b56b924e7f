"""A law and one of its articles, asked for together: 网络安全法第二十条 is that article, not one that cites it."""

import re
from dataclasses import dataclass

from search.query.analysis import squeeze
from search.query.numbers.numerals import variants

_KINDS = "法典|法|条例|规定|办法|细则|规则|决定|准则|规程|规范|章程|解释|意见|方案|制度|标准"
# Of folded text; the name may stand in its marks, and a year of its version behind it.
_ASKED = re.compile(
    rf"《?([\u3400-\u9fff][\u3400-\u9fff、()·0-9《》]{{0,59}}?(?:{_KINDS}))》?(?:\([^()]{{1,20}}\))?\s*(?:的|中)?\s*"
    r"(第[〇零○一二三四五六七八九十百千0-9]{1,7}条(?:之[一二三四五六七八九十]{1,2})?)"
)
STATE = "中华人民共和国"


@dataclass(frozen=True, slots=True)
class Provision:
    """An article of a law.

    Attributes:
        law: Its name in squeezed form, without that of the state.
        articles: What the article is called, in squeezed form.
    """

    law: str
    articles: tuple[str, ...]

    @property
    def titles(self) -> tuple[str, ...]:
        """Return the titles the law may bear, in squeezed form."""
        return (self.law, STATE + self.law)


def find_provision(rest: str) -> Provision | None:
    """Return the article of a law that folded ``rest`` asks for; None where it asks for none."""
    found = _ASKED.search(rest)
    if found is None:
        return None
    return Provision(squeeze(found[1]).removeprefix(STATE), variants(squeeze(found[2])))
