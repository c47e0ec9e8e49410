"""The grid of photos: the model, its filter and order, how a tile is painted, and the view."""
