"""Creates a MinIO and Elasticsearch account for each process, with the policies and roles of ``ops/deploy/policies``.

``python -m ops.deploy.accounts`` reads ``name=secret`` lines from its standard input and runs once, with the
servers' own credentials in the settings; no process of the system has those. Redis reads its users when it starts
(``redis.acl``).
"""

import json
import re
import sys
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import typer
import urllib3
from minio.credentials.providers import StaticProvider
from minio.error import MinioAdminException
from minio.minioadmin import MinioAdmin

from schemas.errors import DependencyError, SettingsError
from search.elastic.client import ElasticClient
from workers.settings import Settings, load
from workers.storage.object_keys import bucket_of

POLICIES = Path(__file__).parent / "policies"
_ARN = "arn:aws:s3:::"
_LINE = re.compile(r"([a-z]+)=(\S{8,40})")


def read_secrets(lines: Iterable[str]) -> dict[str, str]:
    """Return the secret of each account.

    Raises:
        SettingsError: A line is not ``name=secret``, or names an account without a policy.
    """
    found: dict[str, str] = {}
    for number, line in enumerate(filter(None, map(str.strip, lines)), 1):
        match = _LINE.fullmatch(line)
        if match is None or not (POLICIES / f"{match[1]}.json").is_file():
            known = ", ".join(sorted(path.stem for path in POLICIES.glob("*.json")))
            raise SettingsError(f"line {number} of the accounts takes name=secret (8 to 40 characters), for {known}")
        found[match[1]] = match[2]
    return found


def policy(name: str, settings: Settings) -> dict[str, Any]:
    """Return the bucket policy of a process for the buckets of the settings."""
    buckets = {"inbox": bucket_of(settings.objects_url), "derived": bucket_of(settings.derived_url)}
    rules: dict[str, Any] = json.loads((POLICIES / f"{name}.json").read_text("utf-8"))
    for statement in rules["Statement"]:
        places = (place.removeprefix(_ARN) for place in statement["Resource"])
        statement["Resource"] = [_ARN + re.sub(r"^\w+", lambda found: buckets[found[0]], place) for place in places]
    return rules


def role(name: str, settings: Settings) -> dict[str, Any] | None:
    """Return a process's Elasticsearch role for the indexes of the settings; None if it needs none."""
    path = POLICIES / "elasticsearch" / f"{name}.json"
    if not path.is_file():
        return None
    found: dict[str, Any] = json.loads(path.read_text("utf-8"))
    for rule in found["indices"]:
        rule["names"] = [one.replace("gongkai-", f"{settings.index_prefix}-", 1) for one in rule["names"]]
    return found


def make_store_accounts(settings: Settings, secrets: Mapping[str, str]) -> Iterator[str]:
    """Create a MinIO user with its policy for each name; update secret and policy of existing ones.

    Raises:
        DependencyError: MinIO refuses or does not answer.
    """
    parts = urlsplit(settings.objects_url)
    admin = MinioAdmin(
        endpoint=parts.netloc,
        credentials=StaticProvider(settings.s3_access_key, settings.s3_secret_key),
        secure=parts.scheme.endswith("https"),
        cert_check=True,
    )
    try:
        for name, secret in secrets.items():
            admin.policy_add(name, policy=policy(name, settings))
            admin.user_add(name, secret)
            if name not in json.loads(admin.user_info(name)).get("policyName", "").split(","):
                admin.policy_set(name, user=name)
            yield f"account {name} of the object store"
    except (MinioAdminException, urllib3.exceptions.HTTPError) as error:
        raise DependencyError("object store", f"an account cannot be made ({type(error).__name__})") from error


def make_index_accounts(settings: Settings, secrets: Mapping[str, str]) -> Iterator[str]:
    """Create an Elasticsearch role and user for each name that needs one.

    Raises:
        DependencyError: Elasticsearch refuses or does not answer.
    """
    client = ElasticClient(
        settings.index_url, user=settings.index_user, password=settings.index_password, ca_file=settings.ca_file
    )
    for name, secret in secrets.items():
        found = role(name, settings)
        if found is not None:
            _put_account(client, name, secret, role_name=f"{settings.index_prefix}-{name}", rights=found)
            yield f"account {name} of the index"
    client.close()


def _put_account(client: ElasticClient, name: str, secret: str, *, role_name: str, rights: dict[str, Any]) -> None:
    client.call(lambda server: server.security.put_role(name=role_name, **rights))
    client.call(lambda server: server.security.put_user(username=name, password=secret, roles=[role_name]))


def main() -> None:
    """Create the accounts named on standard input."""
    settings, secrets = load(), read_secrets(sys.stdin)
    for line in (*make_store_accounts(settings, secrets), *make_index_accounts(settings, secrets)):
        typer.echo(line)


if __name__ == "__main__":
    main()
