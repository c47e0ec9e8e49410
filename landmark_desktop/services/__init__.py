"""What the app can do, as lanes of work with progress and cancel. QtCore and QImage at most, no widgets."""
