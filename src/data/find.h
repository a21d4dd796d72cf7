/* find.h -- where data comes from.
 *
 * Looked for in the place that was asked for and there alone; or, with none, in $INKLING_DATA, then
 * $XDG_DATA_HOME/inkling/mnist, then data/mnist. With files in none of them, the digits are the
 * program's own (synthetic.h).
 *
 * A place is a folder: data stands in it, or where other programs put it below (MNIST/raw, gzip and
 * the like), as one of
 *
 *     MNIST           train-images-idx3-ubyte, train-labels-idx1-ubyte; t10k-...
 *     mnist.npz       Keras's (npz.h)
 *     QMNIST          qmnist-train-images-idx3-ubyte, qmnist-train-labels-idx2-int; qmnist-test-...
 *     EMNIST          emnist-digits-train-images-idx3-ubyte ..., or else emnist-mnist-...
 *
 * with dots for the dashes before "idx" or not, gzipped or not, maybe each in a folder named like
 * itself. A folder may hold one split only. The first that fits is taken, in this order; where it
 * is damaged, another spelling of it, or another copy of MNIST in the place. The set's note says
 * which was taken, unless that is plain. A place may also be one such file, of images or .npz.
 */
#ifndef DATA_FIND_H
#define DATA_FIND_H

#include "data/dataset.h"

/* Loads a split. `place` may be NULL or empty: look in the usual places. Files that are found but
 * damaged are an error, never a reason to look in another place. set->synthetic tells whether the
 * program drew them; say so to the person then (see find_note). The caller frees the set. */
struct dataset *find_data(const char *place, enum dataset_split split, struct err *err);

/* Loads the set that a file of images or of labels (idx.h) is half of, whatever its name says of a
 * split. The caller frees the set. */
struct dataset *find_set_of(const char *path, struct err *err);

/* Whether a place holds (at least the names of) a split's two files. */
bool find_here(const char *place, enum dataset_split split);

/* The same, with the sentence that find_data() would give. */
bool find_check(const char *place, enum dataset_split split, struct err *err);

/* What find_data() would load, judged by the names of files alone: writes what struct dataset.name
 * would be. False where there are no files to load: the program draws the digits, or, for a place
 * that was asked for, loading will fail. */
bool find_guess(const char *place, enum dataset_split split, char name[DATASET_NAME_MAX]);

/* The line for when the program drew the digits itself, for want of files. */
const char *find_note(void);

#endif
