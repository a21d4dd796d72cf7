/* SPDX-License-Identifier: MIT */
#include "data/find.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/err.h"
#include "base/files.h"
#include "base/language.h"
#include "base/paths.h"
#include "base/text.h"
#include "data/copies.h"
#include "data/idx.h"
#include "data/npz.h"
#include "data/synthetic.h"

enum { SYNTHETIC_SEED = 1 };

static const char *const split_words[] = {[DATASET_TRAIN] = "training", [DATASET_TEST] = "test"};

/* ---- what was taken -------------------------------------------------------------------------- */

/* The first thing that went wrong, while others of the same set are tried. */
struct trouble {
    bool any;
    struct err first;
};

static void note_trouble(struct trouble *trouble, const struct err *err)
{
    if (!trouble->any)
        trouble->first = *err;
    trouble->any = true;
}

/* Of a set that others hand out, and of a person's own. */
static const char fetch[] = N_("fetch it again (data/README.md says where)");
static const char get[] = N_("get it again, or choose another file");

/* Of the spellings of two files, the first pair that is sound. *images_at is which was taken. */
static struct dataset *load_pair(const struct spellings *images, const struct spellings *labels,
                                 const char *name, const char *remedy, int *images_at,
                                 struct trouble *trouble)
{
    for (int i = 0; i < images->count; i++)
        for (int k = 0; k < labels->count; k++) {
            struct err err = {""};
            struct dataset *set = idx_load(images->path[i], labels->path[k], name, remedy, &err);
            *images_at = i;
            if (set && trouble->any)
                dataset_add_note(set, _("%s Read instead: %s and %s."), trouble->first.text,
                                 images->path[i], files_name(labels->path[k]));
            if (set)
                return set;
            note_trouble(trouble, &err);
        }
    return NULL;
}

/* Which file it was, where that is not plain: there are others, or it stands deeper. */
static void note_choice(struct dataset *set, const char *folder, const char *path, int others)
{
    size_t len = paths_length(folder);
    bool plain = strncmp(path, folder, len) == 0 && files_name(path) == path + len + 1;
    if (others > 0)
        dataset_add_note(set,
                         P_("Read %s, which comes before %d other there that would do.",
                            "Read %s, which comes before %d others there that would do.", others),
                         path, others);
    else if (!plain)
        dataset_add_note(set, _("Read %s."), path);
}

/* ---- a folder -------------------------------------------------------------------------------- */

/* How many files of images, or .npz, there are to choose from. */
static int count_choices(const char *folder, enum dataset_split split, const struct copies *copies)
{
    int count = 0;
    for (int i = 0; i < copies->count; i++) {
        char npz[FILES_PATH_MAX];
        struct spellings images = {.count = 1}, labels;
        if (!copies_npz(folder, &copies->at[i], npz))
            copies_pair(folder, &copies->at[i], split, &images, &labels);
        count += images.count;
    }
    return count;
}

static struct dataset *load_copy(const char *folder, enum dataset_split split,
                                 const struct copy *copy, int choices, struct trouble *trouble)
{
    char name[DATASET_NAME_MAX], npz[FILES_PATH_MAX];
    struct spellings images, labels;
    struct err err = {""};
    bool first = !trouble->any;
    int at = 0;
    copies_name(folder, copy, name);
    if (!copies_npz(folder, copy, npz)) {
        copies_pair(folder, copy, split, &images, &labels);
        struct dataset *set = load_pair(&images, &labels, name, fetch, &at, trouble);
        if (set && !trouble->any)
            note_choice(set, folder, images.path[at], choices - 1);
        return set;
    }
    struct dataset *set = npz_load(npz, split, name, &err);
    if (set && first)
        note_choice(set, folder, npz, choices - 1);
    else if (set)
        dataset_add_note(set, _("%s Read instead: %s."), trouble->first.text, npz);
    else
        note_trouble(trouble, &err);
    return set;
}

static void say_missing(const char *folder, enum dataset_split split, struct err *err)
{
    char missing[64];
    struct copy copy = {0};
    bool has_images = false;
    if (files_hidden(folder)) {
        err_set(err,
                _("You may not look into %s: permission denied; ask its owner for the right to "
                  "read it, or give other data."),
                folder);
        return;
    }
    if (copies_find_half(folder, split, &copy)) {
        struct spellings images, labels;
        copies_pair(folder, &copy, split, &images, &labels);
        has_images = images.count > 0;
    }
    copies_usual_name(&copy, split, has_images, missing, sizeof missing);
    if (!files_exist(folder))
        err_set(err, _("There is no folder %s; give the one that holds %s."), folder, missing);
    else
        err_set(err, _("The folder %s has no %s (or .gz); data/README.md says where to get MNIST."),
                folder, missing);
}

