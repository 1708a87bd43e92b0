"""Scripts that make the bundled weights; not part of the installed package."""
