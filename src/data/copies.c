/* SPDX-License-Identifier: MIT */
#include "data/copies.h"

#include <ctype.h>
#include <stdio.h>
#include <string.h>

#include "base/paths.h"
#include "base/text.h"
#include "data/npz.h"
#include "data/set_name.h"

/* Where other programs put data below the folder that they are given. */
static const char *const subs[] = {
    "", "/raw", "/gzip", "/MNIST/raw", "/mnist/raw", "/MNIST", "/mnist", "/QMNIST/raw", "/QMNIST",
    "/EMNIST/raw", "/EMNIST/gzip", "/EMNIST", "/emnist/gzip", "/emnist", "/MNIST_data",
    "/datasets",
};
enum { SUBS = sizeof subs / sizeof subs[0] };

struct family {
    const char *name; /* NULL: the folder's */
    const char *images[2], *labels[2]; /* what names begin with; NULL: an .npz */
};

enum { MNIST, NPZ };
static const struct family families[] = {
    [MNIST] = {NULL, {"train-images", "t10k-images"}, {"train-labels", "t10k-labels"}},
    [NPZ] = {"MNIST", {NULL}, {NULL}},
    {"QMNIST", {"qmnist-train-images", "qmnist-test-images"},
     {"qmnist-train-labels", "qmnist-test-labels"}},
    {"EMNIST digits", {"emnist-digits-train-images", "emnist-digits-test-images"},
     {"emnist-digits-train-labels", "emnist-digits-test-labels"}},
    {"EMNIST mnist", {"emnist-mnist-train-images", "emnist-mnist-test-images"},
     {"emnist-mnist-train-labels", "emnist-mnist-test-labels"}},
};
enum { FAMILIES = sizeof families / sizeof families[0] };

static const char *const images_ends[] = {"-idx3-ubyte.gz", "-idx3-ubyte", ".idx3-ubyte.gz",
                                          ".idx3-ubyte", NULL};
static const char *const labels_ends[] = {
    "-idx1-ubyte.gz", "-idx1-ubyte", ".idx1-ubyte.gz", ".idx1-ubyte",
    "-idx2-int.gz", "-idx2-int", ".idx2-int.gz", ".idx2-int", NULL};

/* ---- names of files -------------------------------------------------------------------------- */

static bool join(char path[FILES_PATH_MAX], const char *folder, const char *stem, const char *end)
{
    char name[FILES_PATH_MAX];
    return snprintf(name, sizeof name, "%s%s", stem, end) < (int)sizeof name &&
           paths_join(folder, name, path);
}

static void add_spellings(const char *folder, const char *stem, const char *const *ends,
                          struct spellings *found)
{
    char path[FILES_PATH_MAX];
    for (; *ends && found->count < COPIES_SPELLINGS_MAX; ends++)
        if (join(path, folder, stem, *ends) && files_exist(path) && !files_is_folder(path))
            strcpy(found->path[found->count++], path);
}

/* A file under any spelling, then in a folder that is named like it. */
static void find_spellings(const char *folder, const char *stem, const char *const *ends,
                           struct spellings *found)
{
    char path[FILES_PATH_MAX];
    found->count = 0;
    add_spellings(folder, stem, ends, found);
    for (const char *const *end = ends; *end; end++)
        if (join(path, folder, stem, *end) && files_is_folder(path))
            add_spellings(path, stem, ends, found);
}

/* The folder that a copy is in. */
static void write_folder(const char *folder, const struct copy *copy, char path[FILES_PATH_MAX])
{
    snprintf(path, FILES_PATH_MAX, "%.*s%s", (int)paths_length(folder), folder, subs[copy->sub]);
}

bool copies_npz(const char *folder, const struct copy *copy, char path[FILES_PATH_MAX])
{
    char in[FILES_PATH_MAX];
    if (copy->family != NPZ)
        return false;
    write_folder(folder, copy, in);
    return join(path, in, "mnist.npz", "");
}

void copies_pair(const char *folder, const struct copy *copy, enum dataset_split split,
                 struct spellings *images, struct spellings *labels)
{
    char in[FILES_PATH_MAX];
    const struct family *family = &families[copy->family];
    write_folder(folder, copy, in);
    find_spellings(in, family->images[split], images_ends, images);
    find_spellings(in, family->labels[split], labels_ends, labels);
}

void copies_usual_name(const struct copy *copy, enum dataset_split split, bool labels, char *name,
                       size_t size)
{
    const struct family *family = &families[copy->family == NPZ ? MNIST : copy->family];
    snprintf(name, size, "%s%s", (labels ? family->labels : family->images)[split],
             labels ? labels_ends[1] : images_ends[1]);
}

/* ---- what there is --------------------------------------------------------------------------- */

/* How many of its two files are there: both or none of an .npz. */
static int count_files(const char *folder, const struct copy *copy, enum dataset_split split)
{
    char npz[FILES_PATH_MAX];
    struct spellings images, labels;
    if (copies_npz(folder, copy, npz))
        return files_exist(npz) && npz_has(npz, split) ? 2 : 0;
    copies_pair(folder, copy, split, &images, &labels);
    return (images.count > 0) + (labels.count > 0);
}

static void list_plainly(const char *folder, enum dataset_split split, int files,
                         struct copies *copies)
{
    copies->count = 0;
    for (int sub = 0; sub < SUBS; sub++) {
        char in[FILES_PATH_MAX];
        struct copy copy = {sub, 0};
        write_folder(folder, &copy, in);
        if (!files_is_folder(in))
            continue;
        for (; copy.family < FAMILIES; copy.family++)
            if (copies->count < COPIES_MAX && count_files(folder, &copy, split) == files)
                copies->at[copies->count++] = copy;
    }
}

