"""Writes learnt weights as the module of the program that holds them."""


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
            f'"""What each piece of evidence for {subject} weighs; written by ``ops.bench.quality.{script}``."""',
            "",
            "WEIGHTS: dict[str, float] = {",
            *(f'    "{name}": {value:.2f},' for name, value in heaviest),
            "}",
            "",
        ]
    )
