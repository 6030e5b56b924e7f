"""Names of files that lie about beside documents and are none: one rule for the inbox, the commands and archives.

What systems keep for themselves (Thumbs.db, .DS_Store, desktop.ini, AppleDouble), what an office program puts beside a
document that is open (``~$…`` of Word and WPS, ``.~lock.…#`` of LibreOffice), shortcuts, and downloads under way.
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
    """Return whether a path, with slashes, names a file that is no document."""
    return _LITTER.search(path) is not None
