"""Errors that users of the trainer can meet: a sentence that says what happened, and a remedy."""

from landmark_desktop.core.errors import ErrorCode, KnownError


class TrainerError(KnownError):
    """A training task cannot go on; not a bug. ``message`` and ``remedy`` are English sentences."""

    def __init__(self, message: str, remedy: str) -> None:
        self._message = message.rstrip(".") + "."
        self._remedy = remedy
        super().__init__(ErrorCode.USAGE, reason=message)

    @property
    def message(self) -> str:
        """What happened, as one English sentence."""
        return self._message

    @property
    def remedy(self) -> str:
        """What the user can do about it, as one English sentence."""
        return self._remedy
