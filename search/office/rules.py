"""Every rule of the office in one table; a part of the office lists its rules in a module of its own."""

from schemas.office.findings import rule_table
from search.office.annual.rules import ANNUAL_RULES
from search.office.assessment.rules import ASSESSMENT_RULES
from search.office.catalogue.columns.rules import COLUMN_RULES
from search.office.catalogue.guide.rules import GUIDE_RULES
from search.office.catalogue.rules import CATALOGUE_RULES
from search.office.deadlines.rules import DEADLINE_RULES
from search.office.publication.negative import NEGATIVE_RULES
from search.office.publication.rules import PUBLICATION_RULES
from search.office.standard.rules import STANDARD_RULES
from search.office.validity.rules import VALIDITY_RULES

RULES = rule_table(
    (
        *ANNUAL_RULES, *DEADLINE_RULES, *VALIDITY_RULES, *PUBLICATION_RULES, *NEGATIVE_RULES, *CATALOGUE_RULES,
        *COLUMN_RULES, *GUIDE_RULES, *STANDARD_RULES, *ASSESSMENT_RULES,
    )
)  # fmt: skip
