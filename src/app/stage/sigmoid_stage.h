/* sigmoid_stage.h -- one neuron with two inputs, as a step and as a sigmoid: its curve, the plane
 * of its inputs, and a small change of its weights.
 *
 *   set     w1 w2 b             weights and bias, -30 to 30
 *           x1 x2               the inputs, 0 to 1
 *           dw1 dw2 db          a change of them, -2 to 2, that is only tried
 *           show                what the picture is of: 0 output by x1, 1 output by z,
 *                               2 the change, 3 the plane of both inputs
 *           terms               1: the picture of the change tells slope times change for each
 *   figures z, out, step        the sum, the sigmoid's output and the step's
 *           out00 to out11      the sigmoid's at the corners, x1 first
 *           slope-w1 slope-w2 slope-b     d out / d w1 ..., of nn_gradient
 *           after, change, predicted      with the change: the output, how far it moved, and how
 *                               far it should by equation 5
 *           distance, least     how long the change is, and the shortest that moves the output by
 *                               0.1
 *           excess              by which part it is longer than that
 */
#ifndef APP_STAGE_SIGMOID_STAGE_H
#define APP_STAGE_SIGMOID_STAGE_H

#include "app/stage/stage.h"
#include "lesson/nudge.h"

struct nn_work;

enum { SIGMOID_INPUTS = 2, SIGMOID_PLACES = SIGMOID_INPUTS + 1 };
enum { SIGMOID_POINTS = 161 }; /* of a curve */
enum { SIGMOID_CELLS = 41 };   /* of the plane, along each side */
enum sigmoid_show {
    SIGMOID_BY_INPUT,
    SIGMOID_BY_SUM,
    SIGMOID_CHANGE,
    SIGMOID_PLANE,
    SIGMOID_SHOWS,
};

struct sigmoid_stage {
    struct stage stage;
    const struct kern *kern;
    struct nn *step, *smooth; /* the same weights, one step and one sigmoid */
    struct nn_work *step_work, *smooth_work;
    float place[SIGMOID_PLACES]; /* w1, w2, b */
    double by[SIGMOID_PLACES];   /* the change of each */
    float x[SIGMOID_INPUTS];
    enum sigmoid_show show;
    bool terms;

    /* What the networks make of it, kept up to date. */
    float z, out, step_out, corner[4];
    struct nudge nudge;
    double least;
    float curve_at[SIGMOID_POINTS];                          /* x1, or z */
    float curve[SIGMOID_POINTS], step_curve[SIGMOID_POINTS]; /* the outputs there */
    float plane[SIGMOID_CELLS][SIGMOID_CELLS];               /* the sigmoid's output, x2 by x1 */
};

extern const struct stage_kind sigmoid_stage_kind;

#endif
