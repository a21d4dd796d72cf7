/* projection.h -- rows of many numbers laid out in two dimensions by their principal components:
 * the two directions, at right angles, along which they differ most.
 *
 *     struct projection flat;
 *     if (projection_find(rows, count, len, kern, &flat, &err))
 *         projection_place(&flat, row, xy);                any row, also one that was not there
 *     projection_clear(&flat);
 */
#ifndef EVAL_PROJECTION_H
#define EVAL_PROJECTION_H

#include <stdbool.h>
#include <stdint.h>

struct err;
struct kern;

enum { PROJECTION_AXES = 2 };

struct projection {
    int len;     /* of a row */
    float *mean; /* [len] */
    float *axes; /* [PROJECTION_AXES][len], each of length 1; its largest number
                    is above 0 */
    double variance[PROJECTION_AXES]; /* along each, the larger first; */
    double whole;                     /* and along all directions together */
};

/* rows: [count][len]. Of fewer than three rows, or where all are the same, the variances that there
 * are not are 0, and the axes are any. False with a sentence: no memory, and nothing to clear. */
bool projection_find(const float *rows, uint32_t count, int len, const struct kern *kern,
                     struct projection *projection, struct err *err);

void projection_place(const struct projection *projection, const float *row,
                      float xy[PROJECTION_AXES]);

void projection_clear(struct projection *projection);

#endif
