"""What the style sheets inside a page say of being seen and numbered, written into its elements as inline style.

Only that, and only rules whose selectors are compounds of names and classes, one below the other; sheets beside the
page are not fetched, rules for other media than the screen do not count. The cascade is that of CSS 2.2, 6.4: the more
specific rule wins, of equals the later, and inline style goes before all.
"""

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from lxml import etree

from workers.convert.html.css.counters import Numbering, number_elements
from workers.convert.html.style import declarations

_COMMENT = re.compile(r"/\*.*?\*/|<!--|-->", re.DOTALL)
_MEDIA = re.compile(r"@[a-z-]+[^{};]*\{(?:[^{}]*\{[^{}]*\})*[^{}]*\}|@[a-z-]+[^{};]*;", re.IGNORECASE)
_HIDING = re.compile(
    r"display\s*:\s*none|visibility\s*:\s*(?:hidden|collapse)|opacity\s*:\s*0(?![.\d])|mso-hide|line-through|"
    r"font-size\s*:\s*0|text-indent\s*:\s*-|height\s*:\s*0(?![.\d])|width\s*:\s*0(?![.\d])|left\s*:\s*-\d{3}|"
    r"top\s*:\s*-\d{3}"
)  # of text in lower case: Python looks for the first letters of such an alternation at once
_SHOWING = re.compile(r"display\s*:|visibility\s*:|opacity\s*:|font-size\s*:|height\s*:")
_WORD = re.compile(r"[\w-]+")
_KEPT = frozenset(
    {"display", "visibility", "opacity", "mso-hide", "list-style", "list-style-type", "text-decoration", "font-size"}
    | {"position", "left", "top", "right", "bottom", "clip", "text-indent", "height", "max-height", "width", "overflow"}
)
_COMPOUND = re.compile(r"(\*|[a-z][a-z0-9]*)?((?:[.#][\w-]+)*)(::?before)?", re.IGNORECASE)
_NAME = re.compile(r"([.#])([\w-]+)")
_MOST_RULES = 2000
_MOST_BYTES = 1_000_000

_Look = tuple[str, str | None, str | None]  # what selectors tell an element by: its name, classes and id


@dataclass(frozen=True, slots=True)
class _Compound:
    tag: str
    classes: frozenset[str]
    ids: frozenset[str]

    def matches(self, element: etree._Element) -> bool:
        if self.tag and self.tag != element.tag:
            return False
        if self.classes and not self.classes.issubset((element.get("class") or "").split()):
            return False
        return not self.ids or self.ids <= {element.get("id") or ""}


@dataclass(frozen=True, slots=True)
class _Rule:
    """A selector, innermost compound first, with what it declares; ``before`` for the generated content before."""

    compounds: tuple[_Compound, ...]
    weight: tuple[int, int, int, int, int]
    said: dict[str, str]
    before: bool

    @property
    def is_named(self) -> bool:
        """Whether it is worth a look: 「.nav ul」 folds menus away, which are no text in any case."""
        first = self.compounds[0]
        return len(self.compounds) == 1 or bool(first.classes or first.ids)

    @property
    def names(self) -> frozenset[str]:
        """Names by which the innermost compound is told."""
        first = self.compounds[0]
        return first.classes | first.ids | ({first.tag} if first.tag else frozenset())

    def fits(self, element: etree._Element) -> bool:
        """Return whether the innermost compound is the element's."""
        return self.compounds[0].matches(element)

    def stands_at(self, element: etree._Element) -> bool:
        """Return whether the other compounds stand above an element that the innermost one fits."""
        above = self.compounds[1:]
        at = element.getparent()
        for compound in above:
            while at is not None and not compound.matches(at):
                at = at.getparent()
            if at is None:
                return False
            at = at.getparent()
        return True


def apply_sheets(root: etree._Element) -> None:
    """Write what the page's style sheets say into its elements, and the numbers they generate before them."""
    text = "\n".join("".join(map(str, sheet.itertext())) for sheet in root.iter("style"))[:_MOST_BYTES]
    if not text:
        return
    # Most elements share their name and classes with others, and most of those are in no rule.
    alike: dict[_Look, list[etree._Element]] = defaultdict(list)
    for element in root.iter(etree.Element):
        alike[str(element.tag), element.get("class"), element.get("id")].append(element)
    names = frozenset(name for look in alike for part in look if part for name in part.split())
    indexed = _index(_rules(text, names))
    numberings: dict[etree._Element, Numbering] = {}
    for look, elements in alike.items():
        met = {rule.weight: rule for key in _keys(*look) for rule in indexed.get(key, ()) if rule.fits(elements[0])}
        found = [met[weight] for weight in sorted(met)]
        for element in elements if found else ():
            if applied := [rule for rule in found if rule.stands_at(element)]:
                _apply(element, applied, numberings)
    if numberings:
        number_elements(root, numberings)


