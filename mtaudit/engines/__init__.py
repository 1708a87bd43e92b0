"""How many pairs go through the pipeline, and where."""
