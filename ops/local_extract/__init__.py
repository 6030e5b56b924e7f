"""The work of ``gongkai extract``: local files to lines, without a server."""
