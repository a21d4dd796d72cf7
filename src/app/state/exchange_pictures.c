/* SPDX-License-Identifier: MIT */
#include "app/state/exchange_pictures.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "app/host.h"
#include "base/entries.h"
#include "base/files.h"
#include "base/language.h"
#include "base/paths.h"
#include "data/my_digits.h"

enum {
    SIDE = FIT_SIZE, DIGITS = 10,
    HEAD = 12,
    DEPTH_MAX = 8,      /* folders in folders */
    FILES_MAX = 200000, /* that are looked at */
};

bool exchange_is_picture(const char *path, bool *readable, struct err *err)
{
    static const struct {
        const char *bytes;
        size_t at, size;
    } kinds[] = {
        {"\x89PNG", 0, 4}, {"\xff\xd8\xff", 0, 3}, {"BM", 0, 2}, {"GIF8", 0, 4}, {"WEBP", 8, 4},
        {"II*\0", 0, 4}, {"MM\0*", 0, 4}, {"ftyp", 4, 4},
    };
    size_t size, whole;
    bool found = false;
    unsigned char *head = files_read_start(path, HEAD, &size, &whole, err);
    *readable = head != NULL;
    for (size_t i = 0; head && i < sizeof kinds / sizeof *kinds; i++)
        found |= size >= kinds[i].at + kinds[i].size &&
                 memcmp(head + kinds[i].at, kinds[i].bytes, kinds[i].size) == 0;
    free(head);
    return found;
}

/* ---- which digit a picture shows ------------------------------------------------------------- */

/* The digit that a file's name begins with, not followed by another; or -1. */
static int label_of_name(const char *path)
{
    const char *name = files_name(path);
    bool one = isdigit((unsigned char)name[0]) && !isdigit((unsigned char)name[1]);
    return one ? name[0] - '0' : -1;
}

/* The digit that a folder is called by, or `otherwise`. */
static int label_of_folder(const char *name, size_t len, int otherwise)
{
    return len == 1 && isdigit((unsigned char)name[0]) ? name[0] - '0' : otherwise;
}

/* Of a picture that was chosen by itself: its own name counts, then the folder's it is in. */
static int label_of_picture(const char *path)
{
    int label = label_of_name(path);
    const char *end = files_name(path), *begin;
    if (label >= 0 || end == path)
        return label;
    for (begin = --end; begin > path && begin[-1] != '/'; begin--)
        ;
    return label_of_folder(begin, (size_t)(end - begin), -1);
}

/* ---- one picture ----------------------------------------------------------------------------- */

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

static bool take_one(struct my_digits *list, const char *path, int label,
                     const struct app_grey *grey, struct err *err)
{
    struct ink_fit fit = {.any = true};
    if (label < 0)
        return err_set(err,
                       _("%s does not say which digit it shows; name it 7.png or 7-anything.png, "
                         "or drop it on the Draw view and press its key."),
                       files_name(path));
    if (is_fitted(grey))
        memcpy(fit.pixels, grey->pixels, FIT_LEN);
    else if (!ink_fit_picture(grey->pixels, grey->rows, grey->cols, grey->cols, &fit, err))
        return false;
    if (!fit.any)
        return err_set(err,
                       _("There is no ink to be found in %s; it should show one digit on even "
                         "paper."),
                       files_name(path));
    return my_digits_add(list, label, NULL, fit.pixels, err);
}

