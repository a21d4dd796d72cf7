/* SPDX-License-Identifier: MIT */
#include "data/find.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/err.h"
#include "base/files.h"
#include "data/idx.h"
#include "data/synthetic.h"

enum { SYNTHETIC_SEED = 1 };

static const char *const split_names[] = {[DATASET_TRAIN] = "train", [DATASET_TEST] = "t10k"};

struct pair {
    char images[FILES_PATH_MAX], labels[FILES_PATH_MAX];
};

/* Finds one file of a split, such as "images" in "idx3-ubyte", under any spelling of its name. When
 * there is none, path becomes the name that was missed. */
static bool find_file(const char *folder, enum dataset_split split, const char *what,
                      const char *format, char *path)
{
    static const char *const joints[] = {"-", "."}, *const ends[] = {".gz", ""};
    for (int i = 0; i < 4; i++) {
        int n = snprintf(path, FILES_PATH_MAX, "%s/%s-%s%s%s%s", folder, split_names[split], what,
                         joints[i / 2], format, ends[i % 2]);
        if (n < FILES_PATH_MAX && files_exist(path))
            return true;
    }
    snprintf(path, FILES_PATH_MAX, "%s-%s-%s", split_names[split], what, format);
    return false;
}

/* How many of the two files are there. */
static int find_pair(const char *folder, enum dataset_split split, struct pair *pair)
{
    return find_file(folder, split, "images", "idx3-ubyte", pair->images) +
           find_file(folder, split, "labels", "idx1-ubyte", pair->labels);
}

bool find_here(const char *folder, enum dataset_split split)
{
    struct pair pair;
    return find_pair(folder, split, &pair) == 2;
}

/* The folder's own name, for people. */
static void name_folder(const char *folder, char *name, size_t size)
{
    char full[FILES_PATH_MAX];
    snprintf(full, sizeof full, "%s", folder);
    for (size_t len = strlen(full); len > 1 && full[len - 1] == '/'; len--)
        full[len - 1] = 0;
    const char *last = files_name(full);
    snprintf(name, size, "%s", strcasecmp(last, "mnist") == 0 ? "MNIST" : last);
}

static struct dataset *load_pair(const char *folder, const struct pair *pair, struct err *err)
{
    char name[DATASET_NAME_MAX];
    name_folder(folder, name, sizeof name);
    return idx_load(pair->images, pair->labels, name, err);
}

/* Of the folder that was asked for: it, or a sentence that says what is missing. */
static struct dataset *load_asked(const char *folder, enum dataset_split split, struct err *err)
{
    struct pair pair;
    if (find_pair(folder, split, &pair) == 2)
        return load_pair(folder, &pair, err);
    const char *missing = files_name(strchr(pair.images, '/') ? pair.labels : pair.images);
    if (!files_exist(folder))
        err_set(err, "There is no folder %s; give the one that holds %s.", folder, missing);
    else
        err_set(err, "The folder %s has no %s (or .gz); the README says where to get MNIST.",
                folder, missing);
    return NULL;
}

/* The usual places in the order in which they are looked at: NULL after the last, "" for one that
 * is not set. `user` is room for a path. */
static const char *usual_folder(int i, char *user)
{
    const char *set = getenv("INKLING_DATA");
    switch (i) {
    case 0: return set ? set : "";
    case 1: return files_user_path(FILES_DATA, "mnist", user);
    case 2: return "data/mnist";
    default: return NULL;
    }
}

struct dataset *find_data(const char *folder, enum dataset_split split, struct err *err)
{
    char user[FILES_PATH_MAX];
    const char *usual;
    if (folder && folder[0])
        return load_asked(folder, split, err);
    for (int i = 0; (usual = usual_folder(i, user)) != NULL; i++) {
        struct pair pair;
        int files = usual[0] ? find_pair(usual, split, &pair) : 0;
        if (files == 1)
            return load_asked(usual, split, err);
        if (files == 2)
            return load_pair(usual, &pair, err);
    }
    uint32_t count = split == DATASET_TRAIN ? SYNTHETIC_TRAIN : SYNTHETIC_TEST;
    return synthetic_new(SYNTHETIC_SEED, split, count, err);
}

bool find_guess(const char *folder, enum dataset_split split, char name[DATASET_NAME_MAX])
{
    char user[FILES_PATH_MAX];
    struct pair pair;
    bool asked = folder && folder[0];
    const char *place = asked ? folder : usual_folder(0, user);
    for (int i = 1; place && !(place[0] && find_pair(place, split, &pair) > 0); i++)
        place = asked ? NULL : usual_folder(i, user);
    if (place)
        name_folder(place, name, DATASET_NAME_MAX);
    return place != NULL;
}

const char *find_note(void)
{
    return "No data found, so the digits are the program's own drawings; "
           "the README says where to get MNIST.";
}
