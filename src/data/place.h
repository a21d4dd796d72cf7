/* place.h -- what is to be learnt from where a file of data stands.
 *
 * Archives and other programs unpack into folders that say nothing of themselves (MNIST/raw, gzip)
 * or are named like the file in them: what counts is the first folder above that says something.
 */
#ifndef DATA_PLACE_H
#define DATA_PLACE_H

#include <stdbool.h>
#include <stddef.h>

/* What people call a folder of data: "MNIST" for /data/mnist/raw/. */
void place_name(const char *folder, char *name, size_t size);

/* Whether a file's name, or that of its folder, says that it is EMNIST's. */
bool place_says_emnist(const char *path);

#endif
