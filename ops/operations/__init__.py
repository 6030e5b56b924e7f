"""Operations over HTTP, below ``/v1/operations``: the same use cases as the commands."""
