/* theme.h -- the colours by what they are for, dark and light.
 *
 * The views name a role, never a colour. Everything in which text is written (text, quiet, accent,
 * second, good) has a contrast of at least 4.5 to 1 against ground, bar, card and field, in both
 * themes; a test computes it.
 */
#ifndef UI_THEME_H
#define UI_THEME_H

#include "ui/shape.h"

enum { UI_SERIES_MAX = 8 };

struct ui_theme {
    bool dark;
    ui_color ground, bar;             /* the window; the top bar and the dock */
    ui_color card, card_edge;
    ui_color field, field_edge;       /* buttons and inputs at rest */
    ui_color field_hover, field_held;
    ui_color well;                    /* what is written in: network words, lists */
    ui_color text, quiet;
    ui_color off;                     /* text of a control that is off (no contrast promised) */
    ui_color accent;                  /* the answer, training curve, focus */
    ui_color primary, primary_hover, primary_held, on_primary; /* the main button and its text */
    ui_color second;                  /* validation curve, what is wrong */
    ui_color good;                    /* done; always with a word */
    ui_color track, bar_quiet;        /* behind bars; the fill of a bar that is not the answer */
    ui_color grid;                    /* lines of a plot, separators */
    ui_color selection;               /* behind selected text and rows */
    ui_color shade;                   /* over what lies below a dialog */
    ui_color paper, ink;              /* the canvas and what the network sees: black and white */
    ui_color before;                  /* the curve of the previous run */
    ui_color digits[10];              /* one for each, against the well */
    ui_color series[UI_SERIES_MAX];   /* Okabe and Ito's set, in an order that suits the ground */
};

const struct ui_theme *ui_theme_dark(void);
const struct ui_theme *ui_theme_light(void);

/* Between a (t = 0) and b (t = 1). */
ui_color ui_color_mix(ui_color a, ui_color b, float t);

/* WCAG 2's contrast of two opaque colours: 1 to 21. */
double ui_contrast(ui_color a, ui_color b);

#endif
