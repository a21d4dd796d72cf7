/* cost_stage.h -- the quadratic cost: of one image, of many, of three networks that read alike, and
 * along one weight.
 *
 *   set     show                what the picture is of: 0 one image, 1 many, 2 three networks, 3 a
 *                               weight
 *           net                 0 the book's 784-30-10, 1 the model in use
 *           image               which image, 1 on; or `unsure`: the first that costs from 0.05
 *                               to 0.4; or `dear`: the first that costs more than 0.5
 *           output              the output that is looked at, 0 to 9; or `worst`: the one that is
 *                               farthest off
 *           images              over how many images the mean is, 20 to 2000
 *           shift               how far the weight is moved, -2 to 2; or `lowest`: to where the
 *                               cost is lowest while as many images are read right as at 0
 *   figures cost                of the image
 *           label, reads        what it is, and what the network takes it for
 *           a, y, square        of the output: given, wanted, and the square of the difference
 *           sum                 of the ten squares
 *           worst               the output whose square is largest
 *           without             the cost if the output were just as wanted
 *           count               how many images there are for the mean
 *           mean, right         over them: the mean cost, and how many are read right
 *           dear, cheap         how many cost more than 0.5, and less than 0.01
 *           share               the part of all cost that those dear ones make up, in percent
 *           cost1 to cost3      the mean cost of three networks
 *           right1 to right3    and how many each reads right
 *           lowest              which of them costs least, 1 to 3
 *           weight, from, to    that is moved, with its shift; from that hidden neuron to that
 *                               output
 *           cost-start, right-start   the mean cost and the images right without a shift
 *           cost-there, right-there   and with it
 *           cost-lowest         the lowest cost with as many right as without a shift
 *
 * What is over many images is computed by a job; until it is over those figures are not known.
 */
#ifndef APP_STAGE_COST_STAGE_H
#define APP_STAGE_COST_STAGE_H

#include "app/stage/cost_work.h"
#include "app/stage/stage.h"
#include "app/stage/stage_images.h"

struct cost_stage {
    struct stage stage;
    const struct kern *kern;
    void (*wake)(void *user);
    void *user;
    struct nn *book, *own; /* own: a copy of the model in use, or NULL where it does not fit */
    uint64_t own_number;
    struct nn *three[COST_NETS];
    struct stage_images images;
    uint32_t wanted; /* so many of them, if there are */
    enum cost_show show;
    bool uses_own;
    int image, output;
    bool finds_unsure; /* the image is the first that costs something, whichever that is */
    int shift;         /* which of COST_SHIFTS */

    struct costs_image here;                  /* the image, read by the network */
    struct costs_image three_here[COST_NETS]; /* and by three */

    struct job *job; /* that looks for what is to be found, or NULL */
    struct cost_work *work;
    double progress; /* of the job */
    bool stale;      /* what is found, or looked for, is of other images or another network */
    struct cost_found *found;
};

/* The network that is in question. */
const struct nn *cost_stage_net(const struct cost_stage *stage);

/* By which the last layer of each of the three is multiplied. */
float cost_stage_times(int net);

extern const struct stage_kind cost_stage_kind;

#endif
