"""Reading and writing photo metadata through Exiv2: fields, sidecars, safe writes. No Qt."""
