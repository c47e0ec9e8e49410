"""The panel beside the grid: the current photo, its guesses, its place, and the answers."""

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QImage, QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from landmark_desktop.core.agreement import Agreement, compare
from landmark_desktop.core.guess import Thresholds, Verdict
from landmark_desktop.core.location import Landmark
from landmark_desktop.ui import texts
from landmark_desktop.ui.check_box import CheckBox
from landmark_desktop.ui.guess_bar import GuessBar
from landmark_desktop.ui.heat_overlay import HeatLegend
from landmark_desktop.ui.icons import SIGN_OF_VERDICT, Sign, sign_colour, sign_icon
from landmark_desktop.ui.photo_facts import PhotoFacts
from landmark_desktop.ui.photo_grid.tile import Tile, TileMaker
from landmark_desktop.ui.picture import Picture
from landmark_desktop.ui.theme import GAP, PADDING, colours

SHOWN_GUESSES = 5
MIN_WIDTH = 300
PICTURE_RATIO = 0.75
"""Height of the picture's box by its width."""


class ElidedLabel(QLabel):
    """A label that shortens its text in the middle instead of asking for more room."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._full = ""
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)

    def set_full_text(self, text: str) -> None:
        """Show ``text``, shortened to the room there is."""
        self._full = text
        self.setToolTip(text)
        self.setAccessibleName(text)
        self._elide()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Shorten anew."""
        super().resizeEvent(event)
        self._elide()

    def _elide(self) -> None:
        self.setText(self.fontMetrics().elidedText(self._full, Qt.TextElideMode.ElideMiddle, self.width()))


