"""The scripts that change the state in Redis, each atomically; assembled from the files in ``lua``."""

from importlib import resources

from workers.leases.fair_queue import LONGEST_QUEUE_EVERY

# The files each script is assembled from, in order; the last has the script's name.
PARTS: dict[str, tuple[str, ...]] = {
    "line_up": ("keys", "fair_queue", "line_up"),
    "admit": ("keys", "fair_queue", "admit"),
    "start": ("keys", "fair_queue", "take_lease", "start"),
    "take_scan": ("keys", "fair_queue", "take_lease", "take_scan"),
    "put_aside": ("keys", "fair_queue", "release_lease", "put_aside"),
    "hand_over": ("keys", "release_lease", "hand_over"),
    "finish": ("keys", "finish"),
    "list_lost": ("keys", "list_lost"),
}


def read_script(name: str) -> str:
    """Return the Lua source of a script.

    Args:
        name: A key of ``PARTS``.
    """
    folder = resources.files("workers.leases.redis") / "lua"
    parts = [(folder / f"{part}.lua").read_text("utf-8") for part in PARTS[name]]
    return "\n".join([f"local LONGEST_QUEUE_EVERY = {LONGEST_QUEUE_EVERY}", *parts])
