"""Learns weights from several sources, each judged by the others, and writes them as the module that holds them."""

from collections.abc import Callable, Mapping, Sequence
from typing import TypeVar

Example = TypeVar("Example")


def judge_by_others(
    sources: Mapping[str, Sequence[Example]],
    learn: Callable[[Sequence[Example]], dict[str, float]],
    say: Callable[[Sequence[Example], dict[str, float]], str],
) -> tuple[list[str], dict[str, float]]:
    """Return a comment for each source, judged with weights learnt from all others, and the weights learnt from all.

    Args:
        sources: Examples by the name of their source.
        learn: Learns weights from examples.
        say: What to say of examples under weights.
    """
    lines = []
    for name, own in sources.items():
        others = [example for other, found in sources.items() if other != name for example in found]
        lines.append(f"# {name}: {say(own, learn(others))}")
    return lines, learn([example for found in sources.values() for example in found])


def weights_module(subject: str, script: str, weights: dict[str, float]) -> str:
    """Return the module, the heaviest weight first.

    Args:
        subject: Subject of the evidence, with its article.
        script: Module of this room that learnt the weights.
        weights: Weights by name of the evidence.
    """
    heaviest = sorted(weights.items(), key=lambda item: -item[1])
    return "\n".join(
        [
            f'"""The weight of each piece of evidence for {subject}; written by ``ops.bench.quality.{script}``."""',
            "",
            "WEIGHTS: dict[str, float] = {",
            *(f'    "{name}": {value:.2f},' for name, value in heaviest),
            "}",
            "",
        ]
    )
