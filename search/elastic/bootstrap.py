"""Create on Elasticsearch what is missing: index templates, first indexes and their aliases."""

from typing import Any

from elasticsearch import BadRequestError, Elasticsearch

from schemas.errors import SettingsError
from search.elastic.client import ElasticClient, ServerOptions
from search.elastic.mapping import FIELDS, MERGING, VERSION, refresh_interval, replica_settings, template


def bootstrap(client: ElasticClient, prefix: str, *, refresh_seconds: float, options: ServerOptions) -> list[str]:
    """Return a line for each thing created or changed; running it again changes nothing.

    Raises:
        SettingsError: An index was made by another version of this program, whose fields differ.
    """
    made: list[str] = []
    for kind in FIELDS:
        _check_version(client, f"{prefix}-{kind}")
    for kind in FIELDS:
        name = f"{prefix}-{kind}"
        if _put_template(client, name, template(prefix, kind, refresh_seconds=refresh_seconds, options=options)):
            made.append(f"index template {name}")
        if _create_index(client, name):
            made.append(f"index {name}-000001 behind the alias {name}")
            continue
        if _set(client, name, {"refresh_interval": refresh_interval(refresh_seconds)}):
            made.append(f"refresh interval of {name}")
        if _set(client, name, replica_settings(options)):
            made.append(f"replicas of {name}")
        if _set(client, name, MERGING):
            made.append(f"merge policy of {name}")
    return made


def other_layout(client: ElasticClient, alias: str, options: ServerOptions) -> str | None:
    """Return how an index's shards differ from the settings, and the command that changes them; None if equal."""
    answer = client.call(lambda server: server.indices.get_settings(index=alias, name="index.number_of_shards"))
    found = sorted({int(each["settings"]["index"]["number_of_shards"]) for each in answer.values()})
    if found == [options.shards]:
        return None
    has = " and ".join(map(str, found))
    return f"{alias} has {has} primary shards, {options.shards} are set: `gongkai reindex` changes that"


def _check_version(client: ElasticClient, alias: str) -> None:
    indexes = client.call(lambda server: server.indices.get_mapping(index=alias, ignore_unavailable=True))
    for name, found in indexes.items():
        version = found["mappings"].get("_meta", {}).get("version")
        if version != VERSION:
            raise SettingsError(
                f"the index {name} has fields of version {version} and this program writes version {VERSION}: "
                "`gongkai reindex` copies all documents into an index of this version, while searches go on"
            )


def _put_template(client: ElasticClient, name: str, wanted: dict[str, Any]) -> bool:
    stored = client.find(lambda server: server.indices.get_index_template(name=name))
    found = {} if stored is None else stored["index_templates"][0]["index_template"]
    if found.get("version") == VERSION and found.get("_meta") == wanted["meta"]:
        return False
    client.call(lambda server: server.indices.put_index_template(name=name, **wanted))
    return True


def _create_index(client: ElasticClient, alias: str) -> bool:
    if client.call(lambda server: {"there": bool(server.indices.exists_alias(name=alias))})["there"]:
        return False

    def ask(server: Elasticsearch) -> Any:
        try:
            server.indices.create(index=f"{alias}-000001", aliases={alias: {"is_write_index": True}})
        except BadRequestError as error:
            # Another process was faster by an instant.
            if error.error != "resource_already_exists_exception":
                raise
            return {"made": False}
        return {"made": True}

    return bool(client.call(ask)["made"])


def _set(client: ElasticClient, alias: str, wanted: dict[str, str]) -> bool:
    """Apply these settings to the indexes behind ``alias``; return whether any of them changed."""
    full = {f"index.{name}": value for name, value in wanted.items()}
    answer = client.call(lambda server: server.indices.get_settings(index=alias, name=[*full], flat_settings=True))
    if all(each["settings"] == full for each in answer.values()):
        return False
    client.call(lambda server: server.indices.put_settings(index=alias, settings=wanted))
    return True
