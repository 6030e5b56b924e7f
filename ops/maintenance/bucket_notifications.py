"""Sets the notification rule that tells the object store where to send events of the inbox bucket.

``python -m ops.maintenance.bucket_notifications ARN`` sets it for the inbox of the settings. The target behind the ARN
is the object store's own affair: on MinIO an environment variable of the server, on Ceph a topic.
"""

from typing import Annotated
from urllib.parse import urlsplit

import typer
import urllib3
from minio import Minio
from minio.error import InvalidResponseError, S3Error, ServerError
from minio.notificationconfig import NotificationConfig, QueueConfig, TopicConfig

from schemas.errors import DependencyError, SettingsError
from workers.settings import Settings, load
from workers.storage.s3_refusals import explain

EVENTS = ["s3:ObjectCreated:*", "s3:ObjectRemoved:*"]
RULE = "gongkai"
TIMEOUT = urllib3.Timeout(connect=5, read=60)
HOW = "name a target the server has, or leave it empty where it sends no events: the sweep finds new files then"


def ensure_rule(client: Minio, bucket: str, arn: str) -> list[str]:
    """Send the events of ``bucket`` to ``arn``; return a line if the rule is new. Other rules stay.

    Args:
        client: For the object store.
        bucket: An existing bucket.
        arn: ``arn:minio:sqs:…`` of a MinIO target or ``arn:aws:sns:…`` of a topic.

    Raises:
        SettingsError: The server refuses the rule.
        DependencyError: It does not answer.
    """
    try:
        return _ensured(client, bucket, arn)
    # Translated here: errors of this client are frozen, and adding a note to one raises another error.
    except S3Error as error:
        raise SettingsError(f"GONGKAI_EVENTS_TARGET: {arn} is refused ({explain(error)}); {HOW}") from error
    except (urllib3.exceptions.HTTPError, ServerError, InvalidResponseError) as error:
        raise DependencyError("object store", f"no answer to a rule for events of {bucket} ({error})") from error


def _ensured(client: Minio, bucket: str, arn: str) -> list[str]:
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
    pool = urllib3.PoolManager(cert_reqs="CERT_REQUIRED", ca_certs=settings.ca_file or None, timeout=TIMEOUT)
    client = Minio(
        parts.netloc,
        settings.s3_access_key,
        settings.s3_secret_key,
        secure=secure,
        region=settings.s3_region,
        http_client=pool,
    )
    return client, parts.path.strip("/")


def main(arn: Annotated[str, typer.Argument(help="Target, e.g. arn:minio:sqs::GONGKAI:redis")]) -> None:
    """Send the events of the inbox bucket to ARN."""
    client, bucket = inbox_client(load())
    for line in ensure_rule(client, bucket, arn) or ["nothing to change"]:
        typer.echo(line, err=True)


if __name__ == "__main__":
    typer.run(main)
