"""How the window looks: calm colours, one type scale in points, a small style sheet over Fusion."""

from __future__ import annotations

from pathlib import Path
from string import Template

from PySide6.QtGui import QColor, QFont, QFontDatabase, QPalette
from PySide6.QtWidgets import QApplication

FONTS = Path(__file__).parent.parent / "printing" / "fonts"
FAMILIES = ("Noto Sans SC", "HanaMinB")
SMALLEST, USUAL, LARGEST = 11, 13, 20

COLOURS = {
    "ink": "#1d2830",
    "quiet": "#566570",
    "canvas": "#f3f5f4",
    "card": "#ffffff",
    "line": "#d9dfdd",
    "edge": "#8b979e",
    "accent": "#14608f",
    "wash": "#e6f0f7",
    "rail": "#21333f",
    "rail_lit": "#30495a",
    "yes": "#17704a",
    "wait": "#8a5a00",
    "bad": "#b3261e",
    "bad_wash": "#fdf2f1",
    "soft_wash": "#fff8e8",
    "practice": "#b4500f",
}

_SHEET = Template("""
* { font-size: ${base}pt; }
QMainWindow, QWidget#page, QStackedWidget, QWidget#canvas { background: $canvas; }
QScrollArea, QScrollArea > QWidget#qt_scrollarea_viewport { background: transparent; border: none; }
QFrame#card QScrollArea QLabel { background: transparent; }
QLabel { color: $ink; background: transparent; }
QLabel[tone="quiet"] { color: $quiet; font-size: ${small}pt; }
QLabel[tone="bad"] { color: $bad; font-size: ${small}pt; }
QLabel[tone="soft"] { color: $wait; font-size: ${small}pt; }
QLabel[tone="title"] { font-size: ${title}pt; font-weight: bold; }
QLabel[tone="heading"] { font-size: ${heading}pt; font-weight: bold; }
QLabel[tone="big"] { font-size: ${big}pt; font-weight: bold; }
QLabel[tone="sub"] { font-weight: bold; color: $accent; }
QLabel[tone="yes"] { color: $yes; font-weight: bold; }
QLabel[tone="number"] { color: $accent; background: $wash; border-radius: 4px; padding: 1px 7px; font-weight: bold; }
QFrame#card, QFrame#sheet { background: $card; border: 1px solid $line; border-radius: 8px; }
QFrame#sheet { border-color: $edge; }
QFrame#rowblock { background: $card; border: 1px solid $line; border-radius: 6px; }
QFrame#rowblock[lit="true"] { border-color: $accent; background: #fafcfe; }
QLineEdit, QPlainTextEdit, QComboBox, QFrame[kind="flag"], QSpinBox {
  background: $card; color: $ink; border: 1px solid $edge; border-radius: 4px;
  padding: 1px 7px; min-height: ${row}px; selection-background-color: $accent; selection-color: white; }
QPlainTextEdit { padding: 3px 4px; }
QFrame[kind="flag"] { padding: 0px; }
QLineEdit:focus, QPlainTextEdit:focus, QComboBox:focus, QFrame[kind="flag"][lit="true"] {
  border: 2px solid $accent; padding: 0px 6px; background: #fbfdff; }
QPlainTextEdit:focus { padding: 2px 3px; }
QFrame[kind="flag"][lit="true"] { padding: 0px; }
QLineEdit[state="bad"], QPlainTextEdit[state="bad"], QFrame[kind="flag"][state="bad"] { border: 1px solid $bad; background: $bad_wash; }
QLineEdit[state="soft"] { border: 1px solid $wait; background: $soft_wash; }
QLineEdit[state="bad"]:focus, QLineEdit[state="soft"]:focus { border-width: 2px; }
QLineEdit[derived="true"] { background: #f6f8f8; color: #33424c; }
QToolButton#flagpart { border: none; background: transparent; color: $quiet; padding: 1px 14px; border-radius: 3px; min-height: ${chip}px; }
QToolButton#flagpart:checked { background: $accent; color: white; font-weight: bold; }
QPushButton { background: $card; color: $ink; border: 1px solid $edge; border-radius: 4px; padding: 2px 16px; min-height: ${row}px; }
QPushButton:hover { background: $wash; border-color: $accent; }
QPushButton:focus { border: 2px solid $accent; padding: 1px 15px; }
QPushButton[role="main"] { background: $accent; color: white; border-color: $accent; font-weight: bold; }
QPushButton[role="main"]:hover { background: #0f4c72; }
QPushButton[role="main"]:focus { border: 2px solid $ink; }
QPushButton[role="main"]:disabled { background: #7f9cae; border-color: #7f9cae; }
QPushButton[role="quiet"] { border-color: transparent; background: transparent; color: $accent; padding: 1px 8px; }
QPushButton[role="quiet"]:hover { background: $wash; }
QPushButton[role="quiet"]:focus { border: 2px solid $accent; padding: 0px 7px; }
QPushButton[role="part"] { font-size: ${small}pt; border: none; border-radius: 4px; background: transparent; color: $quiet; padding: 1px 9px; min-height: ${chip}px; }
QPushButton[role="part"]:hover { background: $wash; color: $ink; }
QPushButton[role="part"]:checked { background: $wash; color: $accent; font-weight: bold; }
QPushButton[role="part"]:focus { border: 2px solid $accent; padding: 0px 8px; }
QListView, QListWidget, QTableView, QTextBrowser { background: $card; color: $ink; border: 1px solid $line; border-radius: 6px; outline: none; }
QListView:focus, QListWidget:focus, QTableView:focus, QTextBrowser:focus { border: 2px solid $accent; }
QListWidget::item { border: 0px; background: transparent; padding: 3px 8px; min-height: ${chip}px; color: $ink; }
QTableWidget::item { border: 0px; padding: 4px 8px; }
QListWidget::item:selected, QTableWidget::item:selected { background: $wash; color: $ink; }
QListWidget#choices { border: 1px solid $accent; border-radius: 4px; }
QListWidget#choices::item:selected { background: $accent; color: white; }
QListWidget#people { border: none; border-right: 1px solid $line; border-radius: 0px; background: transparent; }
QListWidget#people:focus { border: 2px solid $accent; border-radius: 4px; }
QHeaderView::section { background: $canvas; color: $quiet; border: none; border-bottom: 1px solid $line; padding: 5px 8px; font-weight: bold; }
QTableWidget { gridline-color: #edf0ef; }
QTableView QTableCornerButton::section { background: $canvas; border: none; border-bottom: 1px solid $line; }
QFrame#rail { background: $rail; }
QToolButton#place { color: #d3dde3; background: transparent; border: none; border-left: 3px solid transparent; padding: 8px 2px 6px 0px; font-size: ${small}pt; }
QToolButton#place:hover { background: $rail_lit; color: white; }
QToolButton#place:checked { background: $rail_lit; color: white; border-left: 3px solid #6cb6e4; font-weight: bold; }
QToolButton#place:focus { border: 2px solid #6cb6e4; }
QFrame#bar { background: $card; border-top: 1px solid $line; }
QFrame#bar QLabel { font-size: ${small}pt; color: $quiet; }
QFrame#bar QLabel#saved { color: $yes; font-weight: bold; }
QFrame#bar QLabel#message { color: $ink; }
QFrame#strip { background: $card; border-bottom: 1px solid $line; }
QFrame#sheet QTextBrowser { border: none; }
QFrame#practice { background: $practice; }
QFrame#practice QLabel { color: white; font-weight: bold; font-size: ${small}pt; }
QFrame#question { background: $soft_wash; border: 1px solid #e6d3a3; border-radius: 6px; }
QFrame#question[quiet="true"] { background: $card; border-color: $line; }
QScrollBar:vertical { background: transparent; width: 12px; margin: 0px; }
QScrollBar::handle:vertical { background: #bcc6c9; border-radius: 4px; min-height: 32px; margin: 2px; }
QScrollBar::handle:vertical:hover { background: #8f9da3; }
QScrollBar:horizontal { background: transparent; height: 12px; margin: 0px; }
QScrollBar::handle:horizontal { background: #bcc6c9; border-radius: 4px; min-width: 32px; margin: 2px; }
QScrollBar::add-line, QScrollBar::sub-line, QScrollBar::add-page, QScrollBar::sub-page { background: none; border: none; height: 0px; width: 0px; }
QSplitter::handle { background: $line; }
QToolTip { background: $ink; color: white; border: none; padding: 4px 8px; }
QProgressBar { border: none; background: $line; border-radius: 3px; max-height: 6px; }
QProgressBar::chunk { background: $accent; border-radius: 3px; }
""")


