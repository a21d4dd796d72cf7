/* set_name.h -- what is to be learnt from where a file of data stands.
 *
 * Archives and other programs unpack into folders that say nothing of themselves (MNIST/raw, gzip)
 * or are named like the file in them: what counts is the first folder above that says something.
 */
#ifndef DATA_SET_NAME_H
#define DATA_SET_NAME_H

#include <stdbool.h>
#include <stddef.h>

/* What people call a folder of data: "MNIST" for /data/mnist/raw/. */
void set_name_of(const char *folder, char *name, size_t size);

/* Whether a file's name, or that of its folder, says that it is EMNIST's. */
bool set_name_says_emnist(const char *path);

#endif
