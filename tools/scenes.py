"""Stylised scenes for the screenshots: skies, hills, water, and the silhouettes of well-known landmarks.

Everything is drawn here, so that the screenshots of the documentation contain no photo of anybody.
"""

import math
import random
from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QImage, QLinearGradient, QPainter, QPainterPath, QPen, QPolygonF, QRadialGradient

WIDTH, HEIGHT = 1500, 1000
HORIZON = 760.0

Draw = Callable[[QPainter], None]
_Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Sky:
    """Colours from the zenith to the horizon, where the sun stands, and the colours of hills and ground."""

    colours: tuple[str, str, str]
    sun: tuple[float, float, str]
    hills: tuple[str, str]
    ground: tuple[str, str]
    stars: bool = False


DUSK = Sky(("#26365f", "#b0577a", "#f9b27c"), (1120, 690, "#ffe2b0"), ("#5b4a72", "#3f3557"), ("#33304a", "#1e1d30"))
NOON = Sky(("#2d7cc4", "#7db9e8", "#dff0fa"), (300, 190, "#fff8e0"), ("#7f9fb0", "#5d8272"), ("#7e9a5c", "#55713f"))
GOLD = Sky(("#4a6a94", "#e2a765", "#fde2ae"), (420, 640, "#fff0c4"), ("#a98766", "#8a6a4f"), ("#8c7048", "#5c4a30"))
MIST = Sky(("#7e97aa", "#b3c4cf", "#e4e9ea"), (980, 330, "#fbf8ee"), ("#a6b6bf", "#8a9ea9"), ("#5e7686", "#3e5564"))
NIGHT = Sky(
    ("#0b1230", "#1b2c5c", "#47558e"), (1180, 220, "#f4f0da"), ("#1a2347", "#121a38"), ("#141c3c", "#0a1026"), True
)
DESERT = Sky(("#3f83b8", "#a8cbd8", "#f5dfb4"), (1150, 250, "#fff6d8"), ("#d3ab73", "#c2935a"), ("#d9b072", "#b07f45"))
ROSE = Sky(("#6b86b8", "#dfa9b4", "#fbe0cf"), (330, 560, "#fff1dc"), ("#a794ad", "#83788f"), ("#6f8a6a", "#4a6350"))


def paint_scene(sky: Sky, subject: Draw, seed: int, *, water: bool = False) -> QImage:
    """Draw a scene; ``seed`` varies hills, clouds and stars. With ``water``, the ground mirrors everything above."""
    image = QImage(WIDTH, HEIGHT, QImage.Format.Format_RGB32)
    painter = QPainter(image)
    painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform)
    rng = random.Random(seed)
    _sky(painter, sky, rng)
    _hills(painter, sky, rng)
    _ground(painter, sky)
    subject(painter)
    painter.end()
    if water:
        _mirror(image, sky)
    return image


def _sky(painter: QPainter, sky: Sky, rng: random.Random) -> None:
    gradient = QLinearGradient(0, 0, 0, HORIZON)
    for stop, name in zip((0.0, 0.62, 1.0), sky.colours, strict=True):
        gradient.setColorAt(stop, QColor(name))
    painter.fillRect(0, 0, WIDTH, HEIGHT, gradient)
    painter.setPen(Qt.PenStyle.NoPen)
    if sky.stars:
        for _ in range(140):
            painter.setBrush(QColor(255, 255, 255, rng.randint(60, 220)))
            size = rng.uniform(0.8, 2.4)
            painter.drawEllipse(QPointF(rng.uniform(0, WIDTH), rng.uniform(0, HORIZON * 0.8)), size, size)
    x, y, name = sky.sun
    glow = QRadialGradient(x, y, 420)
    colour = QColor(name)
    for stop, alpha in ((0.0, 190), (0.25, 80), (1.0, 0)):
        colour.setAlpha(alpha)
        glow.setColorAt(stop, colour)
    painter.fillRect(0, 0, WIDTH, HEIGHT, glow)
    painter.setBrush(QColor(name))
    painter.drawEllipse(QPointF(x, y), 46, 46)
    for _ in range(0 if sky.stars else 5):
        _cloud(painter, rng)