/* Where there are several, the test images that belong to the training images come first. */
void copies_list(const char *folder, enum dataset_split split, struct copies *copies)
{
    struct copies train;
    list_plainly(folder, split, 2, copies);
    if (split == DATASET_TRAIN || copies->count < 2)
        return;
    list_plainly(folder, DATASET_TRAIN, 2, &train);
    for (int i = 1; i < copies->count && train.count > 0; i++)
        if (copies->at[i].sub == train.at[0].sub && copies->at[i].family == train.at[0].family) {
            memmove(copies->at + 1, copies->at, (size_t)i * sizeof copies->at[0]);
            copies->at[0] = train.at[0];
        }
}

bool copies_find_half(const char *folder, enum dataset_split split, struct copy *copy)
{
    struct copies halves;
    list_plainly(folder, split, 1, &halves);
    if (halves.count > 0)
        *copy = halves.at[0];
    return halves.count > 0;
}

bool copies_are_kin(const struct copy *a, const struct copy *b)
{
    return a->family == b->family || (a->family <= NPZ && b->family <= NPZ);
}

void copies_name(const char *folder, const struct copy *copy, char name[DATASET_NAME_MAX])
{
    char in[FILES_PATH_MAX];
    if (families[copy->family].name) {
        snprintf(name, DATASET_NAME_MAX, "%s", families[copy->family].name);
        return;
    }
    write_folder(folder, copy, in);
    set_name_of(in, name, DATASET_NAME_MAX);
}

/* ---- a single file --------------------------------------------------------------------------- */

/* Cuts off how a name ends; false where it ends in none of these ways. */
static bool cut_end(char *name, const char *const *ends)
{
    for (; *ends; ends++)
        if (text_ends_with(name, *ends) && strlen(name) > strlen(*ends)) {
            name[strlen(name) - strlen(*ends)] = 0;
            return true;
        }
    return false;
}

/* Puts one word over the last other, which is as long. */
static bool swap_word(char *name, const char *from, const char *to)
{
    char *last = NULL;
    for (char *at = name; (at = strstr(at, from)) != NULL; at++)
        last = at;
    if (last)
        memcpy(last, to, strlen(to));
    return last != NULL;
}

/* The path that was given is tried first, however it is spelt. */
static void put_first(struct spellings *spellings, const char *path)
{
    struct files_mark given = files_mark(path);
    int at = 0;
    for (; at < spellings->count; at++) {
        struct files_mark mark = files_mark(spellings->path[at]);
        if (files_same_mark(&mark, &given))
            break;
    }
    if (at == COPIES_SPELLINGS_MAX)
        at--;
    else if (at == spellings->count)
        spellings->count++;
    memmove(spellings->path + 1, spellings->path, (size_t)at * sizeof *spellings->path);
    snprintf(spellings->path[0], FILES_PATH_MAX, "%s", path);
}

/* Whether a word stands in a name by itself, as "test" does not in "latest". */
static bool has_word(const char *name, const char *word)
{
    for (const char *at = name; (at = strstr(at, word)) != NULL; at++)
        if ((at == name || !isalpha((unsigned char)at[-1])) &&
            !isalpha((unsigned char)at[strlen(word)]))
            return true;
    return false;
}

static int read_split(const char *stem)
{
    if (has_word(stem, "train") || has_word(stem, "training"))
        return DATASET_TRAIN;
    bool test = has_word(stem, "test") || has_word(stem, "testing") || has_word(stem, "t10k");
    return test ? DATASET_TEST : COPIES_SAYS_NOTHING;
}

static void name_file(const char *folder, const char *stem, char name[DATASET_NAME_MAX])
{
    set_name_of(folder, name, DATASET_NAME_MAX);
    for (int i = 0; i < FAMILIES; i++)
        for (int split = 0; split < 2; split++)
            if (families[i].name && families[i].images[split] &&
                strcmp(families[i].images[split], stem) == 0)
                snprintf(name, DATASET_NAME_MAX, "%s", families[i].name);
}

/* A file that is in a folder named like it has its other one beside that folder. */
static void leave_own_folder(char folder[FILES_PATH_MAX])
{
    size_t len = strlen(folder);
    const char *name = files_name(folder);
    bool own = strstr(name, "-ubyte") || strstr(name, "-int");
    if (own && len + strlen("/..") < FILES_PATH_MAX)
        strcat(folder, "/..");
}

bool copies_of_file(const char *path, struct spellings *images, struct spellings *labels,
                    char name[DATASET_NAME_MAX], int *says)
{
    char folder[FILES_PATH_MAX], stem[FILES_PATH_MAX];
    if (!paths_folder_of(path, folder))
        return false;
    snprintf(stem, sizeof stem, "%s", files_name(path));
    bool is_images = cut_end(stem, images_ends);
    if (!is_images && !(cut_end(stem, labels_ends) && swap_word(stem, "labels", "images")))
        return false;
    *says = read_split(stem);
    name_file(folder, stem, name);
    leave_own_folder(folder);
    find_spellings(folder, stem, images_ends, images);
    if (!swap_word(stem, "images", "labels"))
        return false;
    find_spellings(folder, stem, labels_ends, labels);
    put_first(is_images ? images : labels, path);
    return true;
}

bool copies_labels_path(const char *images_path, char labels_path[FILES_PATH_MAX])
{
    if (strlen(images_path) >= FILES_PATH_MAX)
        return false;
    strcpy(labels_path, images_path);
    char *name = labels_path + (files_name(labels_path) - labels_path);
    swap_word(name, "idx3", "idx1");
    return swap_word(name, "images", "labels");
}
