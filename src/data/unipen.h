/* unipen.h -- digits as pen strokes in files: UNIPEN text (Guyon et al. 1994), gzipped or not.
 *
 * Of the format this much is read: `.SEGMENT DIGIT ... "8"` begins a digit and names it,
 * `.COMMENT 8 12 224` gives its digit, writer and number, `.PEN_DOWN` and `.PEN_UP` enclose the
 * points of a stroke, whose numbers are `x y` or what `.COORD X Y T` says. In the file y goes up;
 * in the ink that comes out it goes down. Other keywords are passed over; so are, and are counted,
 * segments of other levels (a word, a page) or with another label (a letter, "?"), the strokes that
 * belong to none, and points after `.PEN_UP`. The strokes of a digit follow its segment; which
 * strokes a segment says it is of (its third word) is not looked at.
 *
 * Of our own making is `.COMMENT PICTURE 0000ff...`: the digit as 28x28 pixels in hexadecimal,
 * which other programs take for a comment. A digit that has one may have no strokes.
 */
#ifndef DATA_UNIPEN_H
#define DATA_UNIPEN_H

#include <stdint.h>

#include "ink/stroke.h"

struct err;
struct writers;

enum {
    UNIPEN_SIZE_MAX = 256 << 20, /* bytes of text */
    UNIPEN_DIGITS_MAX = 1 << 18,
    UNIPEN_POINTS_MAX = 1 << 24, /* of all digits */
    UNIPEN_PICTURE_LEN = 28 * 28,
    UNIPEN_WRITER_MAX = 1000000,
    UNIPEN_PASSED_MAX = 160,
};

struct unipen_digit {
    int label;  /* 0 to 9 */
    int writer; /* likewise number: 0 where the file does not say */
    int number;
    struct ink ink;
    uint8_t *picture; /* [UNIPEN_PICTURE_LEN], 0 paper to 255 ink, as ink/fit.h makes it; or NULL */
};

/* What a file held beside digits. */
struct unipen_passed {
    uint32_t segments, strokes, points;
};

struct unipen {
    struct unipen_digit *digits;
    uint32_t count, room;
    struct unipen_passed passed;
};

/* Reads a file. NULL with one sentence that names the file, and the line where that helps. */
struct unipen *unipen_load(const char *path, struct err *err);

/* Reads what there is to be read of a damaged file: the digits that are whole, maybe none; *lost is
 * how many others were seen, at least. NULL with a sentence where it cannot be read at all: no such
 * file, no memory, too much. */
struct unipen *unipen_salvage(const char *path, uint32_t *lost, struct err *err);

/* "2 segments that name no digit, 1 stroke of none", or "" where nothing was passed over. Returns
 * text. */
char *unipen_passed_words(const struct unipen_passed *passed, char text[UNIPEN_PASSED_MAX]);

/* An empty list, to be added to. */
struct unipen *unipen_new(struct err *err);
void unipen_free(struct unipen *unipen); /* NULL is fine; frees the struct too */

/* Adds a copy of a digit as it is. */
bool unipen_add_digit(struct unipen *unipen, const struct unipen_digit *digit, struct err *err);

/* Moves the digits of all writers but these to a list of its own, which is returned and is then the
 * caller's; both keep their order. NULL with a sentence, and nothing moved. */
struct unipen *unipen_split(struct unipen *unipen, const struct writers *writers, struct err *err);

/* The digit as the network sees it: the fit of its strokes (ink/fit.h), or, where it has none, its
 * picture. UNIPEN_PICTURE_LEN bytes. */
void unipen_picture(const struct unipen_digit *digit, uint8_t *pixels);

/* Writes plain text that unipen_load reads back to the same floats; gzipped where the path ends
 * in .gz. Atomic. */
bool unipen_save(const char *path, const struct unipen *unipen, struct err *err);

/* Whether a plain file begins as unipen_save() writes one: a list without digits can be told from
 * a file that was cut short. */
bool unipen_has_beginning(const char *path);

#endif
