"""Operations over HTTP, below ``/v1/operations``: the functions of the commands behind another door."""
