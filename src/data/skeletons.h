/* skeletons.h -- the handwritings of the synthetic digits, of letters and of signs.
 *
 * A skeleton is a list of points `x,y` on a grid of about 100 units a digit's height, x to the
 * right and y down, with a smooth curve through them. `!` after a point makes a corner of it, and
 * `|` lifts the pen.
 */
#ifndef DATA_SKELETONS_H
#define DATA_SKELETONS_H

struct rng;

enum { SKELETONS_MAX = 32 };

struct skeleton {
    int weight; /* how often, against the others of the same digit; 0 ends the list */
    const char *path;
};

extern const struct skeleton skeletons[10][SKELETONS_MAX];

/* One of the digit's, as often as they weigh. */
const char *skeleton_choose(int digit, struct rng *rng);

/* Letters that are a digit in nobody's hand, and signs; NULL ends each list. Those apart are for
 * measuring on what a network never met. Left out as ambiguous: B b D G g I i J j l O o Q q S s Y y
 * Z z and the question mark. */
extern const char *const letter_skeletons[], *const letter_skeletons_apart[];
extern const char *const sign_skeletons[], *const sign_skeletons_apart[];

#endif
