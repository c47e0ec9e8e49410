"""The grid of photos: model, delegate, view."""
