"""Explains an S3 server's refusals: either one key is invalid, or a setting is wrong, and which."""

from minio.error import S3Error

# With these codes the server understood the request but does not accept its key or content.
_OF_THE_KEY = frozenset({400, 405, 409, 413, 414, 422})
_PASSING = frozenset({"BadDigest", "IncompleteBody", "OperationAborted", "RequestTimeout", "SlowDown"})
_REGION = "set GONGKAI_S3_REGION to the region of the server"
_KEY = "set GONGKAI_S3_ACCESS_KEY to an access key this server knows"
_BUCKET = (
    "set GONGKAI_OBJECTS_URL and GONGKAI_DERIVED_URL to buckets that are there, or create them by "
    "`gongkai doctor --bootstrap`"
)
NO_BUCKET = f"there is no such bucket; {_BUCKET}"
_ADVICE = {
    "AccessDenied": "give the access key of GONGKAI_S3_ACCESS_KEY the rights it needs, or set another one",
    "AuthorizationHeaderMalformed": _REGION,
    "InvalidAccessKeyId": _KEY,
    "IllegalLocationConstraintException": _REGION,
    "InvalidLocationConstraint": _REGION,
    "InvalidRegion": _REGION,
    "NoSuchBucket": _BUCKET,
    "PermanentRedirect": _REGION,
    "RequestTimeTooSkewed": "set the clock of this machine or of the server: they differ by more than is allowed",
    "SignatureDoesNotMatch": "set GONGKAI_S3_SECRET_KEY to the secret that belongs to GONGKAI_S3_ACCESS_KEY",
    "XAdminUserNotFound": _KEY,
}


def concerns_key(error: S3Error) -> bool:
    """Return whether a server refused just this key and would accept others."""
    status = error.response.status if error.response is not None else 0
    return status in _OF_THE_KEY and error.code not in _PASSING and error.code not in _ADVICE


def is_unexplained(error: S3Error) -> bool:
    """Return whether an error is a bare status without a body, as in every response to a HEAD request."""
    return error.code in {"AccessDenied", "BadRequest"}


def explain(error: S3Error) -> str:
    """Return the server's answer in one line, with the setting to change if known."""
    told = f"{error.code}: {(error.message or '').strip()}"
    return f"{told}; {_ADVICE[error.code]}" if error.code in _ADVICE else told
