"""Numbered SQL files; file ``NNNN_name.sql`` brings a library from version NNNN - 1 to NNNN."""
