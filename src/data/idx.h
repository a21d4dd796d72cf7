/* idx.h -- MNIST's file format (http://yann.lecun.com/exdb/mnist, "THE IDX FILE FORMAT").
 *
 * Big-endian: a magic number (0x803 images, 0x801 labels), the count, for images rows and columns,
 * then bytes. QMNIST's labels (0xc02, the count, 8) are 8 integers each, of which the first is the
 * label. A file may be gzipped, whatever its name, in one member or several. Images go straight to
 * where they stay, so that no more memory is taken than they need.
 */
#ifndef DATA_IDX_H
#define DATA_IDX_H

#include <stdbool.h>

#include "data/dataset.h"

enum { IDX_BYTES = 0x08, IDX_INTS = 0x0c }; /* kinds of items: the magic number's third byte */

/* Reads a pair of files. NULL with one sentence that names the file and the remedy: missing,
 * damaged, not 28x28, too short or too long, a label that is no digit, counts that differ, more
 * images than a file of its size can mean. EMNIST's images are set upright, by the name of the
 * file, of its folder, or that it had when it was gzipped. `name` is what people will read;
 * `remedy` ends the sentence of a damaged file, as in "get it again". The caller frees the set. */
struct dataset *idx_load(const char *images_path, const char *labels_path, const char *name,
                         const char *remedy, struct err *err);

/* Writes a pair of files, not gzipped, both or none: none is replaced before both are written. */
bool idx_save(const char *images_path, const char *labels_path, const struct dataset *set,
              struct err *err);

#endif
