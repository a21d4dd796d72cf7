/* digit_files.h -- small sets of digits in files, told from each other by a seed, and what is found
 * of them.
 */
#ifndef DIGIT_FILES_H
#define DIGIT_FILES_H

#include <stdint.h>

#include "data/dataset.h"

enum { LEN = 28 * 28, COUNT = 4, IMAGES_SIZE = 16 + COUNT * LEN, LABELS_SIZE = 8 + COUNT };

/* IDX files of COUNT digits. The pixels depend on the seed, and the first label is it. */
void make_images(int seed, uint8_t *images);
void make_labels(int seed, uint8_t *labels);

/* Writes one of the two, as its name says, which may end in .gz. */
void write_idx(const char *name, int seed);

/* Writes both files of a pattern, in which @ stands for "images" and "labels", # for the kind. */
void write_pair(const char *pattern, int seed);

/* Takes so many bytes off the end of a file. */
void cut_file(const char *name, long less);

/* What is found in a place, for the caller to free. */
struct dataset *find(const char *place, enum dataset_split split);

/* Found, with that seed, that name, and words in the note (NULL: none). */
void expect(const char *place, enum dataset_split split, int seed, const char *name,
            const char *note);

/* Refused, with these words in a sentence. */
void expect_refused(const char *place, enum dataset_split split, const char *why);

#endif
