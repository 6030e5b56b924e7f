"""The lease store on Redis: a class for each part of its interface, and the scripts by which they change its state."""
