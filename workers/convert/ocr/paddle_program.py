"""A program of its own, run by ``paddle``: prints the lines of text on a picture, upright, as JSON.

Imports nothing of this application, so that it starts in no time; its arguments are the picture and the number of the
frame in it, from 0. Without arguments it only imports what it needs, which shows whether it can.
"""

import io
import json
import sys
from collections.abc import Callable
from dataclasses import dataclass

import faster_paddle
from PIL import Image, ImageOps

_UPSIDE_DOWN = 0.8  # mean confidence; a page as it is read has 0.97 and more, one on its head at most 0.55
# Letters in a line that tells its direction, and how many times as long as high it is at least: a digit is tall.
_LETTERS, _TIMES = 3, 2
_LEAST_SIDE, _MOST_SIDE = 960, 1600  # of the picture in which lines are sought
_FAULTS = (OSError, ValueError, SyntaxError, MemoryError, RuntimeError, EOFError, Image.DecompressionBombError)

Line = tuple[int, int, int, int, float, str]  # left, top, right, bottom in pixels, confidence from 0 to 1, text


@dataclass(frozen=True, slots=True)
class _Page:
    width: int
    height: int
    lines: list[Line]

    @property
    def confidence(self) -> float:
        return sum(line[4] for line in self.lines) / len(self.lines) if self.lines else 1.0

    @property
    def on_its_side(self) -> bool:
        across = down = 0
        for left, top, right, bottom, _, text in self.lines:
            if len(text) >= _LETTERS:
                across += len(text) * (right - left > _TIMES * (bottom - top))
                down += len(text) * (bottom - top > _TIMES * (right - left))
        return down > across

    def turned(self) -> "_Page":
        """Return it turned a quarter to the left, as lines are read that run downwards."""
        lines = [
            (top, self.width - right, bottom, self.width - left, confidence, text)
            for left, top, right, bottom, confidence, text in self.lines
        ]
        return _Page(self.height, self.width, lines)


def load(path: str, frame: int) -> Image.Image:
    """Return a picture in grey, upright as its camera says, on white where it is transparent."""
    with Image.open(path) as picture:
        picture.seek(frame)
        upright = ImageOps.exif_transpose(picture)
    if upright.has_transparency_data:
        white = Image.new("RGBA", upright.size, "white")
        white.alpha_composite(upright.convert("RGBA"))
        upright = white
    if upright.mode.startswith("I"):  # 16 bits a pixel, which ``convert`` would cut off at 255
        upright = upright.convert("I").point(lambda value: value * (1 / 257))
    return upright.convert("L")


def read_upright(picture: Image.Image, read: Callable[[Image.Image], list[Line]]) -> _Page:
    """Return what stands on a picture that may lie on its side or head, with places on the picture turned upright."""
    page = _Page(*picture.size, read(picture))
    if page.confidence < _UPSIDE_DOWN:
        head = _Page(*picture.size, read(picture.transpose(Image.Transpose.ROTATE_180)))
        page = head if head.confidence > page.confidence else page
    return page.turned() if page.on_its_side else page


def _reader(size: tuple[int, int]) -> Callable[[Image.Image], list[Line]]:
    # Half of 200 dots an inch is enough to find lines; they are read in all there are.
    side = min(max(_LEAST_SIDE, max(size) // 2), _MOST_SIDE)
    engine = faster_paddle.OcrEngine(model_size="tiny", threads=1, det_max_side=side)

    def read(picture: Image.Image) -> list[Line]:
        file = io.BytesIO()
        picture.save(file, "BMP")
        found = engine.ocr(file.getvalue())["bounds"].values()
        return [(*one["topLeftCoord"], *one["bottomRightCoord"], one["confidence"], one["text"]) for one in found]

    return read


def main() -> None:
    """Print the page, or end with what is wrong with the picture."""
    try:
        picture = load(sys.argv[1], int(sys.argv[2]))
        page = read_upright(picture, _reader(picture.size))
    except _FAULTS as error:
        sys.exit(f"{type(error).__name__}: {error}")
    json.dump({"width": page.width, "height": page.height, "lines": page.lines}, sys.stdout)


if __name__ == "__main__" and sys.argv[1:]:
    main()
