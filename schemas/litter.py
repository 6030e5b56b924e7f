"""Recognise files beside documents that are no documents: one rule for the inbox, the commands and archives.

These are system files (Thumbs.db, .DS_Store, desktop.ini, AppleDouble), lock files of open documents (``~$…`` of Word
and WPS, ``.~lock.…#`` of LibreOffice), shortcuts, and unfinished downloads.
"""

import re

_LITTER = re.compile(
    r"(?:^|/)(?:"
    r"(?:__MACOSX|\$RECYCLE\.BIN|System Volume Information|@eaDir|\.Trashes|\.Spotlight-V100|\.fseventsd)(?:/|$)|"
    r"(?:\.DS_Store|Thumbs\.db|ehthumbs(?:_vista)?\.db|desktop\.ini|\.directory|\._[^/]*|~\$[^/]*|\.~[^/]*|~WRL[0-9]+\.tmp|"
    r"\.~lock\.[^/]*#|[^/]*\.(?:part|partial|crdownload|opdownload|url|lnk|webloc))$)",
    re.IGNORECASE,
)


def is_litter(path: str) -> bool:
    """Return whether ``path``, separated by slashes, names a file that is no document."""
    return _LITTER.search(path) is not None
