"""Data types of the disclosure office: findings with their evidence, reports, applications, deadlines."""
