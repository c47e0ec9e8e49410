"""The domain: photos, guesses, locations, tags, bundles and errors. No Qt, no ONNX Runtime, no torch."""
