/* skeletons.h -- the handwritings of the synthetic digits.
 *
 * A skeleton is a list of points `x,y` on a grid of about 100 units a digit's height, x to the
 * right and y down, with a smooth curve through them. `!` after a point makes a corner of it, and
 * `|` lifts the pen.
 */
#ifndef DATA_SKELETONS_H
#define DATA_SKELETONS_H

enum { SKELETONS_MAX = 32 };

struct skeleton {
    int weight; /* how often, against the others of the same digit; 0 ends the list */
    const char *path;
};

extern const struct skeleton skeletons[10][SKELETONS_MAX];

#endif
