"""What ``search.http.ports`` asks for, over the stores of the system."""
