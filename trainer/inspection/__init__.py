"""What a model looks like inside: its layers, their receptive fields, and where it looks in a photo."""
