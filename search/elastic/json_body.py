"""JSON bodies of requests and responses by msgspec, in a fifth of the time that ``json`` takes."""

from typing import Any

import msgspec
from elasticsearch.serializer import CompatibilityModeJsonSerializer

from schemas.codec import encode


class JsonBodySerializer(CompatibilityModeJsonSerializer):
    """Serializes what Elasticsearch's client sends and receives; errors are those of the client's own serializer."""

    def json_dumps(self, data: Any) -> bytes:
        """Return ``data`` as JSON in UTF-8; half a surrogate pair is sent as the client sends it."""
        try:
            return encode(data)
        except UnicodeEncodeError:
            return super().json_dumps(data)

    def json_loads(self, data: bytes) -> Any:
        """Return the value of a JSON body; what msgspec refuses, such as half a surrogate pair, the client reads.

        Raises:
            ValueError: It is not JSON, for instance cut off.
        """
        try:
            return msgspec.json.decode(data)
        except (msgspec.MsgspecError, UnicodeDecodeError):
            return super().json_loads(data)


SERIALIZERS = {JsonBodySerializer.mimetype: JsonBodySerializer()}
