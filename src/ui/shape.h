/* shape.h -- what a frame looks like, as a list that anyone can paint or test.
 *
 * The views leave shapes in this list; sys/ paints them; tests read them. Lengths are in points:
 * a painter multiplies by its scale (1 or 2, or between) and so stays sharp. x goes right, y down.
 * Later shapes lie over earlier ones.
 */
#ifndef UI_SHAPE_H
#define UI_SHAPE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct ui_rect {
    float x, y, w, h;
};

typedef uint32_t ui_color; /* 0xRRGGBBAA */

enum ui_font { UI_FONT_TEXT, UI_FONT_BOLD, UI_FONT_MONO, UI_FONT_COUNT };

enum ui_shape_kind {
    UI_SHAPE_BOX,     /* a rectangle with rounded corners, filled and with an edge inside it */
    UI_SHAPE_TEXT,
    UI_SHAPE_LINE,    /* a line through points, round ends and joints */
    UI_SHAPE_POLYGON, /* filled; convex */
    UI_SHAPE_IMAGE,   /* pixels, stretched over a rectangle */
    UI_SHAPE_CLIP,    /* nothing outside the rectangle is painted, until the next clip */
};

/* Pixels that a view shows: the digit as the network sees it, a heat map, the ink. */
struct ui_image {
    int rows, cols;
    const uint32_t *pixels; /* [rows][cols], 0xRRGGBBAA; lives until the frame is painted */
    bool smooth;            /* interpolate, rather than showing each pixel as a square */
};

struct ui_shape {
    enum ui_shape_kind kind;
    struct ui_rect rect; /* box, image, clip; a text's ink box: its width and line height */
    ui_color fill, edge; /* text and lines use fill */
    float radius;        /* box */
    float width;         /* of a box's edge (0: none), of a line */
    enum ui_font font;
    float size;              /* of a text, in points */
    uint32_t at, count;      /* text: bytes of ui_shapes.text; line, polygon: the first float in
                              * .points, and how many pairs */
    struct ui_image image;
};

struct ui_shapes {
    struct ui_shape *items;
    size_t count, room;
    char *text; /* every text ends in a zero byte too */
    size_t text_len, text_room;
    float *points; /* x, y, x, y, ... */
    size_t point_len, point_room;
    bool failed; /* memory was short: shapes are left out */
};

/* ---- making ---------------------------------------------------------------------------------
 *
 * A list starts as {0}. Each function adds one shape; where memory is short, it is left out,
 * and `failed` says so. */

void ui_shapes_reset(struct ui_shapes *shapes); /* empties it and keeps the memory */
void ui_shapes_free(struct ui_shapes *shapes);  /* leaves an empty list that can be used again */

/* A box filled with `fill`; its edge lies inside it, and width 0 means none. */
void ui_push_box(struct ui_shapes *shapes, struct ui_rect rect, float radius, ui_color fill,
                 ui_color edge, float width);
/* A dashed frame around `rect`; dashes begin at its edges and are `width` thick. */
void ui_push_dashes(struct ui_shapes *shapes, struct ui_rect rect, float width, ui_color color);
/* `rect` is as struct ui_shape says; len bytes of `text` are copied. */
void ui_push_text(struct ui_shapes *shapes, struct ui_rect rect, enum ui_font font, float size,
                  ui_color color, const char *text, size_t len);
/* `count` points as x, y, x, y, ...; they are copied. */
void ui_push_line(struct ui_shapes *shapes, const float *points, uint32_t count, float width,
                  ui_color color);
void ui_push_polygon(struct ui_shapes *shapes, const float *points, uint32_t count, ui_color fill);
void ui_push_image(struct ui_shapes *shapes, struct ui_rect rect, struct ui_image image);
void ui_push_clip(struct ui_shapes *shapes, struct ui_rect rect);

/* A round dot, as a box. */
void ui_push_dot(struct ui_shapes *shapes, float x, float y, float radius, ui_color fill);

/* Makes every colour so much weaker: 1 leaves them, 0 hides all. Pixels of images stay. */
void ui_shapes_fade(struct ui_shapes *shapes, float strength);

/* Moves all of them. */
void ui_shapes_move(struct ui_shapes *shapes, float dx, float dy);

/* Copies all of `from` behind what is in `to`. */
void ui_shapes_append(struct ui_shapes *to, const struct ui_shapes *from);

/* ---- looking ------------------------------------------------------------------------------- */

/* The text of a text shape, with a zero at its end. */
const char *ui_shape_text(const struct ui_shapes *shapes, const struct ui_shape *shape);

/* ---- rectangles ---------------------------------------------------------------------------- */

bool ui_rect_has(struct ui_rect rect, float x, float y);
struct ui_rect ui_rect_meet(struct ui_rect a, struct ui_rect b); /* w and h at least 0 */

#endif
