"""The models that fill the roles, loaded lazily: importing this package loads no torch."""
