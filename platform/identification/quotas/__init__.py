"""The arithmetic of planning numbers (domain.md 4): pure, exact, nothing of it knows the database."""
