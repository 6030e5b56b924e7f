"""``gongkai office rules``: the rules that are checked, and their legal basis."""

from ops.cli.office.table_output import Out, write_table
from ops.cli.output import FINE, AsJson


def rules(out: Out = None, as_json: AsJson = False) -> int:
    """List every rule with the paragraphs it is based on."""
    from schemas.office.findings import SEVERITIES, basis_text  # noqa: PLC0415  start-up
    from search.office.rules import RULES  # noqa: PLC0415  start-up
    from search.office.tables import Table  # noqa: PLC0415  start-up

    rows = [
        (rule.code, rule.title, SEVERITIES[rule.severity], "；".join(map(basis_text, rule.bases)))
        for rule in RULES.values()
    ]
    write_table(Table("核查规则", ("规则", "名称", "程度", "依据"), rows), out, as_json=as_json)
    return FINE
