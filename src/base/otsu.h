/* otsu.h -- a picture's shades parted in two: ink and ground, a sheet and what it lies on.
 *
 * Otsu, "A Threshold Selection Method from Gray-Level Histograms", 1979: the threshold that leaves
 * the least spread within the two, which is the one that sets their means furthest apart, weighed
 * by how many there are of each.
 */
#ifndef BASE_OTSU_H
#define BASE_OTSU_H

#include <stdint.h>

enum { SHADES = 256 };

struct otsu_split {
    int at;       /* the last shade of the darker; -1 where all pixels have the same */
    double apart; /* the distance of the two means */
    double share; /* of the pixels, what the rarer has */
};

/* `histogram` is how many pixels have each shade, [SHADES]. */
struct otsu_split otsu_split(const uint64_t *histogram);

#endif
