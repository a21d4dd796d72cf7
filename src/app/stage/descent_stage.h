/* descent_stage.h -- a ball on the surface of the cost (lesson/surface.h) of the built-in
 * nielsen-30, which rolls down it step by step.
 *
 *   set     x y                 where the ball is, -2 to 2; the picture shows -1 to 1
 *           eta                 the learning rate, 0.01 to 100
 *           step                so many steps down
 *           roll                ten steps a second until it lies still, leaves the picture, or 200
 *                               were made; again: stop
 *           again               the ball back to where it began
 *           plane               0 two random directions, 1 two single weights
 *           images              how many the cost is the mean of
 *           batch               a step looks at so many of them alone, in turn; 0: at all
 *   figures cost, gx, gy        at the ball: the cost, and its slope along x and along y
 *           dx, dy              the next step
 *           angle               in degrees: between it and the step that all images want
 *           used                images that the steps have looked at since the ball was put down
 *           steps, lowest       made since the ball was put somewhere, and the lowest cost of them
 *           left                1: it has left the picture
 *           from-start          1: its way began where the ball began
 *           down                how much of the way from where the ball began to the lowest cell of
 *                               the picture it has come down, in percent
 *           stayed, leaving     of the rates tried from where the ball began: one with which it was
 *                               still there after ten steps, and a greater one with which it left;
 *                               those that lie nearest to one another
 *           gap                 the second divided by the first
 */
#ifndef APP_STAGE_DESCENT_STAGE_H
#define APP_STAGE_DESCENT_STAGE_H

#include "app/stage/stage.h"
#include "base/err.h"

struct descent_work;
struct job;
struct surface;
struct surface_at;

enum {
    DESCENT_LEVELS = 3, /* of the picture: 12, 24 and 48 cells along each side */
    DESCENT_CELLS = 48,
    DESCENT_PATH_MAX = 256,
    DESCENT_TRIES_MAX = 64,
};

/* A learning rate from the start on. */
struct descent_try {
    double eta;
    bool left; /* else it was still there after ten steps */
};

struct descent_point {
    double x, y;
};

struct descent_stage {
    struct stage stage;
    struct stage_world world; /* what outlives the stage of it, alone */
    int images, plane;        /* that are wished for */
    int batch;                /* 0: all */
    uint64_t used;            /* images */
    uint64_t data_number;     /* of the images that the surface is of */
    struct surface *surface;  /* or NULL: there are no images yet, or it is `trouble` */
    struct surface_at *at;
    struct err trouble;

    struct descent_point ball, start;
    double eta, cost, slope[2];
    double step_slope[2]; /* by which the next step goes: of the mini-batch */
    double lowest, start_cost;
    struct descent_point path[DESCENT_PATH_MAX]; /* where it was; the last is where it is */
    int path_count, steps;
    bool rolls, one_rate; /* one_rate: from the start on, and with the same one */
    uint64_t next_step;   /* while it rolls: when */
    struct descent_try tries[DESCENT_TRIES_MAX]; /* the newest ones */
    int try_count;

    /* The picture, cell by cell, row by row from the top; coarser ones first. */
    int level;                 /* that is done; -1: none */
    const float *cells;        /* of it, [side][side] */
    double low, high;          /* the least and the greatest of them */
    struct descent_work *work; /* under way, or done */
};

extern const struct stage_kind descent_stage_kind;

int descent_stage_side(int level);

#endif
