"""Reads over all domains, as papers need them."""
