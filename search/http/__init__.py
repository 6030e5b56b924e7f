"""What JSON interface and pages share: authentication, errors, limits, addresses, ports."""
