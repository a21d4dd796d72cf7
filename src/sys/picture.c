/* SPDX-License-Identifier: MIT */
#include "sys/picture.h"

#include <SDL_image.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/err.h"
#include "base/files.h"
#include "base/quiet_stderr.h"
#include "base/language.h"
#include "base/otsu.h"
#include "sys/picture_head.h"

enum { FILE_SIZE_MAX = 128 << 20 };

/* ---- shades ---------------------------------------------------------------------------------- */

/* A picture is gone over in strips of rows, so that only one copy of it is ever whole. */
struct strips {
    SDL_Surface *from, *strip; /* the strip is RGBA, each a byte */
    int rows;                  /* of the picture in this strip */
};

static const uint8_t *strip_row(const struct strips *s, int row)
{
    return (const uint8_t *)s->strip->pixels + (ptrdiff_t)row * s->strip->pitch;
}

static bool read_strip(struct strips *s, int y)
{
    int left = s->from->h - y, rows = left < s->strip->h ? left : s->strip->h;
    SDL_Rect part = {0, y, s->from->w, rows};
    s->rows = rows;
    return SDL_FillRect(s->strip, NULL, 0) == 0 &&
           SDL_BlitSurface(s->from, &part, s->strip, NULL) == 0;
}

/* By the weights of ITU-R BT.601, 0 to 255,000. */
static unsigned light_of(const uint8_t rgba[4])
{
    return 299u * rgba[0] + 587u * rgba[1] + 114u * rgba[2];
}

/* What is known of a picture before its shades are chosen. */
struct survey {
    uint64_t histogram[SHADES]; /* of the light of opaque pixels */
    uint64_t opaque, clear;     /* pixels */
    uint64_t rim, rim_light;    /* opaque pixels beside clear ones, and the light of these */
    int row0, row1, col0, col1; /* the box of the opaque ones */
};

enum { ALPHA_OPAQUE = 200, ALPHA_CLEAR = 128 };

static void survey_row(struct survey *s, const uint8_t *rgba, int row, int cols)
{
    for (int x = 0; x < cols; x++, rgba += 4) {
        s->clear += rgba[3] < ALPHA_CLEAR;
        if (rgba[3] < ALPHA_OPAQUE)
            continue;
        unsigned light = light_of(rgba);
        s->histogram[light / 1000]++;
        s->opaque++;
        s->row0 = row < s->row0 ? row : s->row0;
        s->row1 = row + 1;
        s->col0 = x < s->col0 ? x : s->col0;
        s->col1 = x >= s->col1 ? x + 1 : s->col1;
        if ((x > 0 && rgba[-1] < ALPHA_CLEAR) || (x + 1 < cols && rgba[7] < ALPHA_CLEAR)) {
            s->rim++;
            s->rim_light += light;
        }
    }
}

/* What shows through where a picture is transparent. */
struct ground {
    unsigned light; /* 0 to 255,000 */
    bool card;      /* of two shades: then only what is opaque belongs to it, no shadow */
};

/* A card with ink of its own goes on with the shade of its rim. Anything else is ink itself, and
 * lies on white, or on black where it is light. */
static struct ground choose_ground(const struct survey *s)
{
    struct otsu_split split = otsu_split(s->histogram);
    double area = (double)(s->row1 - s->row0) * (s->col1 - s->col0), light = 0;
    if (s->opaque == 0 || s->clear == 0)
        return (struct ground){255000, false};
    if (s->rim > 0 && (double)s->opaque > 0.7 * area && split.apart > 40 &&
        split.share > 0.004)
        return (struct ground){(unsigned)(s->rim_light / s->rim), true};
    for (int i = 0; i < 256; i++)
        light += i * (double)s->histogram[i];
    return (struct ground){light > 127.5 * (double)s->opaque ? 0 : 255000, false};
}

static unsigned grey_of(const uint8_t rgba[4], struct ground ground)
{
    unsigned alpha = ground.card && rgba[3] < ALPHA_CLEAR ? 0 : rgba[3];
    return (light_of(rgba) * alpha + ground.light * (255 - alpha) + 127500) / 255000;
}

