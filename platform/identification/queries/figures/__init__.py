"""Reads of villages' figures: exact for officers in scope, coarse and frozen for everybody."""