def _apply(element: etree._Element, rules: list[_Rule], numberings: dict[etree._Element, Numbering]) -> None:
    said: dict[str, str] = {}
    before: dict[str, str] = {}
    for rule in rules:
        (before if rule.before else said).update(rule.said)
    numbering = Numbering.of(said, before)
    if numbering:
        numberings[element] = numbering
    style = ";".join(f"{name}:{value}" for name, value in said.items() if name in _KEPT)
    if style:
        element.set("style", f"{style};{element.get('style') or ''}")


def _rules(text: str, names: frozenset[str]) -> list[_Rule]:
    """Return the rules that hide or number, and those that show again what one of them hides.

    Args:
        text: The style sheets.
        names: Every name, class and id of the page; a selector with another one selects nothing.
    """
    plain = _MEDIA.sub("", _COMMENT.sub("", text)) if "@" in text or "/*" in text or "<!--" in text else text
    telling: list[_Rule] = []
    showing: list[tuple[str, str, int]] = []
    for number, part in enumerate(plain.split("}", _MOST_RULES)[:_MOST_RULES]):
        selectors, _, written = part.rpartition("{")
        body = written.lower()
        if _HIDING.search(body) or ("ol" in names and "list-style" in body) or "counter" in body:
            counts = "list-style" in body or "counter" in body
            telling += (rule for rule in _split(selectors, written, number, names) if counts or rule.is_named)
        elif _SHOWING.search(body):
            showing.append((selectors, written, number))
    told = {name for rule in telling for name in rule.names}
    wanted = (each for each in showing if not told.isdisjoint(_WORD.findall(each[0])))
    return [*telling, *(rule for each in wanted for rule in _split(*each, names))]


def _split(selectors: str, body: str, number: int, names: frozenset[str]) -> Iterator[_Rule]:
    """Yield the rules of a list of selectors that can select anything."""
    places = [
        (place, selector)
        for place, selector in enumerate(selectors.split(","))
        if all(word in names or word.lower() in names or word == "before" for word in _WORD.findall(selector))
    ]
    said = declarations(body) if places else {}
    lower = {name.lower(): value if name == "content" else value.lower() for name, value in said.items()}
    for place, selector in places:
        if rule := _rule(selector.strip(), lower, (number, place)):
            yield rule


def _rule(selector: str, said: dict[str, str], order: tuple[int, int]) -> _Rule | None:
    parts = selector.replace(">", " ").split()
    found = [_COMPOUND.fullmatch(part) for part in parts]
    if not parts or not all(found) or any(match and match[3] for match in found[:-1]):
        return None
    compounds = tuple(_compound(match) for match in reversed(found) if match)
    weights = (
        sum(len(each.ids) for each in compounds),
        sum(len(each.classes) for each in compounds),
        sum(bool(each.tag) for each in compounds),
    )
    last = found[-1]
    return _Rule(compounds, (*weights, *order), said, before=bool(last and last[3]))


def _compound(match: re.Match[str]) -> _Compound:
    names = _NAME.findall(match[2])
    tag = (match[1] or "").lower()
    return _Compound(
        "" if tag == "*" else tag,
        frozenset(name for mark, name in names if mark == "."),
        frozenset(name for mark, name in names if mark == "#"),
    )


def _index(rules: list[_Rule]) -> dict[str, list[_Rule]]:
    indexed: dict[str, list[_Rule]] = defaultdict(list)
    for rule in rules:
        first = rule.compounds[0]
        key = f"#{min(first.ids)}" if first.ids else f".{min(first.classes)}" if first.classes else first.tag or "*"
        indexed[key].append(rule)
    return indexed


def _keys(tag: str, classes: str | None, identifier: str | None) -> Iterator[str]:
    yield "*"
    yield tag
    if identifier:
        yield f"#{identifier}"
    if classes:
        yield from (f".{name}" for name in dict.fromkeys(classes.split()))
