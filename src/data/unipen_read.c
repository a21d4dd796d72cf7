/* SPDX-License-Identifier: MIT */
/* unipen_read.c -- reads pen strokes line by line; nothing of the file is held but the line. */
#include <ctype.h>
#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/err.h"
#include "base/language.h"
#include "data/unipen.h"
#include "data/unpack.h"

enum {
    PIECE = 1 << 16, /* bytes that are unpacked at a time */
    LINE_ROOM = 4096, /* bytes of a line that are looked at; a picture has 1585 */
    COLUMNS_MAX = 32,
    LEVEL_MAX = 32,
};
static const float coordinate_max = 1e6f;

/* ---- lines ----------------------------------------------------------------------------------- */

/* The lines of a file, whose ends may be of any kind. */
struct lines {
    struct unpack *in;
    char piece[PIECE];
    size_t at, size; /* in the piece */
    uint64_t total;  /* bytes so far */
    unsigned number; /* of the line, from 1 */
    bool carriage;   /* the last line ended in CR: an LF that follows belongs to it */
    bool binary;     /* the line has a zero byte */
    struct err unreadable; /* why, where the disk or memory failed */
    char line[LINE_ROOM];
};

static bool fill_piece(struct lines *lines)
{
    lines->at = 0;
    lines->size = unpack_read(lines->in, lines->piece, PIECE, &lines->unreadable);
    lines->total += lines->size;
    return lines->size > 0 && lines->total <= UNIPEN_SIZE_MAX + PIECE &&
           !unpack_is_bomb(lines->in, lines->total);
}

/* Passes over the ends of lines before the next that is not empty; false where there is none. */
static bool skip_ends(struct lines *lines)
{
    while (lines->at < lines->size || fill_piece(lines)) {
        char c = lines->piece[lines->at];
        if (c != '\n' && c != '\r')
            return true;
        lines->number += !(c == '\n' && lines->carriage);
        lines->carriage = c == '\r';
        lines->at++;
    }
    return false;
}

/* The next line that is not empty, zero at its end; of one too long its beginning. NULL after the
 * last. */
static char *next_line(struct lines *lines)
{
    size_t len = 0;
    lines->binary = false;
    if (!skip_ends(lines))
        return NULL;
    lines->carriage = false;
    while (lines->at < lines->size || fill_piece(lines)) {
        char c = lines->piece[lines->at];
        if (c == '\n' || c == '\r')
            break;
        lines->at++;
        lines->binary |= c == 0;
        if (len < LINE_ROOM - 1)
            lines->line[len++] = c ? c : '?';
    }
    lines->line[len] = 0;
    return lines->line;
}

/* ---- the reader ------------------------------------------------------------------------------ */

struct reader {
    const char *path;
    struct lines lines;
    struct unipen *out;
    struct err *err;
    bool salvage;    /* what is damaged is left out */
    bool hopeless;   /* no memory, or too much: nothing more can be read */
    uint32_t lost;   /* digits that were left out */
    uint64_t points; /* of all digits */

    int columns, x_at, y_at; /* of the numbers of a point, by .COORD */
    struct ink ink;          /* of the digit that is being read */
    bool in_digit;
    bool ruined; /* while salvaging: nothing counts until the next segment */
    bool pen_down, stroke_begun, in_air; /* in_air: points were, since the pen was lifted */
    bool has_picture;
    int label, writer, number;
    uint8_t picture[UNIPEN_PICTURE_LEN];
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
    return err_set(r->err, "%s, line %u: %s", r->path, r->lines.number, why);
}

/* Where going on past the damage would be of no use. */
static bool fail_all(struct reader *r, const struct err *err)
{
    r->hopeless = true;
    return fail_line(r, "%s", err->text);
}

static bool add_digit(struct reader *r)
{
    struct err err;
    struct unipen_digit digit = {
        .label = r->label, .writer = r->writer, .number = r->number, .ink = r->ink,
        .picture = r->has_picture ? r->picture : NULL,
    };
    if (r->points + r->ink.point_count > UNIPEN_POINTS_MAX) {
        err_set(&err, _("more than %d points are too many for one file; split it."),
                UNIPEN_POINTS_MAX);
        return fail_all(r, &err);
    }
    if (!unipen_add_digit(r->out, &digit, &err))
        return fail_all(r, &err);
    r->points += r->ink.point_count;
    ink_clear(&r->ink);
    return true;
}