/* ---- loading --------------------------------------------------------------------------------- */

/* A large picture is made smaller by whole pixels, but one that is long and thin only where it is
 * longer than PICTURE_SIDE_MAX. */
static int choose_factor(int rows, int cols)
{
    enum { ENOUGH = 1 << 22, SIDE_MIN = 1000 };
    int shorter = rows < cols ? rows : cols, longer = rows < cols ? cols : rows;
    int factor = (longer + PICTURE_SIDE_MAX - 1) / PICTURE_SIDE_MAX;
    while ((int64_t)rows * cols / (factor * factor) > ENOUGH && shorter / (factor + 1) > SIDE_MIN)
        factor++;
    return factor;
}

/* The averages of blocks of factor x factor pixels, the first of them `row` rows down the strip. */
static void average_blocks(const struct strips *s, int row, int factor, struct ground ground,
                           uint8_t *to, int cols)
{
    int high = s->rows - row < factor ? s->rows - row : factor;
    for (int x = 0; x < cols; x++) {
        int left = s->from->w - x * factor, wide = left < factor ? left : factor;
        unsigned sum = 0;
        for (int i = 0; i < high; i++)
            for (int j = 0; j < wide; j++)
                sum += grey_of(strip_row(s, row + i) + 4 * (x * factor + j), ground);
        unsigned count = (unsigned)(high * wide);
        to[x] = (uint8_t)((sum + count / 2) / count);
    }
}

static bool survey_all(struct strips *s, struct survey *survey)
{
    *survey = (struct survey){.row0 = s->from->h, .col0 = s->from->w};
    for (int y = 0; y < s->from->h; y += s->rows) {
        if (!read_strip(s, y))
            return false;
        for (int row = 0; row < s->rows; row++)
            survey_row(survey, strip_row(s, row), y + row, s->from->w);
    }
    return true;
}

static bool copy_grey(struct strips *s, int factor, struct picture *picture)
{
    struct survey survey;
    if (!survey_all(s, &survey))
        return false;
    struct ground ground = choose_ground(&survey);
    uint8_t *to = picture->grey;
    for (int y = 0; y < s->from->h; y += s->rows) {
        if (!read_strip(s, y))
            return false;
        for (int row = 0; row < s->rows; row += factor, to += picture->cols)
            average_blocks(s, row, factor, ground, to, picture->cols);
    }
    return true;
}

/* Of what SDL could not do: mostly for want of memory. */
static bool say_trouble(const char *path, const char *what, struct err *err)
{
    const char *why = SDL_GetError();
    if (!why[0] || strcmp(why, "Out of memory") == 0)
        return err_memory(err, path);
    return err_set(err, _("%s cannot be %s: %s."), path, what, why);
}

static bool make_grey(SDL_Surface *surface, struct picture *picture, const char *path,
                      struct err *err)
{
    enum { BLOCKS = 16 }; /* of a strip from top to bottom */
    int factor = choose_factor(surface->h, surface->w);
    *picture = (struct picture){(surface->h + factor - 1) / factor,
                                (surface->w + factor - 1) / factor, NULL};
    SDL_ClearError();
    picture->grey = malloc((size_t)picture->rows * (size_t)picture->cols);
    struct strips s = {
        surface,
        SDL_CreateRGBSurfaceWithFormat(0, surface->w, BLOCKS * factor, 32, SDL_PIXELFORMAT_RGBA32),
        0};
    bool ok = picture->grey && s.strip &&
              SDL_SetSurfaceBlendMode(surface, SDL_BLENDMODE_NONE) == 0 &&
              copy_grey(&s, factor, picture);
    SDL_FreeSurface(s.strip);
    if (ok)
        return true;
    bool memory = picture->grey == NULL;
    picture_free(picture);
    return memory ? err_memory(err, path) : say_trouble(path, "read", err);
}

/* ---- turning --------------------------------------------------------------------------------- */

/* The pixel as stored that belongs at (row, col) of the upright picture. `rows` and `cols` are of
 * what is stored. */
