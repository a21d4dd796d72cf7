/* font.h -- the system's fonts, measured and drawn.
 *
 * A text is walked character by character; each step says which glyph stands where. Widths grow in
 * proportion to the size, so that a layout made in points is right at every scale. Digits of a font
 * are all given the same advance, so that a number does not move when another digit replaces one.
 * A character that the chosen font lacks comes from the next font that has it, or as a stand-in.
 *
 * Everything here belongs to one thread.
 */
#ifndef SYS_FONT_H
#define SYS_FONT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "ui/ui.h"

struct fonts;

/* Finds a sans, a bold sans and a mono font. NULL with a sentence that names the package to install
 * where the system has none. */
struct fonts *fonts_new(struct err *err);
void fonts_free(struct fonts *fonts); /* NULL is fine */

/* Everything in points. `text` is UTF-8 of `len` bytes; broken bytes count as one stand-in each. */
float fonts_width(struct fonts *fonts, enum ui_font font, float size, const char *text, size_t len);
float fonts_ascent(struct fonts *fonts, enum ui_font font, float size);
float fonts_height(struct fonts *fonts, enum ui_font font, float size); /* ascent, descent */

/* The three functions above as the ui wants them. */
struct ui_metrics fonts_metrics(struct fonts *fonts);

/* A walk through a text:
 *
 *     struct font_walk walk = fonts_walk(fonts, font, size, text, len);
 *     while (font_next(&walk))
 *         ... walk.face, walk.character at walk.x ...
 *     width = walk.end;
 */
struct font_walk {
    struct fonts *fonts;
    enum ui_font font;
    float size;
    const char *text;
    size_t len, at;     /* `at`: the first byte after the current character */
    int face;           /* of the current character: an index for font_glyph */
    uint32_t character; /* what to draw, perhaps a stand-in */
    float x;            /* where its origin is, from the start of the text */
    float end;          /* where the next origin will be */
};

struct font_walk fonts_walk(struct fonts *fonts, enum ui_font font, float size, const char *text,
                            size_t len);
bool font_next(struct font_walk *walk);

/* A glyph as coverage, 0 to 255, with the horizontal phase already in it. */
struct font_glyph {
    int left, top; /* of the bitmap, from the origin's pixel and the baseline; top is negative up */
    int width, height;
    const uint8_t *coverage; /* [height][width] */
};

enum { FONT_PHASES = 4 }; /* a glyph's origin is placed to a quarter of a pixel */

/* The glyph at `pixels` per em with its origin phase / FONT_PHASES to the right of a pixel's edge.
 * It belongs to the cache and lasts until the next call. NULL: nothing to draw. */
const struct font_glyph *font_glyph(struct fonts *fonts, int face, uint32_t character, float pixels,
                                    int phase);

#endif
