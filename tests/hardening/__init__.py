"""Tests that try to break the program: hostile files, hostile bundles, no network, leaks, talkative logs."""
