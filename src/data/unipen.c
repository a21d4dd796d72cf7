/* SPDX-License-Identifier: MIT */
#include "data/unipen.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <zlib.h>

#include "base/buffer.h"
#include "base/err.h"
#include "base/files.h"
#include "base/language.h"
#include "base/text.h"
#include "data/writers.h"
#include "ink/fit.h"

enum { BEGINNING_MAX = 1 << 10 }; /* bytes in which the beginning stands */

static const char levels[] = ".HIERARCHY DIGIT\n"; /* what a file of ours begins with */

/* ---- the list ------------------------------------------------------------------------------ */

struct unipen *unipen_new(struct err *err)
{
    struct unipen *u = calloc(1, sizeof *u);
    if (!u)
        err_memory(err, _("the strokes"));
    return u;
}

void unipen_free(struct unipen *u)
{
    if (!u)
        return;
    for (uint32_t i = 0; i < u->count; i++) {
        ink_free(&u->digits[i].ink);
        free(u->digits[i].picture);
    }
    free(u->digits);
    free(u);
}

static bool grow_list(struct unipen *u, struct err *err)
{
    if (u->count < u->room)
        return true;
    if (u->count >= UNIPEN_DIGITS_MAX)
        return err_set(err, _("More than %d digits are too many for one file; split it."),
                       UNIPEN_DIGITS_MAX);
    uint32_t room = u->room ? 2 * u->room : 64;
    struct unipen_digit *more = realloc(u->digits, room * sizeof *more);
    if (!more)
        return err_memory(err, _("the strokes"));
    u->digits = more;
    u->room = room;
    return true;
}

/* Room for what there is, no more: there may be very many of them. */
static bool copy_ink(const struct ink *from, struct ink *to, struct err *err)
{
    *to = (struct ink){0};
    if (from->stroke_count == 0)
        return true;
    to->points = malloc(from->point_count * sizeof *to->points);
    to->strokes = malloc(from->stroke_count * sizeof *to->strokes);
    to->point_room = to->points ? from->point_count : 0;
    to->stroke_room = to->strokes ? from->stroke_count : 0;
    if (to->points && to->strokes)
        return ink_copy(to, from, err);
    ink_free(to);
    return err_memory(err, _("the strokes"));
}

/* A copy with memory of its own; nothing is left of it where it fails. */
static bool copy_digit(const struct unipen_digit *from, struct unipen_digit *to, struct err *err)
{
    *to = *from;
    to->picture = from->picture ? malloc(UNIPEN_PICTURE_LEN) : NULL;
    if (from->picture && !to->picture)
        return err_memory(err, _("the picture"));
    if (from->picture)
        memcpy(to->picture, from->picture, UNIPEN_PICTURE_LEN);
    if (copy_ink(&from->ink, &to->ink, err))
        return true;
    free(to->picture);
    return false;
}

bool unipen_add_digit(struct unipen *u, const struct unipen_digit *digit, struct err *err)
{
    struct unipen_digit copy;
    if (!grow_list(u, err) || !copy_digit(digit, &copy, err))
        return false;
    u->digits[u->count++] = copy;
    return true;
}

struct unipen *unipen_split(struct unipen *u, const struct writers *writers, struct err *err)
{
    struct unipen *others = unipen_new(err);
    if (!others || u->count == 0)
        return others;
    others->digits = malloc(u->count * sizeof *others->digits);
    if (!others->digits) {
        unipen_free(others);
        err_memory(err, _("the strokes"));
        return NULL;
    }
    others->room = u->count;
    uint32_t kept = 0;
    for (uint32_t i = 0; i < u->count; i++)
        if (writers_have(writers, u->digits[i].writer))
            u->digits[kept++] = u->digits[i];
        else
            others->digits[others->count++] = u->digits[i];
    u->count = kept;
    return others;
}

