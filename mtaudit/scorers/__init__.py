"""Scorers measure with models; what a measurement means is for `findings.detect` to say."""
