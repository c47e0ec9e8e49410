"""Buttons that several dialogs have."""

from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QDialog, QDialogButtonBox


def close_buttons(dialog: QDialog) -> QDialogButtonBox:
    """A row with a button that closes the dialog. No icon: Fusion's is black on black in the dark theme."""
    buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close, dialog)
    buttons.button(QDialogButtonBox.StandardButton.Close).setIcon(QIcon())
    buttons.rejected.connect(dialog.reject)
    return buttons
