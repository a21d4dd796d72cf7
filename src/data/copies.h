/* copies.h -- what stands in a place that data may come from (find.h): the copies of a set there,
 * and the files that each is in.
 */
#ifndef DATA_COPIES_H
#define DATA_COPIES_H

#include <stdbool.h>

#include "base/files.h"
#include "data/dataset.h"

enum { COPIES_MAX = 40, COPIES_SPELLINGS_MAX = 6 };

/* One copy of a set; `sub` and `family` are indices into tables of copies.c. */
struct copy {
    int sub, family;
};

struct copies {
    int count;
    struct copy at[COPIES_MAX];
};

/* The same file under several spellings of its name, in the order in which they are to be tried. */
struct spellings {
    int count;
    char path[COPIES_SPELLINGS_MAX][FILES_PATH_MAX];
};

/* Lists what a folder has of a split, best first. */
void copies_list(const char *folder, enum dataset_split split, struct copies *copies);

/* The first copy of which there is one file only; false where there is none. */
bool copies_find_half(const char *folder, enum dataset_split split, struct copy *copy);

/* Whether two are of the same set, so that one may stand in for the other. */
bool copies_are_kin(const struct copy *a, const struct copy *b);

/* What people call it. */
void copies_name(const char *folder, const struct copy *copy, char name[DATASET_NAME_MAX]);

/* The path of its .npz; false where it is a pair of IDX files. */
bool copies_npz(const char *folder, const struct copy *copy, char path[FILES_PATH_MAX]);

/* The two files of a pair, each maybe missing. */
void copies_pair(const char *folder, const struct copy *copy, enum dataset_split split,
                 struct spellings *images, struct spellings *labels);

/* The usual name of its images or labels. */
void copies_usual_name(const struct copy *copy, enum dataset_split split, bool labels, char *name,
                       size_t size);

enum { COPIES_SAYS_NOTHING = -1 };

/* Of a single file of images or labels: the spellings of both, what people call it, and the split
 * that its name speaks of. False where its name does not say what it is. */
bool copies_of_file(const char *path, struct spellings *images, struct spellings *labels,
                    char name[DATASET_NAME_MAX], int *says);

/* The labels' path that is written beside images' one: the last `images` and `idx3` in the file's
 * name become `labels` and `idx1`. False where the name has no `images`, or the path too long. */
bool copies_labels_path(const char *images_path, char labels_path[FILES_PATH_MAX]);

#endif
