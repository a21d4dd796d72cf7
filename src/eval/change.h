/* change.h -- the smallest change of a picture that turns the answer into another: "what would make
 * it a 9".
 *
 * The picture is led uphill along the slope of z[wish] - z[rival], the sums of the last layer,
 * where the rival is the highest of the others, or several that are as high. The slope is blurred a
 * little, so that what grows looks like ink and not like dust (unless only the sharp one leads
 * there), and the pixels with the smallest slopes are left alone: how many is searched by
 * bisection, for the change with the least ink. At last it is drawn back towards the picture as far
 * as the answer holds. The same picture gives the same change.
 *
 * It is a small change, found downhill: a smaller one may exist, and where none is found that is
 * no proof that there is none. Networks are easily led astray by changes that no person would
 * heed; that the change looks like nothing is itself an answer.
 *
 * It takes some hundreds of passes: 0.15 s for the shipped model, 5 ms for 784-100-10. So a window
 * runs it in a job, with job_step for go_on and a `work` of the job's own, and shows the last
 * result until the next is there:
 *
 *     struct nn_work *work = nn_work_new(net, kern, 1, true, &err);
 *     if (change_find(&(struct change_wish){net, work, x, 9, step, job}, &change))
 *         ... change.reached says whether it reads as a 9 now
 */
#ifndef EVAL_CHANGE_H
#define EVAL_CHANGE_H

#include <stdbool.h>
#include <stdint.h>

#include "ink/fit.h"

struct nn;
struct nn_work;

struct change_wish {
    const struct nn *net; /* of 784 inputs and ten outputs */
    struct nn_work *work; /* for learning, one sample at least */
    const float *x;       /* the picture: FIT_LEN floats from 0 paper to 1 ink */
    int digit;            /* what it shall be read as */
    /* Asked before every step, with the part that is done; false gives it up. NULL: to the end. */
    bool (*go_on)(void *user, double part);
    void *user;
};

struct change {
    bool reached;           /* it can be read as wished; else the picture is as it was */
    float picture[FIT_LEN]; /* 0 to 1; what is changed is in whole 255ths, so that it can be kept */
    float added[FIT_LEN], taken[FIT_LEN]; /* ink, 0 to 1: picture = x + added - taken */
    double ink;                           /* the sum of both, in pixels of full ink */
    double length;                        /* the root of the sum of their squares */
    int pixels;                           /* that were changed at all */
};

/* The picture as bytes, 0 paper to 255 ink: nothing is lost. out: FIT_LEN of them. */
void change_bytes(const struct change *change, uint8_t *out);

/* False where it was given up; `change` says nothing then. */
bool change_find(const struct change_wish *wish, struct change *change);

#endif
