"""The lease store on Redis: a class per part of its interface, and the scripts that change its state."""