def _cloud(painter: QPainter, rng: random.Random) -> None:
    x, y, scale = rng.uniform(0, WIDTH), rng.uniform(70, 380), rng.uniform(0.6, 1.5)
    painter.setBrush(QColor(255, 255, 255, rng.randint(26, 70)))
    for _ in range(7):
        painter.drawEllipse(
            QPointF(x + rng.uniform(-130, 130) * scale, y + rng.uniform(-10, 10) * scale),
            rng.uniform(60, 130) * scale,
            rng.uniform(10, 24) * scale,
        )


def _hills(painter: QPainter, sky: Sky, rng: random.Random) -> None:
    for layer, name in enumerate(sky.hills):
        base, swing = HORIZON - 70 + 46 * layer, 70 - 26 * layer
        phase, length = rng.uniform(0, 6), rng.uniform(260, 420)
        path = QPainterPath(QPointF(0, HORIZON + 20))
        for x in range(0, WIDTH + 20, 20):
            wave = math.sin(x / length + phase) + 0.45 * math.sin(x / (length * 0.37) + 2 * phase)
            path.lineTo(x, base - swing * wave)
        path.lineTo(WIDTH, HORIZON + 20)
        path.closeSubpath()
        painter.fillPath(path, QColor(name))


def _ground(painter: QPainter, sky: Sky) -> None:
    gradient = QLinearGradient(0, HORIZON, 0, HEIGHT)
    gradient.setColorAt(0, QColor(sky.ground[0]))
    gradient.setColorAt(1, QColor(sky.ground[1]))
    painter.fillRect(QRectF(0, HORIZON, WIDTH, HEIGHT - HORIZON), gradient)


def _mirror(image: QImage, sky: Sky) -> None:
    depth = HEIGHT - int(HORIZON)
    above = image.copy(0, int(HORIZON) - 2 * depth, WIDTH, 2 * depth).flipped(Qt.Orientation.Vertical)
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
    painter.drawImage(QRectF(0, HORIZON, WIDTH, depth), above)
    veil = QLinearGradient(0, HORIZON, 0, HEIGHT)
    near, far = QColor(sky.ground[1]), QColor(sky.ground[0])
    near.setAlpha(215)
    far.setAlpha(90)
    veil.setColorAt(0, far)
    veil.setColorAt(1, near)
    painter.fillRect(QRectF(0, HORIZON, WIDTH, depth), veil)
    painter.setPen(QPen(QColor(255, 255, 255, 34), 2))
    rng = random.Random(7)
    for _ in range(70):
        y, x, half = rng.uniform(HORIZON + 8, HEIGHT), rng.uniform(0, WIDTH), rng.uniform(20, 110)
        painter.drawLine(QPointF(x - half, y), QPointF(x + half, y))
    painter.end()


def _polygon(*points: _Point) -> QPainterPath:
    path = QPainterPath()
    path.addPolygon(QPolygonF([QPointF(x, y) for x, y in points]))
    path.closeSubpath()
    return path


def _shaded(painter: QPainter, path: QPainterPath, light: str, dark: str) -> None:
    """Fill a body as the sun lights it: bright on the left, dark on the right."""
    box = path.boundingRect()
    gradient = QLinearGradient(box.left(), 0, box.right(), 0)
    gradient.setColorAt(0, QColor(light))
    gradient.setColorAt(1, QColor(dark))
    painter.fillPath(path, gradient)


def _windows(painter: QPainter, area: QRectF, columns: int, rows: int, colour: str) -> None:
    width, height = area.width() / columns, area.height() / rows
    for column in range(columns):
        for row in range(rows):
            box = QRectF(
                area.left() + (column + 0.3) * width, area.top() + (row + 0.25) * height, 0.4 * width, 0.5 * height
            )
            painter.fillRect(box, QColor(colour))


