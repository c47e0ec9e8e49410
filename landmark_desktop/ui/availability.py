"""Which actions can be used now."""

from landmark_desktop.services.work import WorkState
from landmark_desktop.services.workspace import Workspace
from landmark_desktop.ui.photo_grid.grouping import GroupBy
from landmark_desktop.ui.photo_grid.model import PhotoModel
from landmark_desktop.ui.photo_grid.tile import Bucket, Tile
from landmark_desktop.ui.review_panel import SHOWN_GUESSES
from landmark_desktop.ui.why import explained_landmark


def enabled_actions(
    workspace: Workspace, photos: PhotoModel, current: Tile | None, *, why_shown: bool, large_shown: bool
) -> dict[str, bool]:
    """Whether each of the actions that depend on something can be used; ``current`` is the current photo, ``why_shown``
    that photos are being explained, which can be ended at any time, ``large_shown`` that the large preview is shown."""
    state = workspace.state
    readable = current is not None and current.record.error is None
    running = state in (WorkState.CLASSIFYING, WorkState.SCANNING)
    guesses = current.record.guesses.top if current is not None and current.record.guesses is not None else ()
    return {
        "pause": running,
        "resume": state is WorkState.PAUSED or (state is WorkState.IDLE and photos.unclassified > 0),
        "cancel": running or state is WorkState.PAUSED,
        "undo_review": workspace.reviews.can_undo,
        "redo_review": workspace.reviews.can_redo,
        "select_all": photos.rowCount() > 0,
        "accept": current is not None,
        "reject": current is not None,
        "find": readable,
        "taken_here": readable,
        "clear_answer": current is not None and current.record.review is not None,
        "accept_all": photos.counts[Bucket.LANDMARK] > 0,
        "accept_group": current is not None and photos.groups.by is not GroupBy.NOTHING,
        "toggle_group": current is not None and photos.groups.by is not GroupBy.NOTHING,
        "toggle_all_groups": current is not None and photos.groups.by is not GroupBy.NOTHING,
        "write": photos.pending > 0,
        "why": explained_landmark(current) is not None or why_shown,
        "preview": current is not None,
        **dict.fromkeys(("zoom_in", "zoom_out", "zoom_whole", "zoom_pixels"), large_shown),
        "copy": current is not None,
        "reveal": current is not None,
        "open_with": current is not None,
        "export": photos.counts[Bucket.ALL] > 0,
        "organise": photos.counts[Bucket.ALL] > 0,
        "read_places": photos.counts[Bucket.ALL] > 0,
        "search": photos.counts[Bucket.ALL] > 0,
        **{f"pick_{number + 1}": readable and number < len(guesses) for number in range(SHOWN_GUESSES)},
    }
