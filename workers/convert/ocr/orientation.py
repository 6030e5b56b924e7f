"""Boxes that tesseract gives for a page that lies on its side or head, turned as the page is read.

It finds the orientation itself (page segmentation mode 1) and still says where things stand on the picture as it came.
"""

from itertools import pairwise

Box = tuple[int, int, int, int]  # left, top, width, height, in pixels


def upright(boxes: list[Box], lines: list[Box], page: tuple[int, int]) -> tuple[list[Box], int]:
    """Return the boxes on the page turned upright, and the height of that page.

    Args:
        boxes: Of words.
        lines: Of lines, in the order they are read.
        page: Width and height of the picture.
    """
    width, height = page
    text = [line for line in lines if max(line[2], line[3]) > 3 * min(line[2], line[3])]
    tall = [line for line in text if line[3] > line[2]]
    if 2 * len(tall) > len(text):
        # Lines that follow each other to the left read downwards, to the right upwards.
        if _ascends([line[0] for line in tall]):
            return [(height - top - high, left, high, wide) for left, top, wide, high in boxes], width
        return [(top, width - left - wide, high, wide) for left, top, wide, high in boxes], width
    if text and not _ascends([line[1] for line in text]):
        return [(width - left - wide, height - top - high, wide, high) for left, top, wide, high in boxes], height
    return boxes, height


def _ascends(places: list[int]) -> bool:
    """Return whether places grow from one line to the next, as most steps say."""
    steps = [after - before for before, after in pairwise(places)]
    return sum(step > 0 for step in steps) >= sum(step < 0 for step in steps)