def lattice_tower(painter: QPainter) -> None:
    """An iron tower with four curved legs and three platforms."""
    x, foot = 720.0, HORIZON + 40
    for side in (-1, 1):
        leg = QPainterPath(QPointF(x + side * 200, foot))
        leg.cubicTo(
            QPointF(x + side * 110, foot - 190), QPointF(x + side * 46, foot - 380), QPointF(x + side * 14, 130)
        )
        leg.lineTo(x, 130)
        leg.cubicTo(
            QPointF(x + side * 14, foot - 360), QPointF(x + side * 66, foot - 180), QPointF(x + side * 130, foot)
        )
        leg.closeSubpath()
        _shaded(painter, leg, "#6d5140", "#3b2b27")
    painter.setPen(QPen(QColor("#4c382f"), 4))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawArc(QRectF(x - 112, foot - 110, 224, 220), 0, 180 * 16)
    for level in range(16):
        y = foot - 150 - level * 32
        half = 118 * ((y - 130) / (foot - 280)) ** 1.35 + 8
        painter.drawLine(QPointF(x - half, y), QPointF(x + half, y - 26))
        painter.drawLine(QPointF(x + half, y), QPointF(x - half, y - 26))
    for y, half in ((foot - 150, 118.0), (foot - 320, 62.0), (150.0, 20.0)):
        painter.fillRect(QRectF(x - half, y - 14, 2 * half, 18), QColor("#3b2b27"))
    painter.fillRect(QRectF(x - 3, 60, 6, 80), QColor("#3b2b27"))


def triumphal_arch(painter: QPainter) -> None:
    """A massive arch with an attic."""
    body = QPainterPath()
    body.addRect(QRectF(480, 330, 540, 470))
    gate = QPainterPath(QPointF(660, 800))
    gate.lineTo(660, 560)
    gate.arcTo(QRectF(660, 470, 180, 180), 180, -180)
    gate.lineTo(840, 800)
    gate.closeSubpath()
    _shaded(painter, body.subtracted(gate), "#f0dcb8", "#a98b66")
    for y, height in ((318, 20), (400, 12), (520, 10)):
        painter.fillRect(QRectF(466, y, 568, height), QColor("#8d7254"))
    for x in (520, 900):
        painter.fillRect(QRectF(x, 560, 80, 150), QColor(120, 96, 70, 90))
    _windows(painter, QRectF(500, 340, 500, 60), 12, 1, "#b89c74")


def column_temple(painter: QPainter) -> None:
    """A Greek temple on a rock."""
    rock = _polygon((240, 800), (330, 690), (1170, 680), (1290, 800))
    _shaded(painter, rock, "#b9a98b", "#7d6f58")
    for step in range(3):
        painter.fillRect(QRectF(380 - step * 12, 660 + step * 12, 740 + step * 24, 12), QColor("#d8c9a8"))
    for index in range(8):
        column = QPainterPath()
        column.addRect(QRectF(405 + index * 95, 440, 44, 222))
        _shaded(painter, column, "#fbf1d8", "#b7a47e")
    painter.fillRect(QRectF(388, 400, 724, 42), QColor("#e7d8b5"))
    _shaded(painter, _polygon((372, 400), (750, 300), (1128, 400)), "#f3e6c8", "#bda981")


def suspension_bridge(painter: QPainter) -> None:
    """A red bridge over a strait."""
    red, dark = "#c8442e", "#84281d"
    painter.fillRect(QRectF(0, 640, WIDTH, 22), QColor(dark))
    for pylon in (380, 1080):
        for offset in (0, 58):
            painter.fillRect(QRectF(pylon + offset, 240, 26, 540), QColor(red))
        for beam in (260, 360, 460, 560):
            painter.fillRect(QRectF(pylon, beam, 84, 22), QColor(dark))
    painter.setPen(QPen(QColor(red), 9))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    cable = QPainterPath(QPointF(-60, 560))
    cable.quadTo(QPointF(240, 500), QPointF(422, 246))
    cable.quadTo(QPointF(772, 980), QPointF(1122, 246))
    cable.quadTo(QPointF(1300, 500), QPointF(1600, 570))
    painter.drawPath(cable)
    painter.setPen(QPen(QColor(dark), 3))
    for hanger in range(450, 1110, 34):
        share = (hanger - 422) / 700
        y = (1 - share) ** 2 * 246 + 2 * share * (1 - share) * 980 + share**2 * 246
        painter.drawLine(QPointF(hanger, y), QPointF(hanger, 640))