class ReviewPanel(QFrame):
    """Shows one photo. It knows no workspace: answers are signals, what is shown comes in by :meth:`show_photo`."""

    picked = Signal(int)  # index of the guess that was clicked, from 0
    accept_clicked = Signal()
    reject_clicked = Signal()
    find_clicked = Signal()
    taken_here_clicked = Signal(bool)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("review-panel")
        self.setAccessibleName(self.tr("Current photo"))
        outer = QVBoxLayout(self)
        outer.setContentsMargins(1, 0, 0, 0)  # its line at the left
        outer.setSpacing(0)
        body = QWidget(self)
        body.setObjectName("review-body")
        self._lay_out(body)
        # Below what scrolls: in a low window, too, the answers are at hand.
        self._answers = self._answer_part()
        outer.addWidget(_scrolled(body), 1)
        outer.addWidget(self._answers)
        self.clear()

    def _lay_out(self, body: QWidget) -> None:
        layout = QVBoxLayout(body)
        layout.setContentsMargins(PADDING, 12, PADDING, GAP)
        layout.setSpacing(GAP)
        header = QHBoxLayout()
        self._name = ElidedLabel(self)
        self._name.setProperty("title", True)
        self._position = _label(self, "muted")
        header.addWidget(self._name, 1)
        header.addWidget(self._position)
        layout.addLayout(header)
        self.picture = Picture(self)
        layout.addWidget(self.picture)
        self.legend = HeatLegend(self, wraps=True)
        layout.addWidget(self.legend)
        layout.addLayout(self._verdict_part())
        self._reason = _label(self, "muted", wraps=True)
        layout.addWidget(self._reason)
        self._error = _label(self, "error", wraps=True)
        self._remedy = _label(self, wraps=True)
        layout.addWidget(self._error)
        layout.addWidget(self._remedy)
        self.bars = [GuessBar(str(number + 1), self) for number in range(SHOWN_GUESSES)]
        bars = QVBoxLayout()
        bars.setSpacing(0)
        for index, bar in enumerate(self.bars):
            bar.clicked.connect(lambda _=False, index=index: self.picked.emit(index))
            bars.addWidget(bar)
        layout.addLayout(bars)
        self._place = _label(self, "strong", wraps=True)
        self._coordinates = _label(self, "muted", wraps=True)
        self._coordinates.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._gps = _label(self, "muted", wraps=True)
        for label in (self._place, self._coordinates, self._gps):
            layout.addWidget(label)
        self.facts = PhotoFacts(self)
        layout.addWidget(self.facts)
        layout.addStretch(1)

    def _verdict_part(self) -> QHBoxLayout:
        line = QHBoxLayout()
        line.setSpacing(6)
        self._sign = QLabel(self)
        self._verdict = _label(self, "strong")
        self._answer = _label(self)
        line.addWidget(self._sign)
        line.addWidget(self._verdict)
        line.addStretch(1)
        line.addWidget(self._answer)
        return line

    def _answer_part(self) -> QWidget:
        part = QWidget(self)
        layout = QVBoxLayout(part)
        layout.setContentsMargins(PADDING, 4, PADDING, PADDING)
        layout.setSpacing(GAP)
        self.taken_here = CheckBox(self.tr("Taken here (T)"), part)
        self.taken_here.setToolTip(
            self.tr("Also write the landmark's position as the estimated position of the camera.\n")
            + self.tr("A photo that has GPS keeps its own, unless you confirm here that it is to be replaced.")
        )
        self.taken_here.clicked.connect(self.taken_here_clicked)
        layout.addWidget(self.taken_here)
        buttons = QHBoxLayout()
        buttons.setSpacing(GAP)
        self.accept = QPushButton(self.tr("Accept  ⏎"), part)
        self.accept.setProperty("primary", True)
        self.accept.setAccessibleName(self.tr("Accept the first guess"))
        self.accept.clicked.connect(self.accept_clicked)
        self.reject = QPushButton(self.tr("No landmark  ⌫"), part)
        self.reject.setAccessibleName(self.tr("No landmark"))
        self.reject.clicked.connect(self.reject_clicked)
        self.find_button = QPushButton(self.tr("Find…  F"), part)
        self.find_button.setAccessibleName(self.tr("Find a landmark by its name"))
        self.find_button.clicked.connect(self.find_clicked)
        for button, share in ((self.accept, 3), (self.reject, 3), (self.find_button, 2)):
            buttons.addWidget(button, share)
        layout.addLayout(buttons)
        # A click must not take the keyboard away from the grid; Tab still reaches everything.
        for widget in (self.taken_here, self.accept, self.reject, self.find_button):
            widget.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        return part

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the box of the picture in proportion, so that nothing moves from photo to photo."""
        super().resizeEvent(event)
        self.picture.setFixedHeight(round((self.width() - 2 * PADDING) * PICTURE_RATIO))

    def minimumSizeHint(self) -> QSize:
        """No narrower than the answers, however long their words are in a language."""
        least = super().minimumSizeHint()
        return least.expandedTo(QSize(max(MIN_WIDTH, self._answers.minimumSizeHint().width() + 1), 0))

    def clear(self) -> None:
        """Show that no photo is chosen."""
        self._name.set_full_text(self.tr("No photo is selected"))
        for label in (self._position, self._verdict, self._answer):
            label.clear()
        self.picture.sign = None
        self.picture.set_image(None)
        for widget in (
            self._sign,
            self._reason,
            self._error,
            self._remedy,
            self._place,
            self._coordinates,
            self._gps,
            self.facts,
            self._answers,
            *self.bars,
        ):
            widget.hide()

    def show_picture(self, image: QImage | None) -> None:
        """Show the thumbnail, later the large picture."""
        self.picture.set_image(image)

    def show_photo(
        self,
        tile: Tile,
        maker: TileMaker,
        thresholds: Thresholds,
        *,
        row: int,
        rows: int,
        selected: int,
        taken_here: bool,
    ) -> None:
        """Show what is known of a photo. ``row`` counts from 0, ``selected`` is the number of selected photos."""
        self._name.set_full_text(tile.record.photo.name)
        position = self.tr("{0} of {1}").format(texts.number(row + 1), texts.number(rows))
        if selected > 1:
            position += " · " + self.tr("%Ln selected", "", selected)
        self._position.setText(position)
        self._show_verdict(tile, maker, thresholds)
        self._show_guesses(tile, maker)
        self._show_place(tile)
        self.facts.show_photo(tile)
        self.facts.show()
        self._show_answers(tile, taken_here)

    def _show_verdict(self, tile: Tile, maker: TileMaker, thresholds: Thresholds) -> None:
        record = tile.record
        failed = record.error is not None
        sign = Sign.WARNING if failed else Sign.WAITING if tile.verdict is None else SIGN_OF_VERDICT[tile.verdict]
        self.picture.sign = sign
        colour = sign_colour(sign, colours(self.palette()))
        self._sign.setPixmap(sign_icon(sign, colour).pixmap(QSize(16, 16), self.devicePixelRatioF()))
        self._sign.setVisible(True)
        self._verdict.setText(self.tr("Cannot be read") if failed else texts.verdict_word(tile.verdict))
        reason = ""
        if record.guesses is not None and tile.verdict is not None and not failed:
            first = record.guesses.first
            found = compare(record.photo.facts, maker.landmark(first.landmark_id)) if first is not None else None
            reason = texts.verdict_reason(record.guesses, tile.verdict, thresholds, found)
        _show_text(self._reason, reason)
        problem = record.error or record.note
        message, remedy = texts.error_text(problem) if problem is not None else ("", "")
        _show_text(self._error, message)
        _show_text(self._remedy, remedy)
        self._show_answer(tile)

    def _show_answer(self, tile: Tile) -> None:
        kind = ""
        text = ""
        if tile.accepted:
            kind = "good" if tile.tagged else "pending"
            text = self.tr("✓ Written") if tile.tagged else self.tr("✎ Accepted, not written yet")
        elif tile.rejected:
            text = self.tr("✕ You said: no landmark")
        self._answer.setText(text)
        for name in ("good", "pending"):
            self._answer.setProperty(name, name == kind)
        self._answer.style().unpolish(self._answer)
        self._answer.style().polish(self._answer)

    def _show_guesses(self, tile: Tile, maker: TileMaker) -> None:
        guesses = tile.record.guesses.top if tile.record.guesses is not None and tile.record.error is None else ()
        review = tile.record.review
        accepted = review.landmark_id if review is not None else None
        quiet = tile.rejected or (tile.verdict is Verdict.NONE and not tile.accepted)
        for index, bar in enumerate(self.bars):
            bar.setVisible(index < len(guesses))
            if index < len(guesses):
                guess = guesses[index]
                landmark = maker.landmark(guess.landmark_id)
                bar.show_guess(landmark, guess, accepted=guess.landmark_id == accepted, quiet=quiet)

    def _show_place(self, tile: Tile) -> None:
        landmark: Landmark | None = None
        if tile.record.error is None and (tile.accepted or tile.verdict in (Verdict.LANDMARK, Verdict.UNSURE)):
            landmark = tile.landmark
        location = landmark.location if landmark is not None else None
        if landmark is not None:
            listed = any(bar.isVisibleTo(self) and bar.text() == landmark.name for bar in self.bars)
            name = texts.place(landmark)
            if location is not None and location.country_code:
                name += f" ({location.country_code})"
            _show_text(self._place, name if listed else f"{landmark.name}, {name}")
        else:
            _show_text(self._place, "")
        _show_text(self._coordinates, texts.coordinates(location.latitude, location.longitude) if location else "")
        facts = tile.record.photo.facts
        text = ""
        if facts.latitude is not None and facts.longitude is not None:
            text = self.tr("The photo has GPS: {0}").format(texts.coordinates(facts.latitude, facts.longitude))
            if tile.comparison is not None and landmark is not None:
                away = texts.distance(tile.comparison.distance_km)
                text += " · " + self._agreement_text(tile.comparison.agreement).format(away, landmark.name)
        _show_text(self._gps, text)

    def _agreement_text(self, agreement: Agreement) -> str:
        """Distance {0} from landmark {1}, and what it means."""
        return {
            Agreement.AGREES: self.tr("✓ {0} from {1}: they agree"),
            Agreement.OPEN: self.tr("{0} from {1}"),
            Agreement.CONFLICTS: self.tr("⚠ {0} from {1}: too far to be true, so the GPS is kept"),
        }[agreement]

    def _show_answers(self, tile: Tile, taken_here: bool) -> None:
        readable = tile.record.error is None
        self._answers.setVisible(readable)
        self.taken_here.setChecked(taken_here)
        self.taken_here.setEnabled(readable and not tile.rejected)
        known = tile.record.guesses is not None
        self.accept.setEnabled(known and (tile.accepted or tile.verdict is not Verdict.NONE))
        self.accept.setToolTip(
            ""
            if self.accept.isEnabled()
            else self.tr("There is no guess that can be relied on; press 1 to 5 to pick one anyway.")
        )


def _scrolled(body: QWidget) -> QScrollArea:
    """What may be higher than a small screen, or one with large letters."""
    area = QScrollArea()
    area.setWidget(body)
    area.setWidgetResizable(True)
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # it follows the focus of what is in it
    area.setMinimumWidth(body.minimumSizeHint().width())
    return area


def _label(parent: QWidget, kind: str = "", *, wraps: bool = False) -> QLabel:
    label = QLabel(parent)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setWordWrap(wraps)
    if kind:
        label.setProperty(kind, True)
    return label


def _show_text(label: QLabel, text: str) -> None:
    label.setText(text)
    label.setVisible(bool(text))
