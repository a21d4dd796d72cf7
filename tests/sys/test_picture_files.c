/* SPDX-License-Identifier: MIT */
/* Pictures from files: which formats are read, which way up, and what shows through. */
#include <SDL_image.h>
#include <check.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/err.h"
#include "base/files.h"
#include "base/rng.h"
#include "suite.h"
#include "sys/picture.h"

enum { ROWS = 24, COLS = 40, FILE_MAX = 1 << 16 };
enum format { PNG, JPEG, BMP, FORMATS };

static struct err err;
static char folder[64];

static const char *in_folder(const char *name)
{
    static char path[256];
    snprintf(path, sizeof path, "%s/%s", folder, name);
    return path;
}

static void make_folder(void)
{
    strcpy(folder, "/tmp/inkling-picture-XXXXXX");
    ck_assert_ptr_nonnull(mkdtemp(folder));
}

static void remove_folder(void)
{
    unlink(in_folder("7.png"));
    rmdir(folder);
}

/* ---- files of our own ------------------------------------------------------------------------ */

static void save_bytes(const void *data, size_t size)
{
    struct files_part part = {data, size};
    ck_assert_msg(files_write(in_folder("7.png"), &part, 1, &err), "%s", err.text);
}

/* An L that is thicker below, dark on light: no two of the eight ways to lay it are the same. */
static uint8_t shade_at(int row, int col)
{
    return (col >= 4 && col < 12 && row >= 4) || (row >= 16 && col >= 4 && col < 30) ? 20 : 230;
}

static size_t encode(enum format format, unsigned char *file)
{
    static uint32_t pixels[ROWS * COLS];
    for (int i = 0; i < ROWS * COLS; i++)
        pixels[i] = 0xff000000u | shade_at(i / COLS, i % COLS) * 0x010101u;
    SDL_Surface *surface = SDL_CreateRGBSurfaceWithFormatFrom(pixels, COLS, ROWS, 32, 4 * COLS,
                                                              SDL_PIXELFORMAT_ARGB8888);
    SDL_RWops *stream = SDL_RWFromMem(file, FILE_MAX);
    ck_assert(surface && stream);
    int failed = format == PNG    ? IMG_SavePNG_RW(surface, stream, 0)
                 : format == JPEG ? IMG_SaveJPG_RW(surface, stream, 0, 95)
                                  : SDL_SaveBMP_RW(surface, stream, 0);
    ck_assert_int_eq(failed, 0);
    Sint64 size = SDL_RWtell(stream);
    SDL_RWclose(stream);
    SDL_FreeSurface(surface);
    return (size_t)size;
}

static bool load(struct picture *picture)
{
    err.text[0] = 0;
    return picture_load(in_folder("7.png"), picture, &err);
}

/* ---- formats --------------------------------------------------------------------------------- */

START_TEST(png_jpeg_and_bmp_are_told_by_their_content)
{
    static unsigned char file[FILE_MAX];
    struct picture picture;
    save_bytes(file, encode((enum format)_i, file));
    ck_assert_msg(load(&picture), "%s", err.text);
    ck_assert_int_eq(picture.rows, ROWS);
    ck_assert_int_eq(picture.cols, COLS);
    int bad = 0;
    for (int i = 0; i < ROWS * COLS; i++)
        bad += abs(picture.grey[i] - shade_at(i / COLS, i % COLS)) > 30;
    ck_assert_int_eq(bad, 0);
    picture_free(&picture);
}
END_TEST

START_TEST(other_formats_get_a_sentence_that_names_what_is_read)
{
    static const struct {
        const char *data, *name;
        size_t size;
    } others[] = {
        {"GIF89a\2\0\2\0\x80\0\0\0\0\0\xff\xff\xff,\0\0\0\0\2\0\2\0\0\2\3\x44\2\5\0;", "GIF", 36},
        {"GIF87a", "GIF", 6},
        {"RIFF\x24\0\0\0WEBPVP8 ", "WebP", 16},
        {"II*\0\x08\0\0\0\0\0", "TIFF", 10},
        {"MM\0*\0\0\0\x08\0\0", "TIFF", 10},
        {"/* XPM */\nstatic char *a[] = {", "XPM", 30},
        {"P5\n2 2\n255\nabcd", "PNM", 15},
        {"\0\0\0\x18"
         "ftypheic\0\0\0\0",
         "HEIC", 16},
        {"<svg xmlns=", "SVG", 11},
        {"static char *a[] = {", "not a picture", 20},
    };
    for (size_t i = 0; i < sizeof others / sizeof others[0]; i++) {
        struct picture picture;
        save_bytes(others[i].data, others[i].size);
        ck_assert(!load(&picture));
        ck_assert_ptr_null(picture.grey);
        ck_assert_msg(strstr(err.text, others[i].name) && strstr(err.text, "PNG, JPEG or BMP"),
                      "%s", err.text);
    }
}
END_TEST

