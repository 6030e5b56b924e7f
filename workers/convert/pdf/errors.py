"""Why a PDF could not be read, by whichever reader."""


class UnreadableError(Exception):
    """The second reader cannot read the file either; the text says why."""


class PasswordError(UnreadableError):
    """The file is encrypted and the password does not open it."""