/* The digit that was read so far is complete. */
static bool finish_digit(struct reader *r)
{
    bool in_digit = r->in_digit, pen_down = r->pen_down;
    r->in_digit = r->pen_down = r->in_air = false;
    if (pen_down)
        return fail_line(r,
                         _("a stroke is not ended by .PEN_UP; the file is damaged or cut short."));
    if (!in_digit)
        return true;
    if (r->ink.stroke_count == 0 && !r->has_picture)
        return fail_line(r, _("the digit before has no strokes; the file is damaged."));
    return add_digit(r);
}

/* ---- segments -------------------------------------------------------------------------------- */

/* What a level of the hierarchy is to a digit. Names are free; those of digits are any but these.
 */
enum level { LEVEL_DIGIT, LEVEL_ABOVE, LEVEL_BELOW };

static enum level read_level(const char *line)
{
    static const char *const above[] = {"DOCUMENT", "PAGE", "FORM", "FIELD", "TEXT", "PARAGRAPH",
                                        "SENTENCE", "PHRASE", "LINE", "WORD"};
    static const char *const below[] = {"STROKE", "COMPONENT"};
    char name[LEVEL_MAX] = "";
    sscanf(line, ".SEGMENT %31s", name);
    for (size_t i = 0; i < sizeof above / sizeof above[0]; i++)
        if (strcasecmp(name, above[i]) == 0)
            return LEVEL_ABOVE;
    for (size_t i = 0; i < sizeof below / sizeof below[0]; i++)
        if (strcasecmp(name, below[i]) == 0)
            return LEVEL_BELOW;
    return LEVEL_DIGIT;
}

/* A segment of a level above ends the digit before it, as its strokes are not the digit's; but
 * not a digit whose strokes are still to come. */
static bool pass_segment(struct reader *r, enum level level)
{
    r->out->passed.segments++;
    if (level == LEVEL_BELOW || (r->in_digit && r->ink.stroke_count == 0 && !r->has_picture))
        return true;
    return finish_digit(r);
}

static bool begin_segment(struct reader *r, const char *line)
{
    const char *quote = strchr(line, '"');
    enum level level = read_level(line);
    if (level != LEVEL_DIGIT)
        return pass_segment(r, level);
    if (!finish_digit(r))
        return false;
    if (!quote || !strchr(quote + 1, '"'))
        return fail_line(r, _(".SEGMENT DIGIT must end in the digit in quotes, such as \"8\"."));
    if (!isdigit((unsigned char)quote[1]) || quote[2] != '"') {
        r->out->passed.segments++;
        return true;
    }
    r->label = quote[1] - '0';
    r->writer = r->number = 0;
    r->has_picture = false;
    r->in_digit = true;
    return true;
}

/* ---- comments -------------------------------------------------------------------------------- */

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
        if (low < 0 && r->salvage) /* the strokes may do */
            return true;
        if (low < 0)
            return fail_line(r, _("the picture is cut short or damaged."));
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
    if (sscanf(line, ".COMMENT %9d %9d %9d", &digit, &writer, &number) != 3 || writer < 0 ||
        writer > UNIPEN_WRITER_MAX || number < 0)
        return true;
    if (r->salvage && r->ink.stroke_count > 0)
        return fail_line(r, _("the .SEGMENT of this digit is missing."));
    r->writer = writer;
    r->number = number;
    return true;
}

/* ---- strokes --------------------------------------------------------------------------------- */

static bool lower_pen(struct reader *r)
{
    if (r->pen_down)
        return fail_line(r, _(".PEN_DOWN comes twice without .PEN_UP; the file is damaged."));
    r->out->passed.strokes += !r->in_digit;
    r->pen_down = true;
    r->stroke_begun = r->in_air = false;
    return true;
}

/* A segment may begin with the pen in the air. Points there are ended by .PEN_DOWN alone: before
 * .PEN_UP they are a stroke whose .PEN_DOWN is missing. */
static bool lift_pen(struct reader *r)
{
    if (!r->pen_down && (r->in_air || (r->in_digit && r->ink.stroke_count > 0)))
        return fail_line(r, _(".PEN_UP comes without .PEN_DOWN; the file is damaged."));
    if (r->pen_down && !r->stroke_begun)
        return fail_line(r, _("a stroke has no points; the file is damaged."));
    r->pen_down = false;
    return true;
}

