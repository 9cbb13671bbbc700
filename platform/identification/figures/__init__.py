"""The figures of a village (domain.md 3.7.5): exact arithmetic for officers, coarse numbers for the public."""
