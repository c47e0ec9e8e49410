"""ONNX Runtime sessions and the classifier on top of them. No Qt."""
