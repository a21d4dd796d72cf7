/* scribe.h -- how a made-up hand draws: skeletons of strokes become ink that no two times is the
 * same.
 *
 * A hand bends, slants, turns and stretches whatever it draws, and has a pen of its own. What it
 * draws stands on a grid of about 100 units a digit's height, x to the right and y down; lines are
 * smooth curves through control points, but at those that are corners.
 *
 *   struct scribe scribe = scribe_new(rng);
 *   struct scribe_drawing drawing = {0};
 *   scribe_write(&drawing, &scribe, rng, scribe_here, "50,0 50,50 50,100");
 *   scribe_fit(&drawing, &scribe, pixels);
 */
#ifndef DATA_SCRIBE_H
#define DATA_SCRIBE_H

#include <stdbool.h>
#include <stdint.h>

#include "ink/stroke.h"

struct rng;

enum {
    SCRIBE_CONTROLS_MAX = 64, /* of a stroke */
    SCRIBE_STROKES_MAX = 32,
    SCRIBE_POINTS_MAX = 2048, /* of a drawing; what would be more is left out */
    SCRIBE_WAVES = 2,
};

/* A smooth displacement: a wave over the grid, in x and in y. */
struct scribe_wave {
    float along_x, along_y, phase; /* radians for each unit */
    float push_x, push_y;          /* units */
};

struct scribe {
    float jitter; /* units: the deviation of each control point */
    struct scribe_wave waves[SCRIBE_WAVES];
    float raise;     /* units: how much higher the middle stands than it should */
    float taper;     /* how much wider the top is than the bottom */
    float m[2][2];   /* turn, slant and aspect */
    float pen, soft; /* pixels */
    float press, press_phase, press_along; /* how pressure swings along a stroke */
    float tail;                            /* how much of the pressure is gone at a stroke's end */
    float reach; /* units that a stroke's ends are drawn longer (or shorter) */
};

struct scribe_control {
    struct ink_point at;
    bool corner;
};

/* All zero is empty paper. */
struct scribe_drawing {
    struct ink_point points[SCRIBE_POINTS_MAX];
    float pressure[SCRIBE_POINTS_MAX];
    uint32_t count;
    struct ink_stroke strokes[SCRIBE_STROKES_MAX];
    uint32_t stroke_count;
};

/* Where a skeleton goes: its grid's corner, and its size against the usual. */
struct scribe_place {
    float x, y, wide, high;
};
extern const struct scribe_place scribe_here; /* where it stands, as large as it is */

/* Any scribe; how usual ones are follows MNIST's. */
struct scribe scribe_new(struct rng *rng);

/* Adds the strokes of a skeleton's text (skeletons.h). */
void scribe_write(struct scribe_drawing *drawing, const struct scribe *scribe, struct rng *rng,
                  struct scribe_place place, const char *skeleton);

/* Adds one stroke through 2 .. SCRIBE_CONTROLS_MAX controls; a single one makes a dot. Overwrites
 * them with where the hand put them. */
void scribe_line(struct scribe_drawing *drawing, const struct scribe *scribe, struct rng *rng,
                 struct scribe_control *controls, int count);

/* The picture that a network sees of it, 28x28 bytes, by the rule for all ink (ink/fit.h). */
void scribe_fit(const struct scribe_drawing *drawing, const struct scribe *scribe, uint8_t *pixels);

#endif
