"""Measurements of quality and speed; results.json holds the last ones, README says the commands."""
