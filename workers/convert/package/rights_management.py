"""Office files under rights management (IRM): what opens without consent of the server only says that they are so.

[MS-OFFCRYPTO] 2.2: the older formats keep the document in a stream of its own and a note in place of the text; the
newer ones keep an encrypted package without a description of a password's encryption (2.3.1).
"""

from pathlib import Path

import olefile

from schemas.errors import DocumentError
from schemas.messages.sentence import Sentence
from schemas.outcomes import Category

_CONTENTS = ("\x09DRMContent", "\x09DRMViewerContent")
_FAULTS = (OSError, ValueError, IndexError, TypeError, AttributeError)


def refuse_rights_managed(path: Path) -> None:
    """Refuse a compound file that is under rights management; damage is left to its reader.

    Raises:
        DocumentError: It is (category ``encrypted``).
    """
    try:
        with olefile.OleFileIO(path) as container:
            managed = any(map(container.exists, _CONTENTS)) or (
                container.exists("EncryptedPackage") and not container.exists("EncryptionInfo")
            )
    except _FAULTS:
        return
    if managed:
        raise DocumentError(Category.ENCRYPTED, Sentence.of("rights-managed"))
