/* SPDX-License-Identifier: MIT */
#include "sys/picture_head.h"

#include <string.h>

#include "base/crc.h"

struct bytes {
    const unsigned char *data;
    size_t size;
};

static bool has_at(struct bytes file, size_t at, const char *magic, size_t len)
{
    return file.size >= at + len && memcmp(file.data + at, magic, len) == 0;
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

/* ---- which way up ---------------------------------------------------------------------------- */

/* EXIF is a TIFF file without a picture: the order of its bytes, where its first table stands, and
 * there entries of 12 bytes: tag, type, count, value. A value outside 1 to 8 says nothing. */
static int tiff_orientation(struct bytes tiff)
{
    enum { TAG = 0x0112, SHORT = 3, LONG = 4, ENTRY = 12 };
    bool big = has_at(tiff, 0, "MM\0*", 4);
    if (tiff.size < 8 || (!big && !has_at(tiff, 0, "II*\0", 4)))
        return 1;
    uint32_t (*number)(const unsigned char *, int) = big ? big_endian : little_endian;
    size_t at = number(tiff.data + 4, 4);
    if (at > tiff.size || tiff.size - at < 2)
        return 1;
    uint32_t count = number(tiff.data + at, 2);
    at += 2;
    for (uint32_t i = 0; i < count && tiff.size - at >= ENTRY; i++, at += ENTRY) {
        const unsigned char *entry = tiff.data + at;
        uint32_t type = number(entry + 2, 2);
        if (number(entry, 2) != TAG || (type != SHORT && type != LONG))
            continue;
        uint32_t value = number(entry + 8, type == SHORT ? 2 : 4);
        return value >= 1 && value <= 8 ? (int)value : 1;
    }
    return 1;
}

/* ---- PNG ------------------------------------------------------------------------------------- */

static bool next_chunk(struct bytes file, size_t at, size_t *len)
{
    if (at > file.size || file.size - at < 12)
        return false;
    *len = big_endian(file.data + at, 4);
    return *len <= file.size - at - 12;
}

static bool png_head(struct bytes file, struct picture_head *head)
{
    if (file.size < 24 || !has_at(file, 0, "\x89PNG\r\n\x1a\n", 8))
        return false;
    head->format = PICTURE_PNG;
    head->cols = big_endian(file.data + 16, 4);
    head->rows = big_endian(file.data + 20, 4);
    int colours = file.size > 25 ? file.data[25] : 6; /* 0 grey, 2 RGB, 3 a palette */
    head->bytes = colours == 0 || colours == 3 ? 1 : colours == 2 ? 3 : 4;
    size_t at = 8, len;
    for (; next_chunk(file, at, &len); at += len + 12) {
        if (has_at(file, at + 4, "eXIf", 4))
            head->orientation = tiff_orientation((struct bytes){file.data + at + 8, len});
        else if (has_at(file, at + 4, "tRNS", 4))
            head->bytes = 4;
    }
    return true;
}

bool picture_head_tidy_png(unsigned char *data, size_t *size)
{
    struct bytes file = {data, *size};
    size_t at = 8, used = 8, len;
    bool end = false;
    while (!end && next_chunk(file, at, &len)) {
        const unsigned char *kind = data + at + 4;
        if (crc_add(0, kind, len + 4) != big_endian(kind + 4 + len, 4))
            return false;
        end = memcmp(kind, "IEND", 4) == 0;
        if (strstr("IHDR PLTE tRNS IDAT IEND",
                   (char[]){(char)kind[0], (char)kind[1], (char)kind[2], (char)kind[3], 0})) {
            memmove(data + used, data + at, len + 12);
            used += len + 12;
        }
        at += len + 12;
    }
    *size = used;
    return end;
}

/* ---- BMP ------------------------------------------------------------------------------------- */

/* The height may be negative: rows from the top. */
static bool bmp_head(struct bytes file, struct picture_head *head)
{
    if (file.size < 26 || !has_at(file, 0, "BM", 2))
        return false;
    head->format = PICTURE_BMP;
    head->bytes = 4;
    if (little_endian(file.data + 14, 4) == 12) {
        head->cols = little_endian(file.data + 18, 2);
        head->rows = little_endian(file.data + 20, 2);
    } else {
        int32_t rows = (int32_t)little_endian(file.data + 22, 4);
        head->cols = little_endian(file.data + 18, 4);
        head->rows = rows < 0 ? -(int64_t)rows : rows;
    }
    return true;
}

/* ---- JPEG ------------------------------------------------------------------------------------ */

/* Where the picture comes in several scans, all coefficients, two bytes each, are kept until the
 * last; a component of colour often has fewer of them than there are pixels. */
struct jpeg {
    bool scans; /* comes in several */
    int kept;   /* bytes a pixel that the coefficients take */
};

static int bytes_kept(const unsigned char *component, int components)
{
    int sum = 0, high = 1, wide = 1;
    for (int i = 0; i < components; i++) {
        int h = component[3 * i + 1] >> 4, v = component[3 * i + 1] & 15;
        sum += h * v;
        wide = h > wide ? h : wide;
        high = v > high ? v : high;
    }
    return (2 * sum + wide * high - 1) / (wide * high);
}

static void jpeg_frame(const unsigned char *segment, size_t size, struct picture_head *head,
                       struct jpeg *jpeg)
{
    int components = size < 10 ? 0 : segment[9];
    if (components < 1 || components > 4)
        return;
    bool whole = size >= 10 + 3 * (size_t)components;
    jpeg->scans = segment[1] == 0xc2 || segment[1] == 0xc6 || segment[1] == 0xca;
    jpeg->kept = whole ? bytes_kept(segment + 10, components) : 2 * components;
    head->cols = big_endian(segment + 7, 2);
    head->rows = big_endian(segment + 5, 2);
    head->bytes = components == 4 ? 4 : 3;
}

static bool is_frame(unsigned char marker)
{
    return marker >= 0xc0 && marker <= 0xcf && marker != 0xc4 && marker != 0xc8 && marker != 0xcc;
}

static void jpeg_exif(struct bytes file, size_t at, size_t len, struct picture_head *head)
{
    enum { HEAD = 10 }; /* marker, length, "Exif" and two zeros */
    if (len < HEAD || len > file.size - at || !has_at(file, at + 4, "Exif\0\0", 6))
        return;
    head->orientation = tiff_orientation((struct bytes){file.data + at + HEAD, len - HEAD});
}

/* From the first scan at `at` on. How often the whole picture may be gone over is limited: a small
 * file could ask for it a million times. */
static void jpeg_scans(struct bytes file, size_t at, struct picture_head *head, struct jpeg *jpeg)
{
    enum { SCANS_MAX = 256 };
    int scans = 0;
    bool end = false;
    for (; at + 1 < file.size && !end; at++) {
        scans += file.data[at] == 0xff && file.data[at + 1] == 0xda;
        end = file.data[at] == 0xff && file.data[at + 1] == 0xd9;
    }
    if (!end || scans > SCANS_MAX)
        head->cols = head->rows = 0;
    jpeg->scans |= scans > 1;
}

/* A JPEG file is a chain of segments; the size stands in the frame's, the pixels begin after 0xda
 * and must have an end. */
static bool jpeg_head(struct bytes file, struct picture_head *head)
{
    if (!has_at(file, 0, "\xff\xd8\xff", 3))
        return false;
    head->format = PICTURE_JPEG;
    struct jpeg jpeg = {0};
    size_t at = 2;
    while (at + 9 < file.size && file.data[at] == 0xff) {
        const unsigned char *segment = file.data + at;
        if (segment[1] == 0xda) {
            jpeg_scans(file, at, head, &jpeg);
            break;
        }
        size_t len = segment[1] == 0xff ? 1 : 2 + (size_t)big_endian(segment + 2, 2);
        if (is_frame(segment[1]))
            jpeg_frame(segment, file.size - at, head, &jpeg);
        else if (segment[1] == 0xe1)
            jpeg_exif(file, at, len, head);
        at += len;
    }
    if (jpeg.scans)
        head->bytes += jpeg.kept;
    return true;
}

/* ---- all together ---------------------------------------------------------------------------- */

bool picture_head_read(const unsigned char *data, size_t size, struct picture_head *head)
{
    struct bytes file = {data, size};
    *head = (struct picture_head){.orientation = 1};
    return png_head(file, head) || jpeg_head(file, head) || bmp_head(file, head);
}

const char *picture_head_other(const unsigned char *data, size_t size)
{
    static const struct {
        const char *name;
        size_t at, len;
        const char *magic;
    } others[] = {
        {"a GIF", 0, 4, "GIF8"},       {"a WebP", 8, 4, "WEBP"},      {"a TIFF", 0, 4, "II*\0"},
        {"a TIFF", 0, 4, "MM\0*"},     {"a HEIC", 4, 7, "ftyphei"},   {"a HEIC", 4, 8, "ftypmif1"},
        {"an AVIF", 4, 8, "ftypavif"}, {"an XPM", 0, 9, "/* XPM */"}, {"an SVG", 0, 4, "<svg"},
        {"a PDF", 0, 5, "%PDF-"},      {"an icon", 0, 4, "\0\0\1\0"}, {"a Photoshop", 0, 4, "8BPS"},
        {"a PNM", 0, 2, "P1"},         {"a PNM", 0, 2, "P2"},         {"a PNM", 0, 2, "P3"},
        {"a PNM", 0, 2, "P4"},         {"a PNM", 0, 2, "P5"},         {"a PNM", 0, 2, "P6"},
        {"a QOI", 0, 4, "qoif"},       {"a JPEG 2000", 4, 4, "jP  "}, {"a JPEG XL", 4, 4, "JXL "},
        {"an XCF", 0, 8, "gimp xcf"},
    };
    for (size_t i = 0; i < sizeof others / sizeof others[0]; i++)
        if (has_at((struct bytes){data, size}, others[i].at, others[i].magic, others[i].len))
            return others[i].name;
    return NULL;
}
