"""What the environment says about servers for tests.

It is taken out of the environment, because the product refuses settings it does not know.
"""

import os

PREFIX = "GONGKAI_TEST_"


def _take(name: str) -> str:
    return os.environ.pop(name, "").strip()


REQUIRED = _take("GONGKAI_REQUIRE_SERVICES") not in {"", "0"}
S3 = _take(f"{PREFIX}S3")
ELASTICSEARCH = _take(f"{PREFIX}ELASTICSEARCH")
MINIO = _take(f"{PREFIX}MINIO")
CACHE_HOME = os.environ.get("XDG_CACHE_HOME", "")
GIVEN: dict[str, dict[str, str]] = {
    name: {field: _take(f"{PREFIX}{name.upper()}_{field.upper()}") for field in fields}
    for name, fields in {
        "redis": ("url",),
        "s3": ("url", "access_key", "secret_key", "kind"),
        "elasticsearch": ("url",),
    }.items()
}
