/* SPDX-License-Identifier: MIT */
#include "app/mine/exchange.h"

#include <ctype.h>
#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "app/app.h"
#include "base/err.h"
#include "base/files.h"
#include "data/dataset.h"
#include "data/idx.h"
#include "data/mine.h"

enum { SIDE = FIT_SIZE, DIGITS = 10, HEAD = 8, SHEET_COLS_MIN = 10 };

/* ---- pictures -------------------------------------------------------------------------------- */

/* The digit that a file's name begins with, not followed by another; or -1. */
static int label_of_name(const char *path)
{
    const char *name = files_name(path);
    bool one = isdigit((unsigned char)name[0]) && !isdigit((unsigned char)name[1]);
    return one ? name[0] - '0' : -1;
}

/* A picture that was exported here is taken as it is: its rim is paper. */
static bool is_fitted(const struct app_grey *grey)
{
    if (grey->rows != SIDE || grey->cols != SIDE)
        return false;
    for (int i = 0; i < SIDE; i++)
        if (grey->pixels[i] || grey->pixels[(SIDE - 1) * SIDE + i] || grey->pixels[i * SIDE] ||
            grey->pixels[i * SIDE + SIDE - 1])
            return false;
    return true;
}

static bool take_one(struct mine *mine, const char *path, const struct app_grey *grey,
                     struct err *err)
{
    struct ink_fit fit = {.any = true};
    int label = label_of_name(path);
    if (label < 0)
        return err_set(err,
                       "%s does not say which digit it shows; name it 7.png or 7-anything.png, "
                       "or drop it on the Draw view and press its key.",
                       files_name(path));
    if (is_fitted(grey))
        memcpy(fit.pixels, grey->pixels, FIT_LEN);
    else if (!ink_fit_picture(grey->pixels, grey->rows, grey->cols, grey->cols, &fit, err))
        return false;
    if (!fit.any)
        return err_set(err, "There is no ink to be found in %s; it should show one digit on even "
                       "paper.", files_name(path));
    return mine_add(mine, label, NULL, fit.pixels, err);
}

/* A picture whose name says which digit it shows is none, however large. */
static bool is_sheet(const char *path, const struct app_grey *grey)
{
    return label_of_name(path) < 0 && grey->rows == DIGITS * SIDE && grey->cols >= SIDE &&
           grey->cols % SIDE == 0;
}

/* Copies a cell of the sheet; false where it is empty: all of it the same. */
static bool copy_cell(const struct app_grey *sheet, int row, int col, uint8_t *pixels)
{
    bool any = false;
    for (int y = 0; y < SIDE; y++) {
        memcpy(pixels + y * SIDE, sheet->pixels + (row * SIDE + y) * sheet->cols + col * SIDE,
               SIDE);
        for (int x = 0; x < SIDE; x++)
            any |= pixels[y * SIDE + x] != pixels[0];
    }
    return any;
}

static bool take_sheet(struct mine *mine, const char *path, const struct app_grey *grey,
                       struct err *err)
{
    uint8_t pixels[FIT_LEN];
    for (int row = 0; row < DIGITS; row++)
        for (int col = 0; col < grey->cols / SIDE; col++)
            if (copy_cell(grey, row, col, pixels) && !mine_add(mine, row, NULL, pixels, err))
                return false;
    return mine_count(mine) > 0 || err_set(err, "There is no digit on the sheet %s.",
                                           files_name(path));
}

static bool take_picture(struct mine *mine, const char *path,
                         const struct exchange_pictures *pictures, struct err *err)
{
    struct app_grey grey = {0};
    if (!pictures->load)
        return err_set(err, "%s: pictures cannot be read here.", files_name(path));
    bool done = pictures->load(pictures->user, path, &grey, err) &&
                (is_sheet(path, &grey) ? take_sheet(mine, path, &grey, err)
                                       : take_one(mine, path, &grey, err));
    free(grey.pixels);
    return done;
}

static bool is_png(const char *name)
{
    size_t len = strlen(name);
    return len > 4 && strcasecmp(name + len - 4, ".png") == 0;
}

static bool take_entry(struct mine *mine, const char *folder, const char *name,
                       const struct exchange_pictures *pictures, struct err *err)
{
    char path[FILES_PATH_MAX];
    if (!is_png(name) || label_of_name(name) < 0)
        return true;
    if (snprintf(path, sizeof path, "%s/%s", folder, name) >= (int)sizeof path)
        return err_set(err, "The path of %s is too long.", name);
    return take_picture(mine, path, pictures, err);
}

static bool take_folder(struct mine *mine, const char *path,
                        const struct exchange_pictures *pictures, struct err *err)
{
    struct dirent **entries;
    int count = scandir(path, &entries, NULL, alphasort);
    bool ok = count >= 0 || err_set(err, "The folder %s cannot be read.", path);
    for (int i = 0; i < count; i++) {
        ok = ok && take_entry(mine, path, entries[i]->d_name, pictures, err);
        free(entries[i]);
    }
    if (count >= 0)
        free(entries);
    if (ok && mine_count(mine) == 0)
        return err_set(err, "%s holds no pictures whose names begin with a digit, such as 7.png.",
                       path);
    return ok;
}

