/* backprop_stage.h -- one sample through a network of 2-3-2 sigmoid neurons (lesson/backprop.h):
 * every number on it, one of which is looked at.
 *
 *   set     x1 x2               the sample, -1 to 1
 *           y1 y2               what is wanted of the outputs, 0 to 1
 *           phase               what is shown: 0 forward, 1 and the outputs' deltas, 2 and the
 *                               hidden ones, 3 and all gradients
 *           select              the number looked at, by its name below: a..., d..., gw..., gb...;
 *                               or spoiled, which is the gradient that is shown wrong
 *           secret              the neuron whose delta is not shown: o1, h2 ...; none
 *           seed                of the weights
 *           eta, step           so many steps of gradient descent on this sample
 *           measure             the gradient looked at by a difference of costs
 *           spoil               0: none; else a gradient is shown wrong: which, hangs on the number
 *           accuse              says that the gradient looked at is the wrong one
 *   figures zh1 ah1 dh1, zo1 ao1 do1 ...  z, a and delta of hidden neuron 1, of output 1
 *           wh12 gwh12          of the weight into hidden neuron 1 from input 2: itself, its
 *                               gradient as it is shown; wo12 into outputs; bh1 gbh1 biases
 *           cost, cost-left     now, and in percent of what it was as the page began
 *           slope-o1            sigma'(z) of output 1
 *           numeric             of the number looked at, once it was measured
 *           measured            how many different ones were
 *           wrong, accused      the spoiled gradient and the accused one, from 1; 0: none
 */
#ifndef APP_STAGE_BACKPROP_STAGE_H
#define APP_STAGE_BACKPROP_STAGE_H

#include "app/stage/stage.h"
#include "lesson/backprop.h"

enum backprop_phase {
    BACKPROP_FORWARD,
    BACKPROP_ERROR,
    BACKPROP_BACK,
    BACKPROP_GRADIENTS,
    BACKPROP_PHASES,
};

enum backprop_what { BACKPROP_NOTHING, BACKPROP_A, BACKPROP_DELTA, BACKPROP_GRADIENT };

/* A number that is looked at. */
struct backprop_choice {
    enum backprop_what what;
    int number; /* of the neuron, or of the parameter */
};

struct backprop_stage {
    struct stage stage;
    struct backprop *backprop;
    float x[BACKPROP_IN], y[BACKPROP_OUT];
    enum backprop_phase phase;
    struct backprop_choice choice;
    int secret; /* a neuron; -1: none */
    double eta, start_cost;
    uint64_t seed;
    int spoil, spoiled, accused; /* parameters; -1: none */
    bool was_measured[BACKPROP_PARAMS];
    double numeric;
    struct backprop_pass pass; /* kept up to date */
};

extern const struct stage_kind backprop_stage_kind;

/* The gradient as it is shown: the spoiled one is not its own. */
double backprop_stage_gradient(const struct backprop_stage *stage, int param);

/* "ao1", "dh2", "gwo12", "gbh3". Returns name. */
enum { BACKPROP_NAME_MAX = 12 };
char *backprop_stage_name(struct backprop_choice choice, char name[BACKPROP_NAME_MAX]);

#endif
