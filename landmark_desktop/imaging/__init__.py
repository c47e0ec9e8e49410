"""Decoding: from files to oriented sRGB pictures. No Qt, no ONNX Runtime, no torch."""
