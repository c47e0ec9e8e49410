"""Texts that several parts of the window need: verdicts, reviews, places, numbers and known errors, translated."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Final

from PySide6.QtCore import QCoreApplication, QDate, QDateTime, QLocale, QTime

from landmark_desktop.core.agreement import Agreement, Comparison
from landmark_desktop.core.errors import ERROR_TEXTS, KnownError
from landmark_desktop.core.guess import Guesses, Thresholds, Verdict, decide
from landmark_desktop.core.location import Landmark
from landmark_desktop.core.photo import Photo, suffix_of
from landmark_desktop.services.progress import Progress
from landmark_desktop.ui.photo_grid.tile import Tile

_KILOMETRE, _METRE, _MILE, _FOOT = 1.0, 0.001, 1.609344, 0.0003048
_IMPERIAL: Final = (QLocale.MeasurementSystem.ImperialUSSystem, QLocale.MeasurementSystem.ImperialUKSystem)

translate = QCoreApplication.translate


def number(value: int) -> str:
    """A whole number as the locale writes it."""
    return QLocale().toString(value)


def percent(share: float) -> str:
    """A share in [0, 1] as whole percent; what is not certain is never called 100 %."""
    if 0.0 < share < 0.005:
        return translate("Texts", "<1 %")
    value = min(99, round(share * 100)) if share < 1.0 else 100
    return translate("Texts", "{0} %").format(QLocale().toString(value))


def whole_percent(share: float) -> str:
    """Any share, also above 1, as whole percent."""
    return translate("Texts", "{0} %").format(number(round(100 * share)))


def share_text(share: float) -> str:
    """A measured share in [0, 1] in percent with two decimals."""
    return translate("Texts", "{0} %").format(QLocale().toString(100 * share, "f", 2))


def date_text(day: date) -> str:
    """A day as the locale writes it, with the month's name."""
    return QLocale().toString(QDate(day.year, day.month, day.day), QLocale.FormatType.LongFormat)


def time_text(moment: datetime) -> str:
    """A day and a time of day, short, as the locale writes them."""
    day, time = QDate(moment.year, moment.month, moment.day), QTime(moment.hour, moment.minute, moment.second)
    return QLocale().toString(QDateTime(day, time), QLocale.FormatType.ShortFormat)


def listed(parts: Iterable[str]) -> str:
    """What is not empty among these, as a list in the way of the user's language."""
    return QLocale().createSeparatedList([part for part in parts if part])


def joined(parts: Iterable[str]) -> str:
    """What is not empty among these, with the separator that the user's language has between parts."""
    # Between the first two of three; before the last one there may be an "and".
    sample = QLocale().createSeparatedList(["\0", "\1", "\2"])
    return sample[1 : sample.index("\1")].join(part for part in parts if part)


def coordinates(latitude: float, longitude: float) -> str:
    """Latitude and longitude in degrees with three decimals (about 100 m)."""
    locale = QLocale()
    separator = "; " if locale.decimalPoint() == "," else ", "
    return locale.toString(latitude, "f", 3) + separator + locale.toString(longitude, "f", 3)


def length_unit(kilometres: float) -> float:
    """The unit, in kilometres, in which a distance reads best: the system's own, not the language's, because who reads
    English need not measure in miles."""
    if QLocale.system().measurementSystem() in _IMPERIAL:
        return _MILE if kilometres / _MILE >= 0.095 else _FOOT
    return _KILOMETRE if kilometres >= 1.0 else _METRE


def distance(kilometres: float) -> str:
    """A distance in the unit that reads best."""
    unit = length_unit(kilometres)
    value = kilometres / unit
    if unit in (_METRE, _FOOT):
        text = QLocale().toString(round(value, -1), "f", 0)
        return (translate("Texts", "{0} m") if unit == _METRE else translate("Texts", "{0} ft")).format(text)
    text = QLocale().toString(value, "f", 1 if value < 10 else 0)
    return (translate("Texts", "{0} km") if unit == _KILOMETRE else translate("Texts", "{0} mi")).format(text)


def place(landmark: Landmark) -> str:
    """City and country of a landmark, or what is known instead."""
    if landmark.location is None:
        return translate("Texts", "The bundle knows no place for this landmark")
    return landmark.location.place


def error_text(error: KnownError) -> tuple[str, str]:
    """Message and remedy of a known error in the user's language."""
    texts = ERROR_TEXTS[error.code]
    params = {name: reason_text(str(value)) if name == "reason" else value for name, value in error.params.items()}
    message, remedy = (translate("Errors", text).format(**params) for text in (texts.message, texts.remedy))
    return message, remedy


def reason_text(reason: str) -> str:
    """A reason in the user's language, where it is one of the program's own and not of the system or a library."""
    return translate("Reasons", reason) if reason else ""