def domed_tomb(painter: QPainter) -> None:
    """A white tomb with an onion dome and four minarets."""
    light, dark = "#fffdf8", "#c3b9b4"
    for x in (330, 460, 1020, 1150):
        minaret = QPainterPath()
        minaret.addRoundedRect(QRectF(x, 360, 26, 400), 10, 10)
        _shaded(painter, minaret, light, dark)
        _shaded(painter, _onion(x + 13, 360, 18), light, dark)
    body = QPainterPath()
    body.addRect(QRectF(540, 520, 420, 240))
    _shaded(painter, body, light, dark)
    for x, size in ((600, 34), (900, 34), (750, 118)):
        _shaded(painter, _onion(x, 520, size), light, dark)
    for x, width, top in ((750, 110, 560), (600, 60, 620), (900, 60, 620)):
        gate = QPainterPath(QPointF(x - width / 2, 760))
        gate.lineTo(x - width / 2, top + width / 2)
        gate.quadTo(QPointF(x - width / 2, top + 10), QPointF(x, top))
        gate.quadTo(QPointF(x + width / 2, top + 10), QPointF(x + width / 2, top + width / 2))
        gate.lineTo(x + width / 2, 760)
        gate.closeSubpath()
        painter.fillPath(gate, QColor("#968a8c"))
    painter.fillRect(QRectF(280, 752, 940, 14), QColor("#ddd3cc"))


def _onion(x: float, base: float, size: float) -> QPainterPath:
    dome = QPainterPath(QPointF(x - size * 0.82, base))
    dome.cubicTo(
        QPointF(x - size * 1.35, base - size * 0.9),
        QPointF(x - size * 0.3, base - size * 1.5),
        QPointF(x, base - size * 2.1),
    )
    dome.cubicTo(
        QPointF(x + size * 0.3, base - size * 1.5),
        QPointF(x + size * 1.35, base - size * 0.9),
        QPointF(x + size * 0.82, base),
    )
    dome.closeSubpath()
    return dome


def pyramids(painter: QPainter) -> None:
    """Three pyramids, each with a lit and a dark side."""
    for x, half, top in ((1060, 240, 500), (640, 390, 300), (250, 180, 580)):
        painter.fillPath(_polygon((x - half, 790), (x, top), (x + half * 0.28, 800)), QColor("#e8c07d"))
        painter.fillPath(_polygon((x + half * 0.28, 800), (x, top), (x + half, 780)), QColor("#a9763f"))


def clock_tower(painter: QPainter) -> None:
    """A lit clock tower beside a long palace."""
    for x in range(0, 660, 60):
        painter.fillPath(_polygon((x, 620), (x + 12, 560), (x + 24, 620)), QColor("#5a4a3a"))
    palace = QPainterPath()
    palace.addRect(QRectF(0, 610, 660, 170))
    _shaded(painter, palace, "#6f5a40", "#a88350")
    _windows(painter, QRectF(0, 630, 660, 130), 22, 3, "#ffd98a")
    tower = QPainterPath()
    tower.addRect(QRectF(700, 300, 150, 490))
    _shaded(painter, tower, "#d2a763", "#7c5c37")
    _windows(painter, QRectF(706, 470, 138, 310), 4, 7, "#5c4329")
    _shaded(painter, _polygon((690, 300), (775, 90), (860, 300)), "#5d6a72", "#33404c")
    painter.setPen(QPen(QColor("#4a3720"), 6))
    painter.setBrush(QColor("#fff4cf"))
    painter.drawEllipse(QPointF(775, 385), 58, 58)
    painter.drawLine(QPointF(775, 385), QPointF(775, 345))
    painter.drawLine(QPointF(775, 385), QPointF(806, 400))


def shell_opera(painter: QPainter) -> None:
    """White shells on a platform at the water."""
    painter.fillRect(QRectF(300, 716, 920, 50), QColor("#9a7f6b"))
    for x, size in ((420, 210), (560, 300), (730, 240), (880, 290), (1030, 190)):
        shell = QPainterPath(QPointF(x, 718))
        shell.cubicTo(
            QPointF(x - 10, 718 - size * 0.75),
            QPointF(x + size * 0.3, 718 - size),
            QPointF(x + size * 0.78, 718 - size * 1.12),
        )
        shell.cubicTo(
            QPointF(x + size * 0.66, 718 - size * 0.6),
            QPointF(x + size * 0.7, 718 - size * 0.3),
            QPointF(x + size * 0.8, 718),
        )
        shell.closeSubpath()
        _shaded(painter, shell, "#ffffff", "#c9c3c0")


