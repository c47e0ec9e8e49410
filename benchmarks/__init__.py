"""Benchmarks: every number is a ratio of things measured side by side in one run, on pictures drawn for it."""
