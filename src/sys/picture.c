/* SPDX-License-Identifier: MIT */
#include "sys/picture.h"

#include <SDL_image.h>
#include <stdlib.h>
#include <string.h>
#include <zlib.h>

#include "base/err.h"
#include "base/files.h"

enum { FILE_SIZE_MAX = 256 << 20 };

/* ---- the size in a file's head --------------------------------------------------------------- */

struct bytes {
    const unsigned char *data;
    size_t size;
};

struct size {
    int64_t cols, rows;
};

static bool starts_with(struct bytes file, const char *magic, size_t len)
{
    return file.size >= len && memcmp(file.data, magic, len) == 0;
}

static uint32_t big_endian(const unsigned char *at, int bytes)
{
    uint32_t value = 0;
    for (int i = 0; i < bytes; i++)
        value = value << 8 | at[i];
    return value;
}

static uint32_t little_endian(const unsigned char *at, int bytes)
{
    uint32_t value = 0;
    for (int i = bytes - 1; i >= 0; i--)
        value = value << 8 | at[i];
    return value;
}

static bool png_size(struct bytes file, struct size *size)
{
    if (file.size < 24 || !starts_with(file, "\x89PNG\r\n\x1a\n", 8))
        return false;
    *size = (struct size){big_endian(file.data + 16, 4), big_endian(file.data + 20, 4)};
    return true;
}

/* The height may be negative: rows from the top. */
static bool bmp_size(struct bytes file, struct size *size)
{
    if (file.size < 26 || !starts_with(file, "BM", 2))
        return false;
    if (little_endian(file.data + 14, 4) == 12) {
        *size = (struct size){little_endian(file.data + 18, 2), little_endian(file.data + 20, 2)};
    } else {
        int32_t rows = (int32_t)little_endian(file.data + 22, 4);
        *size = (struct size){little_endian(file.data + 18, 4), rows < 0 ? -(int64_t)rows : rows};
    }
    return true;
}

static int64_t larger(int64_t a, int64_t b)
{
    return a > b ? a : b;
}

/* The colours that a table's flags say, as bytes. */
static size_t gif_table(unsigned char flags)
{
    return flags & 0x80 ? (size_t)3 << ((flags & 7) + 1) : 0;
}

/* The screen's size stands in the head, the first picture's after the colours and the extensions
 * (0x21, a kind, and blocks until an empty one). Either may be decoded; the larger one counts. */
static bool gif_size(struct bytes file, struct size *size)
{
    if (!starts_with(file, "GIF8", 4))
        return false;
    *size = (struct size){0};
    size_t at = 13 + (file.size > 10 ? gif_table(file.data[10]) : 0);
    while (at + 9 < file.size && file.data[at] == 0x21) {
        at += 2;
        while (at < file.size && file.data[at] != 0)
            at += 1 + (size_t)file.data[at];
        at++;
    }
    if (at + 9 < file.size && file.data[at] == 0x2c) {
        const unsigned char *screen = file.data + 6, *own = file.data + at + 5;
        size->cols = larger(little_endian(screen, 2), little_endian(own, 2));
        size->rows = larger(little_endian(screen + 2, 2), little_endian(own + 2, 2));
    }
    return true;
}

/* A JPEG file is a chain of segments; the size stands in the frame's (0xc0 to 0xcf, but for three
 * that are something else), the pixels begin after 0xda and must have an end. */
static bool jpeg_size(struct bytes file, struct size *size)
{
    if (!starts_with(file, "\xff\xd8\xff", 3))
        return false;
    *size = (struct size){0};
    size_t at = 2;
    while (at + 9 < file.size && file.data[at] == 0xff) {
        const unsigned char *segment = file.data + at;
        if (segment[1] == 0xda) {
            if (!memmem(segment, file.size - at, "\xff\xd9", 2))
                *size = (struct size){0};
            break;
        }
        if (segment[1] >= 0xc0 && segment[1] <= 0xcf && segment[1] != 0xc4 &&
            segment[1] != 0xc8 && segment[1] != 0xcc)
            *size = (struct size){big_endian(segment + 7, 2), big_endian(segment + 5, 2)};
        at += segment[1] == 0xff ? 1 : 2 + (size_t)big_endian(segment + 2, 2);
    }
    return true;
}

/* Also names the format as SDL_image does, so that nothing guesses another. */
static const char *read_size(struct bytes file, struct size *size)
{
    if (png_size(file, size))
        return "PNG";
    if (jpeg_size(file, size))
        return "JPG";
    if (bmp_size(file, size))
        return "BMP";
    if (gif_size(file, size))
        return "GIF";
    return NULL;
}

/* Checks that every chunk of a PNG file is whole, and moves those that make the picture together:
 * libpng would write its remarks on damage, and on what other chunks say, to stderr. */
static bool tidy_png(unsigned char *data, size_t *size)
{
    size_t at = 8, used = 8;
    bool end = false;
    while (!end && *size - at >= 12) {
        size_t len = big_endian(data + at, 4);
        const unsigned char *kind = data + at + 4;
        if (len > *size - at - 12 ||
            crc32(0, kind, (uInt)len + 4) != big_endian(kind + 4 + len, 4))
            return false;
        end = memcmp(kind, "IEND", 4) == 0;
        if (strstr("IHDR PLTE tRNS IDAT IEND", (char[]){(char)kind[0], (char)kind[1],
                                                        (char)kind[2], (char)kind[3], 0})) {
            memmove(data + used, data + at, len + 12);
            used += len + 12;
        }
        at += len + 12;
    }
    *size = used;
    return end;
}

/* ---- loading --------------------------------------------------------------------------------- */