def hill_castle(painter: QPainter) -> None:
    """A white castle on a wooded rock."""
    _shaded(painter, _polygon((330, 830), (520, 600), (1010, 590), (1220, 830)), "#5b7353", "#33482f")
    for x, top, width in ((560, 380, 70), (660, 450, 190), (840, 320, 64), (900, 430, 110)):
        wall = QPainterPath()
        wall.addRect(QRectF(x, top, width, 620 - top))
        _shaded(painter, wall, "#fbf8f2", "#c4bdb6")
        painter.fillPath(
            _polygon((x - 8, top), (x + width / 2, top - 0.9 * min(width, 120)), (x + width + 8, top)),
            QColor("#46566b"),
        )
        _windows(painter, QRectF(x + 6, top + 20, width - 12, 140), max(2, int(width // 40)), 3, "#7a7f88")


def floating_gate(painter: QPainter) -> None:
    """A red gate standing in the water."""
    red, dark = "#d24a2b", "#8e2d1c"
    for x in (520, 900):
        painter.fillRect(QRectF(x, 360, 54, 430), QColor(red))
        painter.fillRect(QRectF(x - 40, 560, 24, 230), QColor(dark))
        painter.fillRect(QRectF(x + 70, 560, 24, 230), QColor(dark))
    painter.fillRect(QRectF(440, 450, 594, 34), QColor(dark))
    roof = QPainterPath(QPointF(380, 320))
    roof.quadTo(QPointF(737, 380), QPointF(1094, 320))
    roof.lineTo(1070, 372)
    roof.quadTo(QPointF(737, 412), QPointF(404, 372))
    roof.closeSubpath()
    _shaded(painter, roof, "#e2603c", "#8e2d1c")


def empty(_: QPainter) -> None:
    """No landmark: a landscape."""


def beach(painter: QPainter) -> None:
    """No landmark: sand and a sunshade."""
    painter.fillPath(_polygon((0, 900), (WIDTH, 820), (WIDTH, HEIGHT), (0, HEIGHT)), QColor("#ead3a2"))
    painter.fillRect(QRectF(996, 600, 10, 300), QColor("#8a6a44"))
    for index, name in enumerate(("#e4572e", "#fff3dc", "#e4572e", "#fff3dc")):
        start = 180 - 45 * index
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(name))
        painter.drawPie(QRectF(850, 480, 300, 260), start * 16, -45 * 16)


def flowers(painter: QPainter) -> None:
    """No landmark: a meadow."""
    rng = random.Random(3)
    painter.setPen(Qt.PenStyle.NoPen)
    for _ in range(240):
        y = rng.uniform(HORIZON + 10, HEIGHT)
        size = 4 + 22 * (y - HORIZON) / (HEIGHT - HORIZON)
        painter.setBrush(QColor(rng.choice(("#e85d75", "#f6c445", "#ffffff", "#b565c9"))))
        painter.drawEllipse(QPointF(rng.uniform(0, WIDTH), y), size, size * 0.8)


def sail(painter: QPainter) -> None:
    """No landmark: a boat."""
    painter.fillPath(_polygon((700, 380), (700, 730), (890, 730)), QColor("#fdfaf2"))
    painter.fillPath(_polygon((684, 440), (684, 730), (570, 730)), QColor("#e9dfcc"))
    painter.fillPath(_polygon((540, 740), (930, 740), (870, 784), (610, 784)), QColor("#6d3b2c"))


def viewing_wheel(painter: QPainter) -> None:
    """A large wheel of a fair: easily mistaken for a famous one."""
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(QColor("#dfe5ee"), 9))
    painter.drawEllipse(QPointF(750, 480), 300, 300)
    painter.setPen(QPen(QColor("#aab5c8"), 3))
    for index in range(24):
        angle = index * math.tau / 24
        rim = QPointF(750 + 300 * math.cos(angle), 480 + 300 * math.sin(angle))
        painter.drawLine(QPointF(750, 480), rim)
        painter.fillRect(QRectF(rim.x() - 13, rim.y() - 10, 26, 24), QColor("#f2f5fa"))
    painter.setPen(QPen(QColor("#c7d0de"), 14))
    painter.drawLine(QPointF(750, 480), QPointF(620, 800))
    painter.drawLine(QPointF(750, 480), QPointF(880, 800))
