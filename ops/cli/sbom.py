"""``gongkai sbom``: the software bill of materials of this installation."""

from ops.cli.output import FINE, print_json


def sbom() -> int:
    """Print the software bill of materials: every package with version, licence and hashes, as CycloneDX 1.5."""
    from ops.dependencies.bill_of_materials import bill_of_materials  # noqa: PLC0415  start-up

    print_json(bill_of_materials())
    return FINE