def style_sheet(points: int) -> str:
    """The style sheet for a base text size in points."""
    pixels = points * 96 / 72
    sizes = {
        "base": points,
        "small": max(points - 2, 9),
        "heading": points + 1,
        "title": points + 5,
        "big": points + 7,
        "row": round(pixels * 1.55),
        "chip": max(round(pixels * 1.4), 24),
    }
    return _SHEET.substitute(COLOURS, **sizes)


def load_fonts(*names: str) -> None:
    """Give Qt the font files that papers are printed with, so that screen and paper know the same characters."""
    for name in names:
        QFontDatabase.addApplicationFont(str(FONTS / name))


def dress(app: QApplication, points: int) -> None:
    """Put the look on the whole application, at a base text size in points."""
    font = QFont()
    font.setFamilies(list(FAMILIES))
    font.setPointSize(points)
    font.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    app.setFont(font)
    app.setPalette(_palette())
    app.setStyleSheet(style_sheet(points))


def colour(name: str) -> QColor:
    """A colour by its name in the scheme."""
    return QColor(COLOURS[name])


def _palette() -> QPalette:
    palette = QPalette()
    roles = QPalette.ColorRole
    for role, name in (
        (roles.Window, "canvas"),
        (roles.WindowText, "ink"),
        (roles.Base, "card"),
        (roles.AlternateBase, "canvas"),
        (roles.Text, "ink"),
        (roles.Button, "card"),
        (roles.ButtonText, "ink"),
        (roles.Highlight, "accent"),
        (roles.ToolTipBase, "ink"),
    ):
        palette.setColor(role, colour(name))
    palette.setColor(roles.HighlightedText, QColor("white"))
    palette.setColor(roles.ToolTipText, QColor("white"))
    palette.setColor(roles.PlaceholderText, colour("quiet"))
    return palette