/* Whatever bytes are changed or cut off, there is a picture or a sentence. */
START_TEST(damage_of_any_kind_is_a_picture_or_a_sentence)
{
    static unsigned char file[FILE_MAX], damaged[FILE_MAX];
    size_t size = encode((enum format)_i, file);
    struct rng rng = rng_new(7, (uint64_t)_i);
    for (int i = 0; i < 600; i++) {
        memcpy(damaged, file, size);
        for (uint32_t count = 1 + rng_below(&rng, 4); count > 0; count--)
            damaged[rng_below(&rng, i % 2 ? 64 : (uint32_t)size)] = (unsigned char)rng_next(&rng);
        save_bytes(damaged, i % 3 ? size : rng_below(&rng, (uint32_t)size));
        struct picture picture;
        ck_assert(load(&picture) || strlen(err.text) > 20);
        picture_free(&picture);
    }
}
END_TEST

START_TEST(what_would_take_too_much_memory_is_refused_before_it_is_decoded)
{
    static unsigned char jpeg[] = "\xff\xd8\xff\xc0\0\x11\x08\x20\0\x20\0\3\1\x11\0\2\x11\0\3\x11\0"
                                  "\xff\xda\0\x0c\3\1\0\2\0\3\0\0\x3f\0\xff\xd9";
    struct picture picture;
    save_bytes(jpeg, sizeof jpeg - 1); /* 67 megapixels at 3 bytes: damaged, but not too large */
    ck_assert(!load(&picture));
    ck_assert_msg(strstr(err.text, "damaged") != NULL, "%s", err.text);
    jpeg[3] = 0xc2; /* in several scans */
    save_bytes(jpeg, sizeof jpeg - 1);
    ck_assert(!load(&picture));
    ck_assert_msg(strstr(err.text, "too large (8192 x 8192") != NULL, "%s", err.text);
}
END_TEST

/* ---- which way up ---------------------------------------------------------------------------- */

struct exif {
    bool big, wide; /* the order of the bytes; the tag as a long */
    unsigned orientation;
};

static void put_number(unsigned char *at, unsigned value, int bytes, bool big)
{
    for (int i = 0; i < bytes; i++)
        at[big ? bytes - 1 - i : i] = (unsigned char)(value >> 8 * i);
}

/* An APP1 segment with a table of two tags, 46 bytes. */
static void make_exif(struct exif exif, unsigned char *to)
{
    memset(to, 0, 46);
    memcpy(to,
           "\xff\xe1\0\x2c"
           "Exif\0",
           9);
    unsigned char *tiff = to + 10;
    memcpy(tiff, exif.big ? "MM" : "II", 2);
    put_number(tiff + 2, 42, 2, exif.big);
    put_number(tiff + 4, 8, 4, exif.big);
    put_number(tiff + 8, 2, 2, exif.big);
    put_number(tiff + 10, 0x0100, 2, exif.big); /* the width, which is not the tag */
    put_number(tiff + 12, 3, 2, exif.big);
    put_number(tiff + 14, 1, 4, exif.big);
    put_number(tiff + 18, 6, 2, exif.big);
    put_number(tiff + 22, 0x0112, 2, exif.big);
    put_number(tiff + 24, exif.wide ? 4 : 3, 2, exif.big);
    put_number(tiff + 26, 1, 4, exif.big);
    put_number(tiff + 30, exif.orientation, exif.wide ? 4 : 2, exif.big);
}

static void save_with(const unsigned char *segment, size_t len)
{
    static unsigned char file[FILE_MAX], with[FILE_MAX];
    size_t size = encode(JPEG, file);
    memcpy(with, file, 2);
    memcpy(with + 2, segment, len);
    memcpy(with + 2 + len, file + 2, size - 2);
    save_bytes(with, size + len);
}

/* What EXIF says of where the stored picture's first row and first column belong. */
static bool stands_upright(const struct picture *picture, unsigned orientation)
{
    static const struct {
        bool lies, row_last, col_last; /* rows are columns; the first row or column is last */
    } ways[9] = {{0},
                 {false, false, false},
                 {false, false, true},
                 {false, true, true},
                 {false, true, false},
                 {true, false, false},
                 {true, false, true},
                 {true, true, true},
                 {true, true, false}};
    bool lies = ways[orientation].lies;
    if (picture->rows != (lies ? COLS : ROWS) || picture->cols != (lies ? ROWS : COLS))
        return false;
    int bad = 0;
    for (int row = 0; row < ROWS; row++) {
        for (int col = 0; col < COLS; col++) {
            int y = lies ? col : row, x = lies ? row : col;
            y = ways[orientation].row_last ? picture->rows - 1 - y : y;
            x = ways[orientation].col_last ? picture->cols - 1 - x : x;
            bad += abs(picture->grey[y * picture->cols + x] - shade_at(row, col)) > 30;
        }
    }
    return bad == 0;
}

START_TEST(every_exif_orientation_is_read_upright)
{
    for (unsigned orientation = 1; orientation <= 8; orientation++) {
        for (int i = 0; i < 4; i++) {
            struct picture picture;
            unsigned char exif[46];
            make_exif((struct exif){i & 1, i & 2, orientation}, exif);
            save_with(exif, sizeof exif);
            ck_assert_msg(load(&picture), "%s", err.text);
            ck_assert_msg(stands_upright(&picture, orientation), "orientation %u", orientation);
            picture_free(&picture);
        }
    }
}
END_TEST

