"""Creates what is missing in every backend: buckets, indexes, the notification rule."""

from ops.system import System


def bootstrap(system: System) -> list[str]:
    """Create what is missing in every backend, and say what that was; running it again creates nothing."""
    context, target = system.context, system.settings.events_target
    made = [*context.inbox.bootstrap(), *context.derived.bootstrap(), *context.index.bootstrap()]
    if target:
        from ops.maintenance.bucket_notifications import ensure_rule, inbox_client  # noqa: PLC0415  start-up

        made += ensure_rule(*inbox_client(system.settings), target)
    return made
