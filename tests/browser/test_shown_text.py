"""What Chromium draws of a page and what is read of it are the same characters, whatever is hidden in it, and how.

Readings above characters (``rt``) are drawn and left out on purpose; a text that waits for a script is taken for body
and has tests of its own.
"""

import random
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from schemas.blocks import Converted
from tests.support.html_reader import reading

UNSEEN = (
    "display:none", "visibility:hidden", "font-size:0", "font-size:0px", "opacity:0", "position:absolute;left:-9999px",
    "display:none;line-height:0px", "visibility:collapse", "position:absolute;clip:rect(0,0,0,0)",
    "color:#fff", "color:white", "color: rgb(255, 255, 255)",
)  # fmt: skip
SEEN = (
    "font-weight:bold",
    "font-size:12px",
    "visibility:visible",
    "color:#333",
    "text-decoration:underline",
    "opacity:0.5",
    "color:#fff;background:#c00",
    "color:white;background-color:black",
)
SHOWN = """() => {
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT); const found = [];
  while (walker.nextNode()) {
    const node = walker.currentNode, parent = node.parentElement, range = document.createRange();
    range.selectNodeContents(node);
    const box = range.getBoundingClientRect();
    const drawn = parent.checkVisibility({opacityProperty: true, visibilityProperty: true});
    const clips = [], grounds = [];
    for (let above = parent; above; above = above.parentElement) {
      clips.push(getComputedStyle(above).clip);
      grounds.push(getComputedStyle(above).backgroundColor);
    }
    const white = getComputedStyle(parent).color === "rgb(255, 255, 255)";
    const lost = white && grounds.every(ground => ground === "rgba(0, 0, 0, 0)");
    const clipped = clips.some(clip => clip.startsWith("rect")) || box.right <= 0 || box.width === 0;
    if (drawn && !clipped && !lost && !parent.closest("rt")) found.push(node.textContent);
  }
  return found.join("");
}"""


class _Maker:
    """Makes pages of characters each of which stands once, so that a set tells which were read."""

    def __init__(self, seed: int) -> None:
        self.random = random.Random(seed)
        self.hidden = 0
        self._next = iter(self.random.sample(range(0x4E00, 0x9FA0), 4000))

    def words(self, count: int) -> str:
        return "".join(chr(next(self._next)) for _ in range(count))

    def run(self) -> str:
        kind = self.random.choice(("plain", "plain", "plain", "seen", "unseen", "attribute", "ruby", "nested"))
        text = self.words(self.random.randint(1, 6))
        if kind in {"unseen", "attribute", "nested"}:
            self.hidden += 1
        return {
            "plain": text,
            "seen": f'<span style="{self.random.choice(SEEN)}">{text}</span>',
            "unseen": f'<span style="{self.random.choice(UNSEEN)}">{text}</span>',
            "attribute": f"<b hidden>{text}</b>",
            "ruby": f"<ruby>{text}<rp>(</rp><rt>gǎo</rt><rp>)</rp></ruby>",
            "nested": f'<i style="visibility:hidden">{text}<b style="visibility:visible">{self.words(2)}</b></i>',
        }[kind]

    def line(self) -> str:
        return self.words(12) + "".join(self.run() for _ in range(self.random.randint(1, 6))) + self.words(3) + "。"

    def block(self) -> str:
        kind = self.random.choice(("p", "p", "table", "ol", "heading"))
        if kind == "table":
            rows = "".join(f"<tr><td>{self.line()}</td><td>{self.line()}</td></tr>" for _ in range(3))
            return f"<table>{rows}</table>"
        if kind == "ol":
            return f"<ol><li>{self.line()}</li><li>{self.line()}</li></ol>"
        return f"<h2>{self.words(8)}</h2><p>{self.line()}</p>" if kind == "heading" else f"<p>{self.line()}</p>"


def characters(text: str) -> set[str]:
    return {character for character in text if "\u4e00" <= character <= "\u9fff"}


def of_role(converted: Converted, *, hidden: bool) -> set[str]:
    return characters("".join(block.text for block in converted.blocks if (block.role == "hidden") == hidden))


@pytest.mark.parametrize("seed", range(12))
def test_what_is_drawn_is_what_is_read_and_the_rest_is_kept_apart_and_said(
    browser: Browser, tmp_path: Path, seed: int
) -> None:
    maker = _Maker(seed)
    body = "".join(maker.block() for _ in range(8))
    made = (
        f'<!DOCTYPE html><html><head><meta charset="utf-8"></head><body><div class=content>{body}</div></body></html>'
    )
    page = browser.new_page()
    page.set_content(made)
    shown = characters(page.evaluate(SHOWN))
    page.close()
    converted = reading(tmp_path, made)
    assert of_role(converted, hidden=False) == shown
    assert of_role(converted, hidden=True) == characters(made) - shown
    assert bool(converted.problems) == (maker.hidden > 0)