START_TEST(an_orientation_that_makes_no_sense_is_none)
{
    struct rng rng = rng_new(5, 0);
    for (unsigned i = 0; i < 300; i++) {
        struct picture picture;
        unsigned char exif[46];
        make_exif((struct exif){i & 1, i & 2, i < 2 ? 9 * i : 65535}, exif);
        for (uint32_t count = i < 4 ? 0 : 3; count > 0; count--) /* not its marker and length */
            exif[4 + rng_below(&rng, 28)] = (unsigned char)rng_next(&rng);
        save_with(exif, sizeof exif);
        ck_assert_msg(load(&picture), "%s", err.text);
        ck_assert(i >= 4 || stands_upright(&picture, 1));
        picture_free(&picture);
    }
}
END_TEST

/* ---- what shows through ---------------------------------------------------------------------- */

/* Pixels of a card in the middle of a picture that is transparent around it, or of ink alone. */
static void save_seen_through(uint32_t card, uint32_t ink, uint32_t around)
{
    enum { SIDE = 60 };
    static uint32_t pixels[SIDE * SIDE];
    for (int i = 0; i < SIDE * SIDE; i++) {
        int row = i / SIDE, col = i % SIDE;
        bool inside = row >= 10 && row < 50 && col >= 10 && col < 50;
        bool drawn = row >= 20 && row < 40 && col >= 26 && col < 32;
        pixels[i] = drawn ? ink : inside ? card : around;
    }
    ck_assert(picture_save(in_folder("7.png"), pixels, SIDE, SIDE, SIDE, &err));
}

/* The shades at the picture's corner, on the card and in the ink. */
static void check_shades(int corner, int card, int ink)
{
    struct picture picture;
    ck_assert_msg(load(&picture), "%s", err.text);
    ck_assert_int_eq(picture.grey[0], corner);
    ck_assert_int_eq(picture.grey[15 * picture.cols + 15], card);
    ck_assert_int_eq(picture.grey[30 * picture.cols + 28], ink);
    picture_free(&picture);
}

START_TEST(a_card_goes_on_where_it_is_transparent)
{
    save_seen_through(0xffffffff, 0xff000000, 0x00000000);
    check_shades(255, 255, 0);
    save_seen_through(0xff101010, 0xffe0e0e0, 0x00ffffff);
    check_shades(16, 16, 224);
    save_seen_through(0xffc8c8c8, 0xff202020, 0x60000000); /* a shadow around it */
    check_shades(200, 200, 32);
}
END_TEST

START_TEST(ink_on_nothing_stands_out)
{
    save_seen_through(0, 0xff000000, 0);
    check_shades(255, 255, 0);
    save_seen_through(0, 0xffffffff, 0);
    check_shades(0, 0, 255);
    save_seen_through(0x00ffffff, 0xffe0e0e0, 0x00ffffff);
    check_shades(0, 0, 224);
    save_seen_through(0xff202020, 0x00000000, 0xff202020); /* a hole */
    check_shades(32, 32, 255);
}
END_TEST

START_TEST(a_large_picture_is_made_smaller_and_a_long_one_is_not)
{
    enum { LONG = 8000, SHORT = 280, SIDE = 4000 };
    uint32_t *pixels = calloc((size_t)SIDE * SIDE, sizeof *pixels);
    ck_assert_ptr_nonnull(pixels);
    struct picture picture;
    ck_assert(picture_save(in_folder("7.png"), pixels, LONG, SHORT, LONG, &err) && load(&picture));
    ck_assert(picture.rows == SHORT && picture.cols == LONG);
    picture_free(&picture);
    ck_assert(picture_save(in_folder("7.png"), pixels, SIDE, SIDE, SIDE, &err) && load(&picture));
    ck_assert(picture.rows == SIDE / 2 && picture.cols == SIDE / 2);
    picture_free(&picture);
    free(pixels);
}
END_TEST

Suite *make_suite(void)
{
    Suite *suite = suite_create("picture files");
    TCase *tests = tcase_create("files");
    tcase_set_timeout(tests, 60);
    tcase_add_checked_fixture(tests, make_folder, remove_folder);
    tcase_add_loop_test(tests, png_jpeg_and_bmp_are_told_by_their_content, 0, FORMATS);
    tcase_add_test(tests, other_formats_get_a_sentence_that_names_what_is_read);
    tcase_add_loop_test(tests, damage_of_any_kind_is_a_picture_or_a_sentence, 0, FORMATS);
    tcase_add_test(tests, what_would_take_too_much_memory_is_refused_before_it_is_decoded);
    tcase_add_test(tests, every_exif_orientation_is_read_upright);
    tcase_add_test(tests, an_orientation_that_makes_no_sense_is_none);
    tcase_add_test(tests, a_card_goes_on_where_it_is_transparent);
    tcase_add_test(tests, ink_on_nothing_stands_out);
    tcase_add_test(tests, a_large_picture_is_made_smaller_and_a_long_one_is_not);
    suite_add_tcase(suite, tests);
    return suite;
}