static struct mine *import_pictures(const char *path, const struct exchange_pictures *pictures,
                                    struct err *err)
{
    struct mine *mine = mine_new(err);
    bool ok = mine && (files_is_folder(path) ? take_folder(mine, path, pictures, err)
                                             : take_picture(mine, path, pictures, err));
    if (ok)
        return mine;
    mine_free(mine);
    return NULL;
}

/* ---- importing ------------------------------------------------------------------------------- */

enum kind { KIND_STROKES, KIND_IMAGES, KIND_PICTURE };

/* By its first bytes; a gzip file by its name. */
static bool tell_kind(const char *path, enum kind *kind, struct err *err)
{
    static const uint8_t png[] = {0x89, 'P', 'N', 'G'}, idx[] = {0, 0, 8};
    size_t size, whole;
    unsigned char *head = files_read_start(path, HEAD, &size, &whole, err);
    if (!head)
        return false;
    bool zipped = size > 1 && head[0] == 0x1f && head[1] == 0x8b;
    *kind = KIND_STROKES;
    if (size >= sizeof png && memcmp(head, png, sizeof png) == 0)
        *kind = KIND_PICTURE;
    else if ((size >= sizeof idx && memcmp(head, idx, sizeof idx) == 0) ||
             (zipped && strstr(files_name(path), "idx")))
        *kind = KIND_IMAGES;
    free(head);
    return true;
}

static struct mine *import_idx(const char *path, struct err *err)
{
    char labels[FILES_PATH_MAX];
    if (!idx_labels_path(path, labels)) {
        err_set(err, "The labels that belong to %s are found by its name, which must hold "
                "\"images\", as in my-images-idx3-ubyte.", files_name(path));
        return NULL;
    }
    struct dataset *set = idx_load(path, labels, "imported", err);
    struct mine *mine = set ? mine_from_set(set, err) : NULL;
    dataset_free(set);
    return mine;
}

struct mine *exchange_import(const char *path, const struct exchange_pictures *pictures,
                             struct err *err)
{
    enum kind kind;
    if (files_is_folder(path))
        return import_pictures(path, pictures, err);
    if (!tell_kind(path, &kind, err))
        return NULL;
    if (kind == KIND_PICTURE)
        return import_pictures(path, pictures, err);
    return kind == KIND_IMAGES ? import_idx(path, err) : mine_load(path, err);
}

/* ---- exporting ------------------------------------------------------------------------------- */

static bool export_idx(const char *path, const struct mine_digit *const *digits, uint32_t count,
                       struct err *err)
{
    char labels[FILES_PATH_MAX];
    if (!idx_labels_path(path, labels))
        return err_set(err, "The file's name must hold \"images\", so that its labels are found: "
                       "my-images-idx3-ubyte.");
    struct dataset *set = mine_to_set(digits, count, err);
    bool done = set && idx_save(path, labels, set, err);
    dataset_free(set);
    return done;
}

/* The most digits of a kind, and so the cells of a row. */
static int count_columns(const struct mine_digit *const *digits, uint32_t count)
{
    int of[DIGITS] = {0}, most = SHEET_COLS_MIN;
    for (uint32_t i = 0; i < count; i++)
        if (++of[digits[i]->label] > most)
            most = of[digits[i]->label];
    return most;
}

static bool export_sheet(const char *path, const struct mine_digit *const *digits, uint32_t count,
                         const struct exchange_pictures *pictures, struct err *err)
{
    int used[DIGITS] = {0}, cols = count_columns(digits, count) * SIDE;
    struct app_grey sheet = {DIGITS * SIDE, cols, calloc(DIGITS * SIDE, (size_t)cols)};
    if (!sheet.pixels)
        return err_memory(err, "the sheet");
    for (uint32_t i = 0; i < count; i++) {
        int row = digits[i]->label, col = used[row]++;
        for (int y = 0; y < SIDE; y++)
            memcpy(sheet.pixels + (row * SIDE + y) * cols + col * SIDE,
                   digits[i]->pixels + y * SIDE, SIDE);
    }
    bool done = pictures->save(pictures->user, path, &sheet, err);
    free(sheet.pixels);
    return done;
}

static bool export_each(const char *folder, const struct mine_digit *const *digits, uint32_t count,
                        const struct exchange_pictures *pictures, struct err *err)
{
    bool ok = files_make_folder(folder, err);
    for (uint32_t i = 0; i < count && ok; i++) {
        char path[FILES_PATH_MAX];
        struct app_grey grey = {SIDE, SIDE, (uint8_t *)digits[i]->pixels}; /* only looked at */
        if (snprintf(path, sizeof path, "%s/%d-%04u.png", folder, digits[i]->label,
                     digits[i]->number) >= (int)sizeof path)
            return err_set(err, "The path of the folder is too long; choose a shorter one.");
        ok = pictures->save(pictures->user, path, &grey, err);
    }
    return ok;
}

bool exchange_export(const char *path, enum exchange_format format,
                     const struct mine_digit *const *digits, uint32_t count,
                     const struct exchange_pictures *pictures, struct err *err)
{
    if (format >= EXCHANGE_SHEET && !pictures->save)
        return err_set(err, "Pictures cannot be saved here.");
    switch (format) {
    case EXCHANGE_UNIPEN: return mine_save(path, digits, count, err);
    case EXCHANGE_IDX: return export_idx(path, digits, count, err);
    case EXCHANGE_SHEET: return export_sheet(path, digits, count, pictures, err);
    default: return export_each(path, digits, count, pictures, err);
    }
}
