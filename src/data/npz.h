/* npz.h -- MNIST as numpy's arrays in a zip file: the mnist.npz of Keras, and its like.
 *
 * In it stand x_train.npy, y_train.npy, x_test.npy and y_test.npy (numpy's "NPY format"): images
 * are bytes, [n, 28, 28] or [n, 784], 0 paper to 255 ink; labels are whole numbers, [n]. A file may
 * hold one split alone.
 */
#ifndef DATA_NPZ_H
#define DATA_NPZ_H

#include "data/dataset.h"

/* NULL with a sentence: no such file, no zip file, damaged, arrays of another kind, the split is
 * not in it, more images than a file of its size can mean. The caller frees the set. */
struct dataset *npz_load(const char *path, enum dataset_split split, const char *name,
                         struct err *err);

/* Whether there is a file whose list has the two arrays of a split; or one whose list cannot be
 * read, so that npz_load says why. */
bool npz_has(const char *path, enum dataset_split split);

#endif