static bool add_point(struct reader *r, float x, float y)
{
    struct err err;
    y = 0 - y; /* down, and 0 stays 0, not -0 */
    bool ok = r->stroke_begun ? ink_add(&r->ink, x, y, &err) : ink_begin(&r->ink, x, y, &err);
    r->stroke_begun = true;
    return ok || fail_all(r, &err);
}

/* Reads the numbers of a line; their count, or 0 where there is anything else. */
static int read_numbers(const char *line, float *numbers)
{
    int count = 0;
    for (char *end; *line; line = end) {
        if (count == COLUMNS_MAX)
            return 0;
        numbers[count++] = strtof(line, &end);
        if (end == line)
            return 0;
        while (isspace((unsigned char)*end))
            end++;
    }
    return count;
}

static bool read_point(struct reader *r, const char *line)
{
    float numbers[COLUMNS_MAX];
    int count = read_numbers(line, numbers);
    if (count <= r->x_at || count <= r->y_at || count > r->columns)
        return fail_line(r,
                         _("\"%.20s\" is neither a point nor a keyword of UNIPEN; are these pen "
                           "strokes?"),
                         line);
    float x = numbers[r->x_at], y = numbers[r->y_at];
    if (!(fabsf(x) <= coordinate_max && fabsf(y) <= coordinate_max))
        return fail_line(r, _("\"%.20s\" lies outside of +-1000000."), line);
    r->out->passed.points += !r->pen_down;
    r->in_air |= !r->pen_down;
    if (r->pen_down && r->in_digit)
        return add_point(r, x, y);
    r->stroke_begun |= r->pen_down;
    return true;
}

/* `.COORD X Y T P`: what the numbers of a point are. */
static bool read_columns(struct reader *r, const char *text)
{
    int count = 0, x_at = -1, y_at = -1, length = 0;
    for (char name[LEVEL_MAX]; sscanf(text, "%31s%n", name, &length) == 1; text += length) {
        if (strcasecmp(name, "X") == 0)
            x_at = count;
        else if (strcasecmp(name, "Y") == 0)
            y_at = count;
        count++;
    }
    if (x_at < 0 || y_at < 0 || count > COLUMNS_MAX)
        return fail_line(r, _(".COORD must name X and Y, as in \".COORD X Y T\"."));
    r->columns = count;
    r->x_at = x_at;
    r->y_at = y_at;
    return true;
}

/* ---- the whole ------------------------------------------------------------------------------- */

static bool starts_with(const char *line, const char *word)
{
    size_t len = strlen(word);
    return strncmp(line, word, len) == 0 && (!line[len] || isspace((unsigned char)line[len]));
}

static bool read_line(struct reader *r, const char *line)
{
    if (*line != '.' || isdigit((unsigned char)line[1]))
        return read_point(r, line);
    if (starts_with(line, ".PEN_DOWN"))
        return lower_pen(r);
    if (starts_with(line, ".PEN_UP"))
        return lift_pen(r);
    if (starts_with(line, ".SEGMENT"))
        return begin_segment(r, line);
    if (starts_with(line, ".COMMENT"))
        return read_comment(r, line);
    if (starts_with(line, ".COORD"))
        return read_columns(r, line + strlen(".COORD"));
    return true;
}

/* Leaves out the digit that has the damage. */
static void leave_out(struct reader *r)
{
    ink_clear(&r->ink);
    r->in_digit = r->pen_down = r->in_air = false;
    r->ruined = true;
    r->lost++;
}

/* A line of a file that may be damaged. The damage that a segment's line brings to light may be of
 * the digit before it. */
static bool salvage_line(struct reader *r, const char *line)
{
    bool segment = starts_with(line, ".SEGMENT"), before = r->in_digit || r->pen_down;
    if (r->ruined && !segment)
        return true;
    r->ruined = false;
    if (!r->lines.binary && read_line(r, line))
        return true;
    if (r->hopeless)
        return false;
    leave_out(r);
    if (segment && before && !r->lines.binary)
        r->ruined = !read_line(r, line);
    return true;
}

static bool take_line(struct reader *r, char *line)
{
    static const char mark[] = "\xef\xbb\xbf"; /* of UTF-8, which some editors begin a text with */
    if (r->lines.number == 1 && strncmp(line, mark, strlen(mark)) == 0)
        line += strlen(mark);
    while (isspace((unsigned char)*line))
        line++;
    if (!*line)
        return true;
    if (r->salvage)
        return salvage_line(r, line);
    if (r->lines.binary)
        return err_set(r->err, _("%s is not a text of pen strokes; choose a .unp or .unp.gz file."),
                       r->path);
    return read_line(r, line);
}

