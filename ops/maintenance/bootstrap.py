"""Creates what is missing in every backend: buckets, indexes, the notification rule."""

from ops.system import System


def bootstrap(system: System) -> list[str]:
    """Create what is missing in every backend and return a line for each; idempotent."""
    if system.settings.embedded:
        system.settings.data_dir.mkdir(mode=0o700, parents=True, exist_ok=True)
        system.settings.data_dir.chmod(0o700)
    context, target = system.context, system.settings.events_target
    made = [*context.inbox.bootstrap(), *context.derived.bootstrap(), *context.index.bootstrap()]
    if target:
        from ops.maintenance.bucket_notifications import ensure_rule, inbox_client  # noqa: PLC0415  start-up

        made += ensure_rule(*inbox_client(system.settings), target)
    return made
