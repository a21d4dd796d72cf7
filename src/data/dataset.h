/* dataset.h -- labelled pictures in memory: MNIST, or what stands in for it.
 *
 * Pictures stay in bytes, 0 paper to 255 ink, as in the IDX files (47 MB for MNIST); whoever uses
 * them makes floats of a mini-batch at a time.
 */
#ifndef DATA_DATASET_H
#define DATA_DATASET_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct err;

enum { DATASET_NAME_MAX = 64, DATASET_COUNT_MAX = 1 << 20, DATASET_NOTE_MAX = 1200 };

struct dataset {
    char name[DATASET_NAME_MAX]; /* "MNIST", "synthetic", or the folder's name: for people */
    uint32_t count;
    int rows, cols;  /* 28 x 28 */
    uint8_t *pixels; /* [count][rows][cols] */
    uint8_t *labels; /* [count], 0 to 9 */
    bool synthetic;  /* drawn by the program */
    bool turned;     /* rows and columns changed places, as they lay on their side in the file */
    char note[DATASET_NOTE_MAX]; /* a sentence or two on where it came from, for people; or "" */
};

enum dataset_split { DATASET_TRAIN, DATASET_TEST };

/* Room for `count` pictures of 28x28, their contents undefined. NULL when memory is short. */
struct dataset *dataset_new(const char *name, uint32_t count, struct err *err);
struct dataset *dataset_copy(const struct dataset *set, struct err *err);
void dataset_free(struct dataset *set); /* NULL is fine; frees the struct too */

/* A number that all labels and some of the pixels decide: another one, other images. */
uint64_t dataset_fingerprint(const struct dataset *set);

/* Sets pictures upright that lie on their side, mirrored: rows and columns change places (EMNIST's
 * do). Once only, however often it is called. */
void dataset_turn(struct dataset *set);

/* The same of a set that is known for EMNIST's, and says so in its note. */
void dataset_turn_emnist(struct dataset *set);

/* Adds a sentence to the note; what does not fit is left out. */
void dataset_add_note(struct dataset *set, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

/* Part of a set, without copying: it shares the pixels, is not freed, and must not be used when
 * the whole is gone. The part must lie within the set. Holding back n for validation is
 *     train = dataset_part(set, 0, set->count - n)
 *     validation = dataset_part(set, set->count - n, n) */
struct dataset dataset_part(const struct dataset *set, uint32_t from, uint32_t count);

#endif
