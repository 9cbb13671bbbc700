"""Reads for public pages and desks that join several packages."""
