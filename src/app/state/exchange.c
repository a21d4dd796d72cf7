/* SPDX-License-Identifier: MIT */
#include "app/state/exchange.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "app/host.h"
#include "app/state/exchange_pictures.h"
#include "base/err.h"
#include "base/files.h"
#include "base/language.h"
#include "data/copies.h"
#include "data/dataset.h"
#include "data/find.h"
#include "data/idx.h"
#include "data/my_digits.h"
#include "data/unipen.h"

enum { SIDE = FIT_SIZE, DIGITS = 10, HEAD = 8, SHEET_COLS_MIN = 10 };

/* ---- importing ------------------------------------------------------------------------------- */

enum kind { KIND_STROKES, KIND_IMAGES, KIND_PICTURE };

/* By its first bytes; a gzip file by its name. */
static bool tell_kind(const char *path, enum kind *kind, struct err *err)
{
    size_t size, whole;
    bool readable;
    if (exchange_is_picture(path, &readable, err)) {
        *kind = KIND_PICTURE;
        return true;
    }
    unsigned char *head = readable ? files_read_start(path, HEAD, &size, &whole, err) : NULL;
    if (!head)
        return false;
    bool idx = size > 2 && !head[0] && !head[1] && (head[2] == IDX_BYTES || head[2] == IDX_INTS);
    bool zipped = size > 1 && head[0] == 0x1f && head[1] == 0x8b;
    *kind = idx || (zipped && strstr(files_name(path), "idx")) ? KIND_IMAGES : KIND_STROKES;
    free(head);
    return true;
}

static struct my_digits *import_idx(const char *path, struct err *err)
{
    struct dataset *set = find_set_of(path, err);
    struct my_digits *list = set ? my_digits_from_set(set, err) : NULL;
    dataset_free(set);
    return list;
}

static struct my_digits *import_strokes(const char *path, struct exchange_passed *passed,
                                        struct err *err)
{
    struct unipen_passed others = {0};
    char words[UNIPEN_PASSED_MAX];
    struct my_digits *list = my_digits_import(path, &others, err);
    if (list)
        err_set(&passed->why, "%s", unipen_passed_words(&others, words));
    return list;
}

struct my_digits *exchange_import(const char *path, const struct exchange_pictures *pictures,
                                  const struct exchange_watch *watch,
                                  struct exchange_passed *passed, struct err *err)
{
    enum kind kind;
    *passed = (struct exchange_passed){0};
    if (files_is_folder(path))
        return exchange_import_folder(path, pictures, watch, passed, err);
    if (!tell_kind(path, &kind, err))
        return NULL;
    if (kind == KIND_PICTURE)
        return exchange_import_picture(path, pictures, err);
    return kind == KIND_IMAGES ? import_idx(path, err) : import_strokes(path, passed, err);
}

/* ---- exporting ------------------------------------------------------------------------------- */

static bool export_idx(const char *path, const struct my_digit *const *digits, uint32_t count,
                       struct err *err)
{
    char labels[FILES_PATH_MAX];
    if (!copies_labels_path(path, labels))
        return err_set(err, _("The file's name must hold \"images\", so that its labels are found: "
                              "my-images-idx3-ubyte."));
    struct dataset *set = my_digits_to_set(digits, count, err);
    bool done = set && idx_save(path, labels, set, err);
    dataset_free(set);
    return done;
}

/* The most digits of a kind, and so the cells of a row. */
static int count_columns(const struct my_digit *const *digits, uint32_t count)
{
    int of[DIGITS] = {0}, most = SHEET_COLS_MIN;
    for (uint32_t i = 0; i < count; i++)
        if (++of[digits[i]->label] > most)
            most = of[digits[i]->label];
    return most;
}

static bool export_sheet(const char *path, const struct my_digit *const *digits, uint32_t count,
                         const struct exchange_pictures *pictures, struct err *err)
{
    int used[DIGITS] = {0}, cols = count_columns(digits, count) * SIDE;
    struct app_grey sheet = {DIGITS * SIDE, cols, calloc(DIGITS * SIDE, (size_t)cols)};
    if (!sheet.pixels)
        return err_memory(err, _("the sheet"));
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

static bool export_each(const char *folder, const struct my_digit *const *digits, uint32_t count,
                        const struct exchange_pictures *pictures,
                        const struct exchange_watch *watch, struct err *err)
{
    bool ok = files_make_open_folder(folder, err);
    for (uint32_t i = 0; i < count && ok; i++) {
        char path[FILES_PATH_MAX];
        if (watch && !watch->go_on(watch->user, i, count))
            return err_set(err, _("The export was stopped; %u of %u pictures are written."), i,
                           count);
        struct app_grey grey = {SIDE, SIDE, (uint8_t *)digits[i]->pixels}; /* only looked at */
        if (snprintf(path, sizeof path, "%s/%d-%04u.png", folder, digits[i]->label,
                     digits[i]->number) >= (int)sizeof path)
            return err_set(err, _("The path of the folder is too long; choose a shorter one."));
        ok = pictures->save(pictures->user, path, &grey, err);
    }
    return ok;
}

bool exchange_export(const char *path, enum exchange_format format,
                     const struct my_digit *const *digits, uint32_t count,
                     const struct exchange_pictures *pictures, const struct exchange_watch *watch,
                     struct err *err)
{
    if (format >= EXCHANGE_SHEET && !pictures->save)
        return err_set(err, _("Pictures cannot be saved here."));
    switch (format) {
    case EXCHANGE_UNIPEN:
        return my_digits_save(path, digits, count, err);
    case EXCHANGE_IDX: return export_idx(path, digits, count, err);
    case EXCHANGE_SHEET: return export_sheet(path, digits, count, pictures, err);
    default: return export_each(path, digits, count, pictures, watch, err);
    }
}
