"""The programme's own colours: one accent, and contrast that can be read.

Every text colour has at least 4.5:1 against every ground it is used on (tests compute it). The
names used in style sheets are Textual's (`$text`, `$text-muted`, `$accent`, `$success`,
`$warning`, `$error`, `$background`, `$surface`, `$panel`) and two of our own: `$line` for rules
and frames, `$cursor` for the row one stands on.
"""

from __future__ import annotations

from dataclasses import dataclass

from textual.theme import Theme

DARK = "at-dark"
LIGHT = "at-light"
CONTRAST = "at-contrast"
CONTRAST_LIGHT = "at-contrast-light"


@dataclass(frozen=True)
class Palette:
    """The eleven colours of a theme: three grounds and a cursor, and what is written on them."""

    background: str
    surface: str
    panel: str
    cursor: str
    text: str
    muted: str
    accent: str
    success: str
    warning: str
    error: str
    line: str
    dark: bool = True


PALETTES: dict[str, Palette] = {
    DARK: Palette(
        background="#14191d", surface="#1b2227", panel="#242d33", cursor="#213f3d",
        text="#e4e9ea", muted="#9fabb1", accent="#6ccbb9",
        success="#86c98b", warning="#e3b866", error="#f08d84", line="#3a4852",
    ),
    LIGHT: Palette(
        background="#faf8f4", surface="#f1eee7", panel="#e8e4da", cursor="#cfe6e0",
        text="#1f272b", muted="#4f5b61", accent="#0a5f57",
        success="#1f6130", warning="#7a4a00", error="#a3201c", line="#cdc6b8", dark=False,
    ),
    CONTRAST: Palette(
        background="#000000", surface="#0d0d0d", panel="#1c1c1c", cursor="#003d4d",
        text="#ffffff", muted="#dddddd", accent="#7fe9ff",
        success="#9dff9d", warning="#ffe066", error="#ffb3ab", line="#8c8c8c",
    ),
    CONTRAST_LIGHT: Palette(
        background="#ffffff", surface="#f7f7f7", panel="#ececec", cursor="#cfe3ff",
        text="#000000", muted="#2b2b2b", accent="#003c8f",
        success="#004d1a", warning="#5c3700", error="#8f0000", line="#595959", dark=False,
    ),
}  # fmt: skip


def theme(name: str) -> Theme:
    """Return the theme `name` for Textual; raises KeyError when there is none."""
    p = PALETTES[name]
    return Theme(
        name=name,
        primary=p.accent,
        secondary=p.muted,
        accent=p.accent,
        foreground=p.text,
        background=p.background,
        surface=p.surface,
        panel=p.panel,
        success=p.success,
        warning=p.warning,
        error=p.error,
        dark=p.dark,
        variables={
            "line": p.line,
            "cursor": p.cursor,
            # Textual mixes these from others; ours are plain, so that their contrast is known.
            "text": p.text,
            "text-muted": p.muted,
            "text-disabled": p.muted,
            "text-accent": p.accent,
            "text-success": p.success,
            "text-warning": p.warning,
            "text-error": p.error,
            "foreground-muted": p.muted,
            "foreground-disabled": p.muted,
            "border": p.accent,
            "border-blurred": p.line,
            "block-cursor-foreground": p.text,
            "block-cursor-background": p.cursor,
            "block-cursor-text-style": "none",
            "block-cursor-blurred-foreground": p.text,
            "block-cursor-blurred-background": p.panel,
            "block-hover-background": p.surface,
            "input-cursor-foreground": p.background,
            "input-cursor-background": p.accent,
            "input-selection-background": p.cursor,
            "scrollbar": p.line,
            "scrollbar-hover": p.muted,
            "scrollbar-active": p.accent,
            "scrollbar-background": p.background,
            "scrollbar-background-hover": p.background,
            "scrollbar-background-active": p.background,
            "scrollbar-corner-color": p.background,
        },
    )


def next_theme(name: str) -> str:
    """Return the theme that follows `name` in turn."""
    names = list(PALETTES)
    return names[(names.index(name) + 1) % len(names)] if name in names else names[0]