static bool check_packing(struct reader *r)
{
    enum unpack_state state = unpack_state(r->lines.in);
    if (state == UNPACK_SOUND)
        return true;
    if (r->salvage && state != UNPACK_UNREADABLE) {
        if (!r->ruined)
            leave_out(r);
        return true;
    }
    if (state == UNPACK_UNREADABLE)
        return err_set(r->err, "%s", r->lines.unreadable.text);
    return err_set(r->err,
                   _("%s is damaged or cut short: it is not a whole gzip file; get it again."),
                   r->path);
}

static bool end_text(struct reader *r)
{
    char passed[UNIPEN_PASSED_MAX];
    if (!check_packing(r))
        return false;
    if (!finish_digit(r)) {
        if (!r->salvage || r->hopeless)
            return false;
        leave_out(r);
    }
    if (r->out->count > 0 || r->salvage)
        return true;
    unipen_passed_words(&r->out->passed, passed);
    if (!passed[0])
        return err_set(r->err,
                       _("%s holds no digits as pen strokes; choose a .unp or .unp.gz file."),
                       r->path);
    return err_set(r->err,
                   _("%s holds no digits as pen strokes, but %s; choose a .unp or .unp.gz file."),
                   r->path, passed);
}

static bool check_size(struct reader *r)
{
    uint64_t total = r->lines.total;
    if (unpack_is_bomb(r->lines.in, total))
        return err_set(r->err, _("%s unpacks to more than strokes would; is it the right file?"),
                       r->path);
    return total <= UNIPEN_SIZE_MAX ||
           err_set(r->err, _("%s holds more than the %d MB that are read; split it."), r->path,
                   UNIPEN_SIZE_MAX >> 20);
}

/* After a line that makes no sense: where the packing is not sound either, that is why. The rest is
 * unpacked to know. */
static void look_for_cause(struct reader *r)
{
    while (fill_piece(&r->lines))
        ;
    check_packing(r);
}

static bool read_text(struct reader *r)
{
    char *line;
    while ((line = next_line(&r->lines)) != NULL) {
        if (!check_size(r))
            return false;
        if (!take_line(r, line)) {
            if (!r->hopeless)
                look_for_cause(r);
            return false;
        }
    }
    return check_size(r) && end_text(r);
}

static struct unipen *load(const char *path, bool salvage, uint32_t *lost, struct err *err)
{
    struct reader *r = calloc(1, sizeof *r);
    if (!r) {
        err_memory(err, path);
        return NULL;
    }
    r->path = path;
    r->lines.number = 1;
    r->err = err;
    r->salvage = salvage;
    r->columns = 2;
    r->y_at = 1;
    r->lines.in = unpack_open(path, err);
    r->out = r->lines.in ? unipen_new(err) : NULL;
    bool ok = r->out && read_text(r);
    struct unipen *out = r->out;
    *lost = r->lost;
    unpack_close(r->lines.in);
    ink_free(&r->ink);
    free(r);
    if (ok)
        return out;
    unipen_free(out);
    return NULL;
}

struct unipen *unipen_load(const char *path, struct err *err)
{
    uint32_t lost;
    return load(path, false, &lost, err);
}

struct unipen *unipen_salvage(const char *path, uint32_t *lost, struct err *err)
{
    return load(path, true, lost, err);
}

/* ---- what was passed over -------------------------------------------------------------------- */

static void add_words(char *text, uint32_t count, const char *one, const char *many)
{
    size_t used = strlen(text);
    if (count > 0)
        snprintf(text + used, UNIPEN_PASSED_MAX - used, "%s%u %s", used ? ", " : "", count,
                 count == 1 ? one : many);
}

char *unipen_passed_words(const struct unipen_passed *passed, char text[UNIPEN_PASSED_MAX])
{
    text[0] = 0;
    add_words(text, passed->segments, _("segment that names no digit"),
              _("segments that name no digit"));
    add_words(text, passed->strokes, _("stroke of none"), _("strokes of none"));
    add_words(text, passed->points, _("point with the pen in the air"),
              _("points with the pen in the air"));
    return text;
}
