"""Packages of the course: the author's own modules, and wheels from a registry."""
