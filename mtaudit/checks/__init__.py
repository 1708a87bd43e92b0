"""Checks: one module a family; each check is a class with its rule."""