def verdict_word(verdict: Verdict | None) -> str:
    """The verdict in a word."""
    if verdict is None:
        return translate("Texts", "Waiting")
    return {
        Verdict.LANDMARK: translate("Texts", "Landmark"),
        Verdict.UNSURE: translate("Texts", "Unsure"),
        Verdict.NONE: translate("Texts", "No known landmark"),
    }[verdict]


def verdict_reason(
    guesses: Guesses, verdict: Verdict, thresholds: Thresholds, comparison: Comparison | None = None
) -> str:
    """Why the engine came to its verdict, in a sentence. ``comparison`` is that of the first guess with the photo's own
    position."""
    first = guesses.first
    if comparison is not None and verdict is not decide(guesses, thresholds):
        away = distance(comparison.distance_km)
        if verdict is Verdict.LANDMARK:
            text = translate("Texts", "The model hesitates, but the photo was taken there: its GPS is {0} away.")
        else:
            text = translate("Texts", "Confident, but the photo’s GPS is {0} away: one of the two is wrong.")
        return text.format(away)
    if verdict is Verdict.LANDMARK:
        return translate("Texts", "Confident, and clearly ahead of the second guess.")
    if verdict is Verdict.UNSURE:
        if first is not None and first.confidence < thresholds.accept:
            return translate("Texts", "The first guess stays below the {0} that counts as recognised.").format(
                percent(thresholds.accept)
            )
        return translate("Texts", "The first two guesses are too close to each other.")
    if guesses.novelty > thresholds.novelty_limit:
        return translate(
            "Texts", "The photo looks unlike every landmark the model knows. Most photos show none; that is fine."
        )
    return translate("Texts", "No guess reaches {0}. Most photos show no known landmark; that is fine.").format(
        percent(thresholds.reject)
    )


def review_word(tile: Tile) -> str:
    """What the user said of a photo and whether it is written, or an empty text."""
    if tile.rejected:
        return translate("Texts", "no landmark")
    if tile.accepted:
        return translate("Texts", "accepted, written") if tile.tagged else translate("Texts", "accepted")
    return ""


def tile_title(tile: Tile) -> str:
    """The first line of a tile."""
    if tile.record.error is not None:
        return error_text(tile.record.error)[0]
    if tile.rejected:
        return translate("Texts", "No landmark")
    if tile.landmark is not None and (tile.accepted or tile.verdict is not Verdict.NONE):
        return tile.landmark.name
    return verdict_word(tile.verdict)


def file_names(photo: Photo) -> str:
    """The photo's name, with the endings of its further files: ``IMG_1.JPG + CR2``."""
    return " + ".join([photo.name, *(suffix_of(file.name)[1:].upper() for file in photo.companions)])


def tile_text(tile: Tile) -> str:
    """A tile for screen readers: ``IMG_1.jpg, Eiffel Tower, 97 %, accepted``."""
    parts = [file_names(tile.record.photo), tile_title(tile)]
    if tile.record.error is None:
        if tile.confidence is not None and (tile.accepted or tile.verdict is not Verdict.NONE):
            parts.append(percent(tile.confidence))
        if tile.verdict is Verdict.UNSURE and tile.record.review is None:
            parts.append(translate("Texts", "unsure"))
        if not tile.rejected:
            parts.append(review_word(tile))
        if tile.record.photo.facts.has_gps:
            parts.append(gps_words(tile))
    if tile.record.offline:
        parts.append(translate("Texts", "offline"))
    return joined(parts)


def gps_words(tile: Tile) -> str:
    """That a photo has GPS, and whether it agrees with the landmark that is shown."""
    agreement = tile.comparison.agreement if tile.comparison is not None else Agreement.OPEN
    believed = tile.accepted or tile.verdict is not Verdict.NONE
    if believed and agreement is Agreement.AGREES:
        return translate("Texts", "its GPS agrees")
    if believed and agreement is Agreement.CONFLICTS:
        return translate("Texts", "its GPS is far away")
    return translate("Texts", "has GPS")


def time_left(seconds: float) -> str:
    """How long a batch still takes, roughly."""
    minutes = round(seconds / 60)
    if minutes < 1:
        return translate("Texts", "less than a minute left")
    if minutes < 90:
        return translate("Texts", "{0} min left").format(number(minutes))
    hours, rest = divmod(round(minutes, -1), 60)
    return translate("Texts", "{0} h {1} min left").format(number(hours), number(rest))


def rate(progress: Progress) -> str:
    """Photos per second, or an empty text while it cannot be told."""
    if progress.rate is None:
        return ""
    return translate("Texts", "{0}/s").format(QLocale().toString(progress.rate, "f", 0 if progress.rate >= 10 else 1))
