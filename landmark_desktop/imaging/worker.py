"""The process in which risky decoders run, and what it says and hears.

A decoder that crashes takes only this process with it; one that hangs is ended from outside, or by its own watchdog
should nobody be left outside. One request at a time, as :mod:`landmark_desktop.core.helper_pipe` tells; the pixels
(8-bit RGB, row by row) follow the answer.

Started as ``python -m landmark_desktop.imaging.worker``, or by a frozen program, which is its own interpreter, with
:data:`.WORKER_ARGUMENT` (see ``landmark_desktop.__main__``).
"""

import faulthandler
import logging
import sys
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any, BinaryIO, Final

from landmark_desktop.core.errors import ErrorCode, PhotoError, photo_error_from_os
from landmark_desktop.core.helper_pipe import Notes, become_helper, next_question, send_answer
from landmark_desktop.core.photo import display_name
from landmark_desktop.imaging.kinds import RAW, UNKNOWN, kind_of
from landmark_desktop.imaging.limits import needs_memory
from landmark_desktop.imaging.stills import Decoded, decode_still

ADDRESS_SPACE: Final = 4 * 2**30
"""Bytes of address space that a worker may take, where the platform has such a limit (Linux). 250 megapixels need 3 GB;
a worker that does nothing has half a GB of libraries."""
IDLE_S: Final = 60.0
"""A worker that nobody asked for this long ends, so that a library of JPEGs does not pay for it."""
ORPHAN_GRACE_S: Final = 5.0
"""How much longer than its asker a worker waits before it ends itself."""

Decoder = Callable[[Path, int, int], Decoded]
"""Takes the path, the shorter side that is needed and the limit of pixels. May raise PhotoError and OSError."""


def decode_risky(path: Path, short_side: int, max_pixels: int) -> Decoded:
    """Decode a photo of one of the risky kinds, here and now.

    Raises:
        PhotoError: the photo cannot be shown.
        OSError: the file cannot be read.
    """
    name = display_name(path)
    with path.open("rb") as file:
        kind = kind_of(file, name)
        if kind is UNKNOWN:
            raise PhotoError(ErrorCode.NOT_A_PHOTO, name=name)
        if kind is not RAW:
            import pillow_heif

            # Tiles side by side: costs no more processor time, and the one photo that somebody looks at comes sooner.
            pillow_heif.register_heif_opener(decode_threads=4)
            return decode_still(file, name, kind, short_side, max_pixels)
        sure = kind_of(file, "") is RAW
    from landmark_desktop.imaging.raw import decode_raw

    return decode_raw(path, name, short_side, max_pixels, sure=sure)


def serve(requests: BinaryIO, answers: BinaryIO, decoder: Decoder = decode_risky) -> None:
    """Answer requests until there are no more, one after the other."""
    notes = Notes()
    logging.getLogger("landmark_desktop").addHandler(notes)
    while (question := next_question(requests, IDLE_S)) is not None:
        # In C and without the interpreter's lock: this ends the process even where a decoder holds it for ever.
        faulthandler.dump_traceback_later(question["timeout_s"] + ORPHAN_GRACE_S, exit=True)
        answer, pixels = _answer(question, decoder)
        faulthandler.cancel_dump_traceback_later()
        answer["log"] = notes.take()
        send_answer(answers, answer, pixels)


def _answer(request: dict[str, Any], decoder: Decoder) -> tuple[dict[str, Any], bytes]:
    path = Path(request["path"])
    try:
        decoded = decoder(path, request["short_side"], request["max_pixels"])
        image = decoded.image
        pixels = image.tobytes()
    except PhotoError as error:
        return {"error": error.code, "params": error.params}, b""
    except OSError as error:
        known = photo_error_from_os(error, path)
        return {"error": known.code, "params": known.params}, b""
    except MemoryError:
        known = needs_memory(display_name(path))
        return {"error": known.code, "params": known.params}, b""
    except Exception as error:  # a decoder failed in a way that nobody foresaw: the photo's error, and in the log
        logging.getLogger(__name__).warning("decoder failed", exc_info=True)
        reason = type(error).__name__
        return {"error": ErrorCode.PHOTO_DAMAGED, "params": {"name": display_name(path), "reason": reason}}, b""
    return {"size": image.size, "whole": (decoded.width, decoded.height)}, pixels


def main(decoder: Decoder = decode_risky) -> int:
    """Be a worker until standard input ends; returns the exit code."""
    requests, answers = become_helper(ADDRESS_SPACE)
    with suppress(BrokenPipeError):
        serve(requests, answers, decoder)
    return 0


if __name__ == "__main__":
    sys.exit(main())