/* The best copy, or where it is damaged another of the same set. */
static struct dataset *load_folder(const char *folder, enum dataset_split split, struct err *err)
{
    struct copies copies;
    struct trouble trouble = {0};
    copies_list(folder, split, &copies);
    int choices = count_choices(folder, split, &copies);
    for (int i = 0; i < copies.count; i++) {
        if (!copies_are_kin(&copies.at[0], &copies.at[i]))
            continue;
        struct dataset *set = load_copy(folder, split, &copies.at[i], choices, &trouble);
        if (set)
            return set;
    }
    if (trouble.any)
        err_set(err, "%s", trouble.first.text);
    else
        say_missing(folder, split, err);
    return NULL;
}

/* ---- a file ---------------------------------------------------------------------------------- */

static bool is_file(const char *place)
{
    return files_exist(place) && !files_is_folder(place);
}

static bool is_npz(const char *path)
{
    return text_ends_with(path, ".npz");
}

static void name_npz(const char *path, char name[DATASET_NAME_MAX])
{
    const char *file = files_name(path);
    snprintf(name, DATASET_NAME_MAX, "%.*s", (int)(strlen(file) - strlen(".npz")), file);
    if (strcasecmp(name, "mnist") == 0)
        strcpy(name, "MNIST");
}

static void refuse_file(const char *path, struct err *err)
{
    if (text_ends_with(path, ".unp") || text_ends_with(path, ".unp.gz"))
        err_set(err, _("%s holds pen strokes, not images; they are given with --strokes."), path);
    else
        err_set(err,
                _("%s is not data that is read here; give a folder that holds "
                  "train-images-idx3-ubyte and its like, one such file, or an .npz as Keras's."),
                path);
}

static bool has_both(const char *path, const struct spellings *images,
                     const struct spellings *labels, struct err *err)
{
    return (images->count > 0 && labels->count > 0) ||
           err_set(err, _("%s has no %s beside it; both are needed."), path,
                   images->count > 0 ? "labels" : "images");
}

/* The files of a pair of which one was named. */
static bool find_pair(const char *path, enum dataset_split split, struct spellings *images,
                      struct spellings *labels, char name[DATASET_NAME_MAX], int *says,
                      struct err *err)
{
    if (!copies_of_file(path, images, labels, name, says)) {
        refuse_file(path, err);
        return false;
    }
    if (*says != COPIES_SAYS_NOTHING && *says != (int)split)
        return err_set(err,
                       _("%s has no %s images, by its name; give the folder that it is in, or "
                         "another file."),
                       path, split_words[split]);
    return has_both(path, images, labels, err);
}

/* The first pair that is sound, or the first sentence. */
static struct dataset *take_pair(const struct spellings *images, const struct spellings *labels,
                                 const char *name, const char *remedy, struct err *err)
{
    struct trouble trouble = {0};
    int at;
    struct dataset *set = load_pair(images, labels, name, remedy, &at, &trouble);
    if (!set)
        err_set(err, "%s", trouble.first.text);
    return set;
}

static struct dataset *load_file(const char *path, enum dataset_split split, struct err *err)
{
    char name[DATASET_NAME_MAX];
    struct spellings images, labels;
    int says;
    if (is_npz(path)) {
        name_npz(path, name);
        return npz_load(path, split, name, err);
    }
    if (!find_pair(path, split, &images, &labels, name, &says, err))
        return NULL;
    return take_pair(&images, &labels, name, says == COPIES_SAYS_NOTHING ? get : fetch, err);
}

/* A name that ends in no usual way has its labels by the word in it alone. */
static bool name_pair(const char *path, struct spellings *images, struct spellings *labels,
                      char name[DATASET_NAME_MAX])
{
    int says;
    if (copies_of_file(path, images, labels, name, &says))
        return true;
    images->count = labels->count = 1;
    snprintf(images->path[0], FILES_PATH_MAX, "%s", path);
    snprintf(name, DATASET_NAME_MAX, "%s", files_name(path));
    return copies_labels_path(path, labels->path[0]);
}

