"""How the system is deployed: images, manifests, accounts with their policies, dashboards and alerts."""
