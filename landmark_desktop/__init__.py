"""Landmark Desktop: recognise landmarks in local photos and write the places into their metadata."""

__version__ = "0.1.0"