static size_t stored_at(int orientation, int row, int col, int rows, int cols)
{
    bool lies = orientation >= 5; /* on its side: rows are columns */
    int y = lies ? col : row, x = lies ? row : col;
    if (orientation == 3 || orientation == 4 || orientation == 6 || orientation == 7)
        y = rows - 1 - y;
    if (orientation == 2 || orientation == 3 || orientation == 7 || orientation == 8)
        x = cols - 1 - x;
    return (size_t)y * (size_t)cols + (size_t)x;
}

static bool turn_upright(struct picture *picture, int orientation, const char *path,
                         struct err *err)
{
    if (orientation == 1)
        return true;
    int rows = picture->rows, cols = picture->cols;
    uint8_t *upright = malloc((size_t)rows * (size_t)cols), *to = upright;
    if (!upright) {
        picture_free(picture);
        return err_memory(err, path);
    }
    bool lies = orientation >= 5;
    picture->rows = lies ? cols : rows;
    picture->cols = lies ? rows : cols;
    for (int row = 0; row < picture->rows; row++)
        for (int col = 0; col < picture->cols; col++)
            *to++ = picture->grey[stored_at(orientation, row, col, rows, cols)];
    free(picture->grey);
    picture->grey = upright;
    return true;
}

/* ---- decoding -------------------------------------------------------------------------------- */

static bool refuse_damaged(const char *path, struct err *err)
{
    return err_set(err, _("%s is damaged or not complete; try another copy."), path);
}

static bool refuse_format(const char *path, const unsigned char *data, size_t size, struct err *err)
{
    const char *other = picture_head_other(data, size);
    return other ? err_set(err,
                           _("%s is %s picture, which is not read; save it as PNG, JPEG or BMP."),
                           path, other)
                 : err_set(err,
                           _("%s is not a picture that can be read; save it as PNG, JPEG or "
                             "BMP."),
                           path);
}

/* Counts what is held at once while it is decoded: the file, and what the decoder makes of it. */
static bool check_size(const struct picture_head *head, size_t size, const char *path,
                       struct err *err)
{
    if (head->cols < 1 || head->rows < 1)
        return refuse_damaged(path, err);
    int64_t room = PICTURE_MEMORY_MAX - (int64_t)size;
    if (head->cols <= room / head->bytes / head->rows)
        return true;
    return err_set(err,
                   _("%s is too large (%lld x %lld pixels): reading it would take more than "
                     "%d MB; make it smaller, 1000 x 1000 is ample."),
                   path, (long long)head->cols, (long long)head->rows, PICTURE_MEMORY_MAX >> 20);
}

/* The decoders do not all say why they failed: it was for want of memory where the most that they
 * take cannot be had now. */
static bool lacks_memory(const struct picture_head *head)
{
    enum { TABLES = 1 << 20 };
    if (strcmp(SDL_GetError(), "Out of memory") == 0)
        return true;
    void *volatile probe = /* which no compiler takes for idle */
        malloc((size_t)(head->cols * head->rows * head->bytes) + TABLES);
    free(probe);
    return !probe;
}

/* Each format by its own reader, so that nothing guesses another. */
static SDL_Surface *read_surface(enum picture_format format, unsigned char *data, size_t size)
{
    if (format == PICTURE_PNG && !picture_head_tidy_png(data, &size))
        return NULL;
    SDL_RWops *stream = SDL_RWFromConstMem(data, (int)size);
    if (!stream)
        return NULL;
    if (format == PICTURE_BMP)
        return SDL_LoadBMP_RW(stream, 1);
    SDL_Surface *surface = format == PICTURE_PNG ? IMG_LoadPNG_RW(stream) : IMG_LoadJPG_RW(stream);
    SDL_RWclose(stream);
    return surface;
}