/* A picture that says which digit it shows is none, however large. */
static bool is_sheet(int label, const struct app_grey *grey)
{
    return label < 0 && grey->rows == DIGITS * SIDE && grey->cols >= SIDE && grey->cols % SIDE == 0;
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

static bool take_sheet(struct my_digits *list, const char *path, const struct app_grey *grey,
                       struct err *err)
{
    uint8_t pixels[FIT_LEN];
    for (int row = 0; row < DIGITS; row++)
        for (int col = 0; col < grey->cols / SIDE; col++)
            if (copy_cell(grey, row, col, pixels) && !my_digits_add(list, row, NULL, pixels, err))
                return false;
    return my_digits_count(list) > 0 ||
           err_set(err, _("There is no digit on the sheet %s."), files_name(path));
}

static bool take_picture(struct my_digits *list, const char *path, int label,
                         const struct exchange_pictures *pictures, struct err *err)
{
    struct app_grey grey = {0};
    if (!pictures->load)
        return err_set(err, _("%s: pictures cannot be read here."), files_name(path));
    bool done = pictures->load(pictures->user, path, &grey, err) &&
                (is_sheet(label, &grey) ? take_sheet(list, path, &grey, err)
                                        : take_one(list, path, label, &grey, err));
    free(grey.pixels);
    return done;
}

struct my_digits *exchange_import_picture(const char *path,
                                          const struct exchange_pictures *pictures, struct err *err)
{
    struct my_digits *list = my_digits_new(err);
    if (list && take_picture(list, path, label_of_picture(path), pictures, err))
        return list;
    my_digits_free(list);
    return NULL;
}

/* ---- a folder -------------------------------------------------------------------------------- */

struct found {
    char *path;
    int label;
};

/* The pictures of a folder that say which digit they show. */
struct walk {
    struct found *found;
    uint32_t count, room;
    uint32_t looked_at;
    const struct exchange_watch *watch;
    struct exchange_passed *passed;
    struct err trouble; /* the last of the pictures that could not be taken */
    struct err *err;
};

static bool may_go_on(const struct walk *walk, uint32_t done)
{
    const struct exchange_watch *watch = walk->watch;
    return !watch || watch->go_on(watch->user, done, walk->count) ||
           err_set(walk->err, _("The import was stopped."));
}

static bool add_found(struct walk *walk, const char *path, int label)
{
    if (walk->count == walk->room) {
        uint32_t room = 2 * walk->room + 64;
        struct found *more = realloc(walk->found, room * sizeof *more);
        if (!more)
            return err_memory(walk->err, path);
        walk->found = more;
        walk->room = room;
    }
    char *copy = strdup(path);
    if (!copy)
        return err_memory(walk->err, path);
    walk->found[walk->count++] = (struct found){copy, label};
    return true;
}

/* One more was; where it is the first, its sentence goes to what is returned, which else is NULL.
 */
static struct err *pass_over(struct walk *walk)
{
    walk->passed->files++;
    return walk->passed->why.text[0] ? NULL : &walk->passed->why;
}

static bool look_at_file(struct walk *walk, const char *path, int label)
{
    struct err why;
    bool readable;
    if (++walk->looked_at > FILES_MAX)
        return err_set(walk->err,
                       _("There are more than %d files in that folder and below it; "
                         "choose one with fewer."),
                       FILES_MAX);
    if (label < 0)
        label = label_of_name(path);
    bool picture = exchange_is_picture(path, &readable, &why);
    if (!readable)
        err_set(pass_over(walk), "%s", why.text);
    else if (!picture)
        err_set(pass_over(walk), _("%s is no picture."), files_name(path));
    else if (label < 0)
        err_set(pass_over(walk), _("%s does not say which digit it shows."), files_name(path));
    else
        return add_found(walk, path, label);
    return true;
}

static bool walk_folder(struct walk *walk, const char *folder, int label, int depth);

/* Links to folders are passed over, for they may lead in a circle. */
static bool look_at_entry(struct walk *walk, const char *folder, const char *name, int label,
                          int depth)
{
    char path[FILES_PATH_MAX];
    if (name[0] == '.')
        return true;
    if (!paths_join(folder, name, path))
        return err_set(walk->err, _("The path of %s is too long."), name);
    if (!files_is_folder(path))
        return look_at_file(walk, path, label);
    if (depth < DEPTH_MAX && !files_is_link(path))
        return walk_folder(walk, path, label_of_folder(name, strlen(name), label), depth + 1);
    err_set(pass_over(walk), _("%s is a link to a folder, or too deep below."), name);
    return true;
}

/* `label` is what the folders above say, or -1. */
static bool walk_folder(struct walk *walk, const char *folder, int label, int depth)
{
    int count;
    char **names = entries_names(folder, &count);
    if (!names && depth > 0) {
        err_set(pass_over(walk), _("%s cannot be read."), files_name(folder));
        return true;
    }
    bool ok = names || err_set(walk->err, _("The folder %s cannot be read."), folder);
    for (int i = 0; ok && i < count; i++)
        ok = may_go_on(walk, 0) && look_at_entry(walk, folder, names[i], label, depth);
    entries_free_names(names, names ? count : 0);
    return ok;
}

static bool take_found(struct walk *walk, struct my_digits *list,
                       const struct exchange_pictures *pictures)
{
    if (walk->count > MY_DIGITS_MAX)
        return err_set(walk->err,
                       _("There are pictures of %u digits, more than the %d that are "
                         "kept; choose a folder with fewer."),
                       walk->count, MY_DIGITS_MAX);
    for (uint32_t i = 0; i < walk->count; i++) {
        if (!may_go_on(walk, i))
            return false;
        if (!take_picture(list, walk->found[i].path, walk->found[i].label, pictures,
                          &walk->trouble))
            err_set(pass_over(walk), "%s", walk->trouble.text);
    }
    return true;
}

static bool has_any(const struct walk *walk, const struct my_digits *list, const char *path)
{
    if (my_digits_count(list) > 0)
        return true;
    if (walk->count > 0)
        return err_set(walk->err, _("No picture in %s could be taken (%u tried). %s"),
                       files_name(path), walk->count, walk->trouble.text);
    return err_set(walk->err,
                   _("%s holds no pictures that say which digit they show: by their names, such as "
                     "7.png, or by those of their folders, such as 7/0001.png."),
                   path);
}

struct my_digits *exchange_import_folder(const char *path, const struct exchange_pictures *pictures,
                                         const struct exchange_watch *watch,
                                         struct exchange_passed *passed, struct err *err)
{
    struct walk walk = {.watch = watch, .passed = passed, .err = err};
    struct my_digits *list = my_digits_new(err);
    const char *name = files_name(path);
    bool ok = list && walk_folder(&walk, path, label_of_folder(name, strlen(name), -1), 0) &&
              take_found(&walk, list, pictures) && has_any(&walk, list, path);
    for (uint32_t i = 0; i < walk.count; i++)
        free(walk.found[i].path);
    free(walk.found);
    if (ok)
        return list;
    my_digits_free(list);
    return NULL;
}
