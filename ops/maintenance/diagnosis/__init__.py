"""Whether an installation is sound: its settings, its servers, its store, and samples run through it."""