static bool decode(unsigned char *data, size_t size, struct picture *picture, const char *path,
                   struct err *err)
{
    struct picture_head head;
    if (!picture_head_read(data, size, &head))
        return refuse_format(path, data, size, err);
    if (!check_size(&head, size, path, err))
        return false;
    SDL_ClearError();
    int kept = quiet_stderr_begin(); /* libpng says on stderr what it thinks of a file */
    SDL_Surface *surface = read_surface(head.format, data, size);
    quiet_stderr_end(kept);
    if (!surface)
        return lacks_memory(&head) ? err_memory(err, path) : refuse_damaged(path, err);
    bool ok = surface->w == head.cols && surface->h == head.rows
                  ? make_grey(surface, picture, path, err)
                  : err_set(err, _("%s is damaged: its picture has two sizes."), path);
    SDL_FreeSurface(surface);
    return ok && turn_upright(picture, head.orientation, path, err);
}

bool picture_load(const char *path, struct picture *picture, struct err *err)
{
    *picture = (struct picture){0};
    size_t size;
    unsigned char *data = files_read(path, FILE_SIZE_MAX, &size, err);
    if (!data)
        return false;
    bool ok = size > 0 ? decode(data, size, picture, path, err)
                       : err_set(err, _("%s is empty; try another copy."), path);
    free(data);
    return ok;
}

void picture_free(struct picture *picture)
{
    free(picture->grey);
    *picture = (struct picture){0};
}

/* ---- saving ---------------------------------------------------------------------------------- */

/* Memory that SDL_image writes a file into. It does not look whether a write was done. */
struct memory {
    char *data;
    size_t size, room, at;
    bool failed;
};

static size_t SDLCALL write_memory(SDL_RWops *stream, const void *from, size_t size, size_t count)
{
    struct memory *memory = stream->hidden.unknown.data1;
    size_t len = size * count, end = memory->at + len;
    if (end > memory->room) {
        char *more = realloc(memory->data, 2 * end);
        if (!more) {
            memory->failed = true;
            return 0;
        }
        memory->data = more;
        memory->room = 2 * end;
    }
    memcpy(memory->data + memory->at, from, len);
    memory->at = end;
    memory->size = end > memory->size ? end : memory->size;
    return count;
}

static Sint64 SDLCALL size_of_memory(SDL_RWops *stream)
{
    const struct memory *memory = stream->hidden.unknown.data1;
    return (Sint64)memory->size;
}

static Sint64 SDLCALL seek_memory(SDL_RWops *stream, Sint64 offset, int whence)
{
    struct memory *memory = stream->hidden.unknown.data1;
    Sint64 from = whence == RW_SEEK_SET   ? 0
                  : whence == RW_SEEK_CUR ? (Sint64)memory->at
                                          : (Sint64)memory->size;
    if (from + offset < 0 || from + offset > (Sint64)memory->size)
        return -1;
    memory->at = (size_t)(from + offset);
    return from + offset;
}

static int SDLCALL close_memory(SDL_RWops *stream)
{
    SDL_FreeRW(stream);
    return 0;
}

static bool encode_png(SDL_Surface *surface, struct memory *memory)
{
    SDL_RWops *stream = SDL_AllocRW();
    if (!stream)
        return false;
    stream->type = SDL_RWOPS_UNKNOWN;
    stream->hidden.unknown.data1 = memory;
    stream->size = size_of_memory;
    stream->seek = seek_memory;
    stream->write = write_memory;
    stream->close = close_memory;
    return IMG_SavePNG_RW(surface, stream, 1) == 0 && !memory->failed;
}

bool picture_save(const char *path, const uint32_t *pixels, int width, int height, int stride,
                  struct err *err)
{
    if (width < 1 || height < 1) /* SDL_image would refuse it, too, and lose memory over it */
        return err_set(err, _("%s cannot be made a picture: it would have no pixels."), path);
    SDL_Surface *surface = SDL_CreateRGBSurfaceWithFormatFrom(
        (void *)(uintptr_t)pixels, width, height, 32, stride * 4, SDL_PIXELFORMAT_ARGB8888);
    struct memory memory = {0};
    SDL_ClearError();
    bool ok = surface && encode_png(surface, &memory);
    SDL_FreeSurface(surface);
    if (ok) {
        struct files_part part = {memory.data, memory.size};
        ok = files_write(path, &part, 1, err);
    } else if (memory.failed) {
        err_memory(err, path);
    } else {
        say_trouble(path, _("made a picture"), err);
    }
    free(memory.data);
    return ok;
}