struct dataset *find_set_of(const char *path, struct err *err)
{
    char name[DATASET_NAME_MAX];
    struct spellings images, labels;
    if (!name_pair(path, &images, &labels, name)) {
        err_set(err,
                _("The labels that belong to %s are found by its name, which must hold "
                  "\"images\", as in my-images-idx3-ubyte."),
                files_name(path));
        return NULL;
    }
    return has_both(path, &images, &labels, err) ? take_pair(&images, &labels, name, get, err)
                                                 : NULL;
}

/* A file that does not say which split it is serves as either, but not as both at once: it has no
 * test images beside the training images. */
static bool file_has(const char *path, enum dataset_split split)
{
    char name[DATASET_NAME_MAX];
    struct spellings images, labels;
    int says;
    if (is_npz(path))
        return npz_has(path, split);
    if (!copies_of_file(path, &images, &labels, name, &says))
        return false;
    bool fits = split == DATASET_TRAIN ? says != DATASET_TEST : says == DATASET_TEST;
    return fits && images.count > 0 && labels.count > 0;
}

/* ---- a place --------------------------------------------------------------------------------- */

static struct dataset *load_place(const char *place, enum dataset_split split, struct err *err)
{
    return is_file(place) ? load_file(place, split, err) : load_folder(place, split, err);
}

bool find_check(const char *place, enum dataset_split split, struct err *err)
{
    char name[DATASET_NAME_MAX];
    struct spellings images, labels;
    int says;
    if (!is_file(place)) {
        struct copies copies;
        copies_list(place, split, &copies);
        if (copies.count == 0)
            say_missing(place, split, err);
        return copies.count > 0;
    }
    if (!is_npz(place))
        return find_pair(place, split, &images, &labels, name, &says, err);
    return npz_has(place, split) ||
           err_set(err, _("%s has no %s images."), place, split_words[split]);
}

bool find_here(const char *place, enum dataset_split split)
{
    struct copies copies;
    if (is_file(place))
        return file_has(place, split);
    copies_list(place, split, &copies);
    return copies.count > 0;
}

/* Whether anything is there, be it half of a pair, and what it is called. */
static bool has_any(const char *place, enum dataset_split split, char name[DATASET_NAME_MAX])
{
    struct copies copies;
    struct copy half;
    struct spellings images, labels;
    int says;
    if (is_file(place)) {
        if (is_npz(place))
            name_npz(place, name);
        return is_npz(place) || copies_of_file(place, &images, &labels, name, &says);
    }
    copies_list(place, split, &copies);
    if (copies.count == 0 && !copies_find_half(place, split, &half))
        return false;
    copies_name(place, copies.count > 0 ? &copies.at[0] : &half, name);
    return true;
}

/* The usual places in the order in which they are looked at: NULL after the last, "" for one that
 * is not set. `user` is room for a path. */
static const char *usual_place(int i, char *user)
{
    const char *set = getenv("INKLING_DATA");
    switch (i) {
    case 0: return set ? set : "";
    case 1: return files_user_path(FILES_DATA, "mnist", user);
    case 2: return "data/mnist";
    default: return NULL;
    }
}

struct dataset *find_data(const char *place, enum dataset_split split, struct err *err)
{
    char user[FILES_PATH_MAX], name[DATASET_NAME_MAX];
    const char *usual;
    if (place && place[0])
        return load_place(place, split, err);
    for (int i = 0; (usual = usual_place(i, user)) != NULL; i++)
        if (usual[0] && (has_any(usual, split, name) || (i == 0 && files_hidden(usual))))
            return load_place(usual, split, err);
    uint32_t count = split == DATASET_TRAIN ? SYNTHETIC_TRAIN : SYNTHETIC_TEST;
    return synthetic_new(SYNTHETIC_SEED, split, count, err);
}

bool find_guess(const char *place, enum dataset_split split, char name[DATASET_NAME_MAX])
{
    char user[FILES_PATH_MAX];
    const char *usual;
    if (place && place[0])
        return has_any(place, split, name);
    for (int i = 0; (usual = usual_place(i, user)) != NULL; i++)
        if (usual[0] && has_any(usual, split, name))
            return true;
    return false;
}

const char *find_note(void)
{
    return _("No data found, so the digits are the program's own drawings; "
             "data/README.md says where to get MNIST.");
}