void unipen_picture(const struct unipen_digit *digit, uint8_t *pixels)
{
    struct ink_fit fit;
    if (digit->ink.stroke_count == 0 && digit->picture) {
        memcpy(pixels, digit->picture, UNIPEN_PICTURE_LEN);
        return;
    }
    ink_fit(&digit->ink, &fit);
    memcpy(pixels, fit.pixels, UNIPEN_PICTURE_LEN);
}

/* ---- writing ------------------------------------------------------------------------------- */

static void print_picture(struct buffer *out, const uint8_t *picture)
{
    buffer_print(out, ".COMMENT PICTURE ");
    for (int i = 0; i < UNIPEN_PICTURE_LEN; i++)
        buffer_print(out, "%02x", picture[i]);
    buffer_print(out, "\n");
}

static void print_digit(struct buffer *out, const struct unipen_digit *digit, uint32_t place)
{
    buffer_print(out, "\n.SEGMENT DIGIT %u ? \"%d\"\n.COMMENT %d %d %d\n", place, digit->label,
            digit->label, digit->writer, digit->number);
    if (digit->picture)
        print_picture(out, digit->picture);
    for (uint32_t i = 0; i < digit->ink.stroke_count; i++) {
        const struct ink_stroke *s = &digit->ink.strokes[i];
        buffer_print(out, ".PEN_DOWN\n");
        for (uint32_t k = 0; k < s->count; k++) {
            struct ink_point p = digit->ink.points[s->at + k];
            buffer_print(out, " %.9g %.9g\n", p.x, 0 - p.y);
        }
        buffer_print(out, ".PEN_UP\n");
    }
}

/* The text of all digits; the caller frees it. NULL: no memory. */
static char *print_text(const struct unipen *u, size_t *size)
{
    struct buffer out = {0};
    buffer_print(&out, ".LEXICON \"0\" \"1\" \"2\" \"3\" \"4\" \"5\" \"6\" \"7\" \"8\" \"9\"\n%s",
                 levels);
    for (uint32_t i = 0; i < u->count; i++)
        print_digit(&out, &u->digits[i], i);
    return buffer_take(&out, size);
}

/* Packs to memory of its own; the caller frees it. */
static unsigned char *deflate_text(const char *text, size_t *size)
{
    z_stream z = {.next_in = (Bytef *)text, .avail_in = (uInt)*size};
    if (deflateInit2(&z, 9, Z_DEFLATED, 16 + MAX_WBITS, 9, Z_DEFAULT_STRATEGY) != Z_OK)
        return NULL;
    size_t most = deflateBound(&z, (uLong)*size);
    unsigned char *packed = malloc(most);
    int status = Z_MEM_ERROR;
    if (packed) {
        z.next_out = packed;
        z.avail_out = (uInt)most;
        status = deflate(&z, Z_FINISH);
        *size = most - z.avail_out;
    }
    deflateEnd(&z);
    if (status == Z_STREAM_END)
        return packed;
    free(packed);
    return NULL;
}

bool unipen_has_beginning(const char *path)
{
    size_t size, whole;
    unsigned char *start = files_read_start(path, BEGINNING_MAX, &size, &whole, NULL);
    bool has = start && memmem(start, size, levels, strlen(levels)) != NULL;
    free(start);
    return has;
}

bool unipen_save(const char *path, const struct unipen *u, struct err *err)
{
    struct files_part part = {0};
    char *text = print_text(u, &part.size);
    if (!text)
        return err_memory(err, path);
    if (part.size > UNIPEN_SIZE_MAX) {
        free(text);
        return err_set(err, _("These are more strokes than one file may hold; save fewer."));
    }
    unsigned char *packed = text_ends_with(path, ".gz") ? deflate_text(text, &part.size) : NULL;
    part.data = packed ? (void *)packed : text;
    bool ok = !packed && text_ends_with(path, ".gz") ? err_memory(err, path)
                                                : files_write(path, &part, 1, err);
    free(packed);
    free(text);
    return ok;
}