/* By the weights of ITU-R BT.601, 0 to 255,000. */
static unsigned light_of(const uint8_t rgba[4])
{
    return 299u * rgba[0] + 587u * rgba[1] + 114u * rgba[2];
}

/* What shows through: white, or black where the picture itself is light (white ink on nothing). */
static unsigned choose_ground(const SDL_Surface *surface)
{
    uint64_t light = 0, alpha = 0;
    for (int y = 0; y < surface->h; y++) {
        const uint8_t *at = (uint8_t *)surface->pixels + (ptrdiff_t)y * surface->pitch;
        for (int x = 0; x < surface->w; x++, at += 4) {
            light += (uint64_t)light_of(at) * at[3];
            alpha += at[3];
        }
    }
    return light > 127500 * alpha ? 0 : 255000;
}

static uint8_t grey_of(const uint8_t rgba[4], unsigned ground)
{
    unsigned alpha = rgba[3];
    return (uint8_t)((light_of(rgba) * alpha + ground * (255 - alpha) + 127500) / 255000);
}

static bool copy_grey(SDL_Surface *surface, struct picture *picture)
{
    if (SDL_MUSTLOCK(surface) && SDL_LockSurface(surface) != 0)
        return false;
    unsigned ground = choose_ground(surface);
    for (int y = 0; y < picture->rows; y++) {
        const uint8_t *from = (uint8_t *)surface->pixels + (ptrdiff_t)y * surface->pitch;
        uint8_t *to = picture->grey + (ptrdiff_t)y * picture->cols;
        for (int x = 0; x < picture->cols; x++)
            to[x] = grey_of(from + 4 * x, ground);
    }
    if (SDL_MUSTLOCK(surface))
        SDL_UnlockSurface(surface);
    return true;
}

static bool make_grey(SDL_Surface *surface, struct picture *picture, const char *path,
                      struct err *err)
{
    *picture = (struct picture){surface->h, surface->w, NULL};
    picture->grey = malloc((size_t)surface->w * (size_t)surface->h);
    SDL_Surface *rgba = SDL_ConvertSurfaceFormat(surface, SDL_PIXELFORMAT_RGBA32, 0);
    bool ok = picture->grey && rgba && copy_grey(rgba, picture);
    SDL_FreeSurface(rgba);
    if (!ok) {
        picture_free(picture);
        return err_memory(err, path);
    }
    return true;
}

static bool decode(unsigned char *data, size_t len, struct picture *picture, const char *path,
                   struct err *err)
{
    struct size size;
    struct bytes file = {data, len};
    const char *format = read_size(file, &size);
    if (!format)
        return err_set(err, "%s is not a picture that can be read; save it as PNG, JPEG or BMP.",
                       path);
    if (size.cols < 1 || size.rows < 1)
        return err_set(err, "%s is damaged or not complete; try another copy.", path);
    if (size.cols > PICTURE_PIXELS_MAX / size.rows)
        return err_set(err, "%s is too large (%lld x %lld pixels); make it smaller than %d "
                            "megapixels.", path, (long long)size.cols, (long long)size.rows,
                       PICTURE_PIXELS_MAX >> 20);
    bool whole = strcmp(format, "PNG") != 0 || tidy_png(data, &file.size);
    SDL_RWops *stream = whole ? SDL_RWFromConstMem(data, (int)file.size) : NULL;
    SDL_Surface *surface = stream ? IMG_LoadTyped_RW(stream, 1, format) : NULL;
    if (!surface)
        return err_set(err, "%s is damaged or not complete; try another copy.", path);
    bool ok = (int64_t)surface->w * surface->h <= PICTURE_PIXELS_MAX
                  ? make_grey(surface, picture, path, err)
                  : err_set(err, "%s is damaged: its picture has two sizes.", path);
    SDL_FreeSurface(surface);
    return ok;
}

bool picture_load(const char *path, struct picture *picture, struct err *err)
{
    *picture = (struct picture){0};
    size_t size;
    unsigned char *data = files_read(path, FILE_SIZE_MAX, &size, err);
    if (!data)
        return false;
    bool ok = size > 0 ? decode(data, size, picture, path, err)
                       : err_set(err, "%s is empty; try another copy.", path);
    free(data);
    return ok;
}

void picture_free(struct picture *picture)
{
    free(picture->grey);
    *picture = (struct picture){0};
}

/* ---- saving ---------------------------------------------------------------------------------- */

/* Memory that SDL_image writes a file into. */
struct memory {
    char *data;
    size_t size, room, at;
};

static size_t SDLCALL write_memory(SDL_RWops *stream, const void *from, size_t size, size_t count)
{
    struct memory *memory = stream->hidden.unknown.data1;
    size_t len = size * count, end = memory->at + len;
    if (end > memory->room) {
        char *more = realloc(memory->data, 2 * end);
        if (!more)
            return 0;
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
    Sint64 from = whence == RW_SEEK_SET ? 0
                  : whence == RW_SEEK_CUR ? (Sint64)memory->at : (Sint64)memory->size;
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
    return IMG_SavePNG_RW(surface, stream, 1) == 0;
}

bool picture_save(const char *path, const uint32_t *pixels, int width, int height, int stride,
                  struct err *err)
{
    SDL_Surface *surface = SDL_CreateRGBSurfaceWithFormatFrom(
        (void *)(uintptr_t)pixels, width, height, 32, stride * 4, SDL_PIXELFORMAT_ARGB8888);
    struct memory memory = {0};
    bool ok = surface && encode_png(surface, &memory);
    SDL_FreeSurface(surface);
    if (ok) {
        struct files_part part = {memory.data, memory.size};
        ok = files_write(path, &part, 1, err);
    } else {
        err_memory(err, path);
    }
    free(memory.data);
    return ok;
}
