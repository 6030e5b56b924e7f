"""Draw pictures (png, jpg, tif, gif) as they are, upright and at the size of a page."""

import io
import warnings

from PIL import Image, ImageOps, UnidentifiedImageError

from schemas.drawings import WEBP, Drawing, DrawnPage
from schemas.errors import DocumentError
from schemas.messages.sentence import Sentence
from schemas.outcomes import Category
from workers.convert.preview.page_number import require_page
from workers.convert.source import Source

# The longer side: A4 at 150 dpi.
MAX_SIDE = 1754
_QUALITY, _EFFORT = 80, 2
_WHITE = (255, 255, 255)


def draw(source: Source, page: int) -> DrawnPage:
    """Return a frame of a picture.

    Raises:
        DocumentError: There is no such frame, it is damaged, or too large.
    """
    try:
        with warnings.catch_warnings(), Image.open(source.path) as image:
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            pages = getattr(image, "n_frames", 1) if source.format == "tif" else 1
            require_page(page, pages)
            image.seek(page - 1)
            image.draft("RGB", (MAX_SIDE, MAX_SIDE))
            return encode_page(_flatten(_scale(ImageOps.exif_transpose(image))), page=page, pages=pages)
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise DocumentError(Category.TOO_LARGE, Sentence.of("drawn-too-large", page=page)) from error
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError) as error:
        raise DocumentError(
            Category.CORRUPT, Sentence.of("drawn-damaged", page=page, error=str(error)[:200])
        ) from error


def encode_page(image: Image.Image, *, page: int, pages: int) -> DrawnPage:
    """Return a picture of a page in colour, encoded."""
    return DrawnPage(Drawing(page, pages, image.width, image.height, WEBP), encode(image))


def encode(image: Image.Image) -> bytes:
    """Return a picture as WebP."""
    written = io.BytesIO()
    image.save(written, "WEBP", quality=_QUALITY, method=_EFFORT)
    return written.getvalue()


def _scale(image: Image.Image) -> Image.Image:
    ratio = MAX_SIDE / max(image.size)
    if ratio >= 1:
        return image
    size = (max(1, round(image.width * ratio)), max(1, round(image.height * ratio)))
    # Only pictures of grey or colour can be averaged; a palette or black and white would be thinned out.
    smooth = image if image.mode in {"L", "RGB", "RGBA", "CMYK"} else image.convert(_colours(image))
    return smooth.resize(size, Image.Resampling.LANCZOS, reducing_gap=2.0)


def _flatten(image: Image.Image) -> Image.Image:
    """Return a picture in colour, on white where it is see-through."""
    if _colours(image) != "RGBA":
        return image.convert("RGB")
    paper = Image.new("RGBA", image.size, (*_WHITE, 255))
    return Image.alpha_composite(paper, image.convert("RGBA")).convert("RGB")


def _colours(image: Image.Image) -> str:
    if image.mode in {"RGBA", "LA", "PA"} or "transparency" in image.info:
        return "RGBA"
    return "L" if image.mode in {"1", "L"} else "RGB"
