"""Scores and thresholds of the trial, computed exactly, for answers that come from a file."""
