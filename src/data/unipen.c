/* SPDX-License-Identifier: MIT */
#include "data/unipen.h"

#include <ctype.h>
#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <zlib.h>

#include "base/err.h"
#include "base/files.h"
#include "base/text.h"
#include "data/writers.h"
#include "ink/fit.h"

enum {
    PIECE = 1 << 18, /* bytes that are unpacked at a time */
};
static const float coordinate_max = 1e6f;

/* ---- the list ------------------------------------------------------------------------------ */

struct unipen *unipen_new(struct err *err)
{
    struct unipen *u = calloc(1, sizeof *u);
    if (!u)
        err_memory(err, "the strokes");
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
        return err_set(err, "More than %d digits are too many for one file; split it.",
                       UNIPEN_DIGITS_MAX);
    uint32_t room = u->room ? 2 * u->room : 64;
    struct unipen_digit *more = realloc(u->digits, room * sizeof *more);
    if (!more)
        return err_memory(err, "the strokes");
    u->digits = more;
    u->room = room;
    return true;
}

/* A copy with memory of its own; nothing is left of it where it fails. */
static bool copy_digit(const struct unipen_digit *from, struct unipen_digit *to, struct err *err)
{
    *to = *from;
    to->ink = (struct ink){0};
    to->picture = from->picture ? malloc(UNIPEN_PICTURE_LEN) : NULL;
    if (from->picture && !to->picture)
        return err_memory(err, "the picture");
    if (from->picture)
        memcpy(to->picture, from->picture, UNIPEN_PICTURE_LEN);
    if (ink_copy(&to->ink, &from->ink, err))
        return true;
    ink_free(&to->ink);
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

bool unipen_add(struct unipen *u, int label, int writer, const struct ink *ink, struct err *err)
{
    struct unipen_digit digit = {
        .label = label, .writer = writer, .number = (int)u->count, .ink = *ink};
    return unipen_add_digit(u, &digit, err);
}

struct unipen *unipen_split(struct unipen *u, const struct writers *writers, struct err *err)
{
    struct unipen *others = unipen_new(err);
    if (!others || u->count == 0)
        return others;
    others->digits = malloc(u->count * sizeof *others->digits);
    if (!others->digits) {
        unipen_free(others);
        err_memory(err, "the strokes");
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

/* ---- reading ------------------------------------------------------------------------------- */

struct reader {
    const char *path;
    unsigned line;
    struct unipen *out;
    struct ink ink; /* of the digit that is being read */
    bool in_digit, pen_down, stroke_begun, has_picture;
    int label, writer, number;
    uint8_t picture[UNIPEN_PICTURE_LEN];
    struct err *err;
};

/* "pen.unp, line 12: ..." */
static bool fail_line(struct reader *r, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

static bool fail_line(struct reader *r, const char *format, ...)
{
    char why[200];
    va_list args;
    va_start(args, format);
    vsnprintf(why, sizeof why, format, args);
    va_end(args);
    return err_set(r->err, "%s, line %u: %s", r->path, r->line, why);
}

/* The digit that was read so far is complete. */
static bool finish_digit(struct reader *r)
{
    if (!r->in_digit)
        return true;
    r->in_digit = false;
    if (r->pen_down)
        return fail_line(r, "a stroke is not ended by .PEN_UP; the file is damaged or cut short.");
    if (r->ink.stroke_count == 0 && !r->has_picture)
        return fail_line(r, "the digit before has no strokes; the file is damaged.");
    struct err err;
    struct unipen_digit digit = {
        .label = r->label, .writer = r->writer, .number = r->number, .ink = r->ink,
        .picture = r->has_picture ? r->picture : NULL,
    };
    if (!unipen_add_digit(r->out, &digit, &err))
        return fail_line(r, "%s", err.text);
    ink_clear(&r->ink);
    return true;
}

static bool begin_digit(struct reader *r, const char *line)
{
    const char *quote = strchr(line, '"');
    if (!finish_digit(r))
        return false;
    if (!quote || quote[1] < '0' || quote[1] > '9' || quote[2] != '"')
        return fail_line(r, ".SEGMENT DIGIT must end in the digit in quotes, such as \"8\".");
    r->label = quote[1] - '0';
    r->writer = r->number = 0;
    r->has_picture = false;
    r->in_digit = true;
    return true;
}

/* The value of a hexadecimal digit, or -1. */
static int read_nibble(char c)
{
    static const char nibbles[] = "0123456789abcdef";
    const char *at = c ? strchr(nibbles, tolower((unsigned char)c)) : NULL;
    return at ? (int)(at - nibbles) : -1;
}

static bool read_picture(struct reader *r, const char *text)
{
    while (isspace((unsigned char)*text))
        text++;
    for (int i = 0; i < UNIPEN_PICTURE_LEN; i++, text += 2) {
        int high = read_nibble(text[0]), low = high < 0 ? -1 : read_nibble(text[1]);
        if (low < 0)
            return fail_line(r, "the picture is cut short or damaged.");
        r->picture[i] = (uint8_t)(high << 4 | low);
    }
    r->has_picture = true;
    return true;
}

/* `.COMMENT 8 12 224` or a picture; a comment of any other form is for people. */
static bool read_comment(struct reader *r, const char *line)
{
    static const char picture[] = ".COMMENT PICTURE ";
    int digit, writer, number;
    if (!r->in_digit)
        return true;
    if (strncmp(line, picture, strlen(picture)) == 0)
        return read_picture(r, line + strlen(picture));
    if (sscanf(line, ".COMMENT %9d %9d %9d", &digit, &writer, &number) == 3 && writer >= 0 &&
        writer <= UNIPEN_WRITER_MAX && number >= 0) {
        r->writer = writer;
        r->number = number;
    }
    return true;
}

static bool lower_pen(struct reader *r)
{
    if (!r->in_digit)
        return fail_line(r, ".PEN_DOWN comes before any .SEGMENT DIGIT; is it the right file?");
    if (r->pen_down)
        return fail_line(r, ".PEN_DOWN comes twice without .PEN_UP; the file is damaged.");
    r->pen_down = true;
    r->stroke_begun = false;
    return true;
}

static bool lift_pen(struct reader *r)
{
    if (!r->pen_down)
        return fail_line(r, ".PEN_UP comes without .PEN_DOWN; the file is damaged.");
    if (!r->stroke_begun)
        return fail_line(r, "a stroke has no points; the file is damaged.");
    r->pen_down = false;
    return true;
}

static bool read_point(struct reader *r, const char *line)
{
    char *end, *end2;
    float x = strtof(line, &end), y = strtof(end, &end2);
    while (isspace((unsigned char)*end2))
        end2++;
    if (end == line || end2 == end || *end2)
        return fail_line(r, "\"%.20s\" is neither a point nor a keyword of UNIPEN; are these pen "
                            "strokes?", line);
    if (!(fabsf(x) <= coordinate_max && fabsf(y) <= coordinate_max))
        return fail_line(r, "\"%.20s\" lies outside of +-1000000.", line);
    if (!r->pen_down)
        return fail_line(r, "a point stands outside of .PEN_DOWN and .PEN_UP.");
    struct err err;
    y = 0 - y; /* down, and 0 stays 0, not -0 */
    bool ok = r->stroke_begun ? ink_add(&r->ink, x, y, &err) : ink_begin(&r->ink, x, y, &err);
    r->stroke_begun = true;
    return ok || fail_line(r, "%s", err.text);
}

static bool starts_with(const char *line, const char *word)
{
    size_t len = strlen(word);
    return strncmp(line, word, len) == 0 && (!line[len] || isspace((unsigned char)line[len]));
}

static bool read_line(struct reader *r, const char *line)
{
    while (isspace((unsigned char)*line))
        line++;
    if (!*line)
        return true;
    if (*line != '.' || isdigit((unsigned char)line[1]))
        return read_point(r, line);
    if (starts_with(line, ".PEN_DOWN"))
        return lower_pen(r);
    if (starts_with(line, ".PEN_UP"))
        return lift_pen(r);
    if (starts_with(line, ".SEGMENT"))
        return begin_digit(r, line);
    if (starts_with(line, ".COMMENT"))
        return read_comment(r, line);
    return true;
}

/* Reads text that ends in a zero byte, and changes its line ends. */
static bool read_text(struct reader *r, char *text, size_t size)
{
    if (memchr(text, 0, size))
        return err_set(r->err, "%s is not a text of pen strokes; choose a .unp or .unp.gz file.",
                       r->path);
    for (char *line = text, *next; line; line = next) {
        next = strchr(line, '\n');
        if (next)
            *next++ = 0;
        r->line++;
        if (!read_line(r, line))
            return false;
    }
    if (!finish_digit(r))
        return false;
    if (r->out->count == 0)
        return err_set(r->err, "%s holds no digits as pen strokes; choose a .unp or .unp.gz file.",
                       r->path);
    return true;
}

/* ---- gzip ---------------------------------------------------------------------------------- */

/* Unpacks one gzip stream piece by piece, with a zero byte at the end, until it ends, fails or
 * grows too large. Returns zlib's last status; the caller frees *text in any case. */
static int inflate_pieces(z_stream *z, char **text, size_t *size)
{
    size_t room = 0;
    int status = Z_OK;
    for (*size = 0; status == Z_OK && *size <= UNIPEN_SIZE_MAX; *size += PIECE - z->avail_out) {
        if (room - *size < PIECE) {
            room = 2 * room + PIECE;
            char *more = realloc(*text, room + 1);
            if (!more)
                return Z_MEM_ERROR;
            *text = more;
        }
        z->next_out = (Bytef *)*text + *size;
        z->avail_out = PIECE;
        status = inflate(z, Z_NO_FLUSH);
    }
    (*text)[*size] = 0; /* room is at least PIECE + 1 by now */
    return status;
}

/* The text of a gzip file; the caller frees it. NULL with a sentence. */
static char *inflate_text(const char *path, unsigned char *packed, size_t packed_size, size_t *size,
                          struct err *err)
{
    z_stream z = {.next_in = packed, .avail_in = (uInt)packed_size};
    char *text = NULL;
    int status = inflateInit2(&z, 16 + MAX_WBITS);
    if (status == Z_OK)
        status = inflate_pieces(&z, &text, size);
    inflateEnd(&z);
    if (status == Z_STREAM_END && z.avail_in == 0 && *size <= UNIPEN_SIZE_MAX)
        return text;
    if (status == Z_MEM_ERROR)
        err_memory(err, path);
    else if (*size > UNIPEN_SIZE_MAX)
        err_set(err, "%s holds more than the %d MB that are read; split it.", path,
                UNIPEN_SIZE_MAX >> 20);
    else
        err_set(err, "%s is damaged or cut short: it is not a whole gzip file; get it again.",
                path);
    free(text);
    return NULL;
}

/* Reads a file as text, whether gzipped or not. The caller frees it. */
static char *load_text(const char *path, size_t *size, struct err *err)
{
    unsigned char *stored = files_read(path, UNIPEN_SIZE_MAX, size, err);
    if (!stored || *size < 2 || stored[0] != 0x1f || stored[1] != 0x8b)
        return (char *)stored;
    char *text = inflate_text(path, stored, *size, size, err);
    free(stored);
    return text;
}

struct unipen *unipen_load(const char *path, struct err *err)
{
    size_t size;
    char *text = load_text(path, &size, err);
    struct reader r = {.path = path, .err = err, .out = text ? unipen_new(err) : NULL};
    bool ok = r.out && read_text(&r, text, size);
    ink_free(&r.ink);
    free(text);
    if (ok)
        return r.out;
    unipen_free(r.out);
    return NULL;
}

/* ---- writing ------------------------------------------------------------------------------- */

static void print_picture(FILE *out, const uint8_t *picture)
{
    fprintf(out, ".COMMENT PICTURE ");
    for (int i = 0; i < UNIPEN_PICTURE_LEN; i++)
        fprintf(out, "%02x", picture[i]);
    fprintf(out, "\n");
}

static void print_digit(FILE *out, const struct unipen_digit *digit, uint32_t place)
{
    fprintf(out, "\n.SEGMENT DIGIT %u ? \"%d\"\n.COMMENT %d %d %d\n", place, digit->label,
            digit->label, digit->writer, digit->number);
    if (digit->picture)
        print_picture(out, digit->picture);
    for (uint32_t i = 0; i < digit->ink.stroke_count; i++) {
        const struct ink_stroke *s = &digit->ink.strokes[i];
        fprintf(out, ".PEN_DOWN\n");
        for (uint32_t k = 0; k < s->count; k++) {
            struct ink_point p = digit->ink.points[s->at + k];
            fprintf(out, " %.9g %.9g\n", p.x, 0 - p.y);
        }
        fprintf(out, ".PEN_UP\n");
    }
}

/* The text of all digits; the caller frees it. */
static char *print_text(const struct unipen *u, size_t *size)
{
    char *text = NULL;
    FILE *out = open_memstream(&text, size);
    if (!out)
        return NULL;
    fprintf(out, ".LEXICON \"0\" \"1\" \"2\" \"3\" \"4\" \"5\" \"6\" \"7\" \"8\" \"9\"\n"
                 ".HIERARCHY DIGIT\n");
    for (uint32_t i = 0; i < u->count; i++)
        print_digit(out, &u->digits[i], i);
    if (fclose(out) == 0)
        return text;
    free(text);
    return NULL;
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

bool unipen_save(const char *path, const struct unipen *u, struct err *err)
{
    struct files_part part = {0};
    char *text = print_text(u, &part.size);
    if (!text)
        return err_memory(err, path);
    if (part.size > UNIPEN_SIZE_MAX) {
        free(text);
        return err_set(err, "These are more strokes than one file may hold; save fewer.");
    }
    unsigned char *packed = text_ends_with(path, ".gz") ? deflate_text(text, &part.size) : NULL;
    part.data = packed ? (void *)packed : text;
    bool ok = !packed && text_ends_with(path, ".gz") ? err_memory(err, path)
                                                : files_write(path, &part, 1, err);
    free(packed);
    free(text);
    return ok;
}
