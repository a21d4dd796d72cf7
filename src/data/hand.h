/* hand.h -- how a made-up hand draws: skeletons of strokes become ink that no two times is the
 * same.
 *
 * A hand bends, slants, turns and stretches whatever it draws, and has a pen of its own. What it
 * draws stands on a grid of about 100 units a digit's height, x to the right and y down; lines are
 * smooth curves through control points, but at those that are corners.
 *
 *   struct hand hand = hand_new(rng);
 *   struct hand_drawing drawing = {0};
 *   hand_write(&drawing, &hand, rng, hand_here, "50,0 50,50 50,100");
 *   hand_fit(&drawing, &hand, pixels);
 */
#ifndef DATA_HAND_H
#define DATA_HAND_H

#include <stdbool.h>
#include <stdint.h>

#include "ink/stroke.h"

struct rng;

enum {
    HAND_CONTROLS_MAX = 64, /* of a stroke */
    HAND_STROKES_MAX = 32,
    HAND_POINTS_MAX = 2048, /* of a drawing; what would be more is left out */
    HAND_WAVES = 2,
};

/* A smooth displacement: a wave over the grid, in x and in y. */
struct hand_wave {
    float along_x, along_y, phase; /* radians for each unit */
    float push_x, push_y;          /* units */
};

struct hand {
    float jitter; /* units: the deviation of each control point */
    struct hand_wave waves[HAND_WAVES];
    float raise;     /* units: how much higher the middle stands than it should */
    float taper;     /* how much wider the top is than the bottom */
    float m[2][2];   /* turn, slant and aspect */
    float pen, soft; /* pixels */
    float press, press_phase, press_along; /* how pressure swings along a stroke */
    float tail;                            /* how much of the pressure is gone at a stroke's end */
    float reach; /* units that a stroke's ends are drawn longer (or shorter) */
};

struct hand_control {
    struct ink_point at;
    bool corner;
};

/* All zero is empty paper. */
struct hand_drawing {
    struct ink_point points[HAND_POINTS_MAX];
    float pressure[HAND_POINTS_MAX];
    uint32_t count;
    struct ink_stroke strokes[HAND_STROKES_MAX];
    uint32_t stroke_count;
};

/* Where a skeleton goes: its grid's corner, and its size against the usual. */
struct hand_place {
    float x, y, wide, high;
};
extern const struct hand_place hand_here; /* where it stands, as large as it is */

/* Any hand; how usual ones are follows MNIST's. */
struct hand hand_new(struct rng *rng);

/* Adds the strokes of a skeleton's text (skeletons.h). */
void hand_write(struct hand_drawing *drawing, const struct hand *hand, struct rng *rng,
                struct hand_place place, const char *skeleton);

/* Adds one stroke through 2 .. HAND_CONTROLS_MAX controls; a single one makes a dot. Overwrites
 * them with where the hand put them. */
void hand_line(struct hand_drawing *drawing, const struct hand *hand, struct rng *rng,
               struct hand_control *controls, int count);

/* The picture that a network sees of it, 28x28 bytes, by the rule for all ink (ink/fit.h). */
void hand_fit(const struct hand_drawing *drawing, const struct hand *hand, uint8_t *pixels);

#endif
