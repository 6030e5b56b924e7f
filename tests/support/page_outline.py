"""What a page of the application holds, for assertions."""

from html.parser import HTMLParser


class Outline(HTMLParser):
    """What a page holds: elements, links, identifiers."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.links: list[str] = []
        self.ids: list[str] = []
        self.loaded: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        self.tags.append(tag)
        if "id" in given:
            self.ids.append(given["id"])
        if tag == "a":
            self.links.append(given.get("href", ""))
        self.loaded += [given[name] for name in ("src", "srcset", "poster") if name in given]
        if tag == "link" and given["rel"] != "alternate":
            self.loaded.append(given["href"])
        assert not any(name.startswith("on") or name == "style" for name in given), f"<{tag}> carries a script or style"
