"""Tells the object store where to send the events of the inbox bucket: one notification rule, set once and kept.

``python -m ops.notifications ARN`` sets it for the inbox of the settings. The target behind the ARN is the object
store's own affair: on MinIO an environment variable of the server, on Ceph a topic.
"""

from typing import Annotated
from urllib.parse import urlsplit

import typer
import urllib3
from minio import Minio
from minio.notificationconfig import NotificationConfig, QueueConfig, TopicConfig

from ops.cli.command import say
from schemas.errors import SettingsError
from workers.settings import Settings, load

EVENTS = ["s3:ObjectCreated:*", "s3:ObjectRemoved:*"]
RULE = "gongkai"


def ensure_rule(client: Minio, bucket: str, arn: str) -> list[str]:
    """Send the events of ``bucket`` to ``arn`` and return a line if that was not so before; other rules stay.

    Args:
        client: For the object store.
        bucket: An existing bucket.
        arn: ``arn:minio:sqs:…`` of a MinIO target or ``arn:aws:sns:…`` of a topic.
    """
    found = client.get_bucket_notification(bucket)
    queues, topics = list(found.queue_config_list or ()), list(found.topic_config_list or ())
    if arn in {rule.queue for rule in queues} | {rule.topic for rule in topics}:
        return []
    queues = [rule for rule in queues if rule.config_id != RULE]
    topics = [rule for rule in topics if rule.config_id != RULE]
    if ":sns:" in arn:
        topics.append(TopicConfig(topic=arn, events=EVENTS, config_id=RULE))
    else:
        queues.append(QueueConfig(queue=arn, events=EVENTS, config_id=RULE))
    functions = found.cloud_func_config_list
    client.set_bucket_notification(bucket, NotificationConfig(functions, queues, topics))
    return [f"events of bucket {bucket} to {arn}"]


def inbox_client(settings: Settings) -> tuple[Minio, str]:
    """Return a client for the inbox's object store, and the name of the bucket.

    Raises:
        SettingsError: The inbox is a folder.
    """
    parts = urlsplit(settings.objects_url)
    if parts.scheme == "file":
        raise SettingsError("GONGKAI_OBJECTS_URL is a folder, which is watched and needs no notification rule")
    secure = parts.scheme == "s3+https"
    pool = urllib3.PoolManager(cert_reqs="CERT_REQUIRED", ca_certs=settings.ca_file or None)
    client = Minio(parts.netloc, settings.s3_access_key, settings.s3_secret_key, secure=secure, http_client=pool)
    return client, parts.path.strip("/")


def main(arn: Annotated[str, typer.Argument(help="Target, e.g. arn:minio:sqs::GONGKAI:redis")]) -> None:
    """Send the events of the inbox bucket to ARN."""
    client, bucket = inbox_client(load())
    for line in ensure_rule(client, bucket, arn) or ["nothing to change"]:
        say(line)


if __name__ == "__main__":
    typer.run(main)
