/* find.h -- where data comes from.
 *
 * Looked for in the folder that was asked for and there alone; or, with none, in $INKLING_DATA,
 * then $XDG_DATA_HOME/inkling/mnist, then data/mnist. With files in none of them, the digits are
 * the program's own (synthetic.h). A folder may hold one split only. File names may be spelt
 * t10k-images-idx3-ubyte or t10k-images.idx3-ubyte, with or without .gz.
 */
#ifndef DATA_FIND_H
#define DATA_FIND_H

#include "data/dataset.h"

/* Loads a split. `folder` may be NULL or empty: look in the usual places. Files that are found but
 * damaged are an error, never a reason to look elsewhere. set->synthetic tells whether the
 * program drew them; say so to the person then (see find_note). The caller frees the set. */
struct dataset *find_data(const char *folder, enum dataset_split split, struct err *err);

/* Whether a folder holds (at least the names of) a split's two files. */
bool find_here(const char *folder, enum dataset_split split);

/* What find_data() would load, judged by the names of files alone: writes what struct dataset.name
 * would be. False where there are no files to load: the program draws the digits, or, for a folder
 * that was asked for, loading will fail. */
bool find_guess(const char *folder, enum dataset_split split, char name[DATASET_NAME_MAX]);

/* The line for when the program drew the digits itself, for want of files. */
const char *find_note(void);

#endif
