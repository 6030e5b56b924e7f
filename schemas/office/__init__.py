"""What travels in the work of the disclosure office: findings with their evidence, reports, applications, deadlines."""
