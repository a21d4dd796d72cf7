/* flow_stage.h -- the book's network 784-30-10, and a picture on its way through it: the drawing on
 * the canvas, or an image.
 *
 *   set     image               which image, 1 to `images`
 *           drawing             1: the drawing on the canvas, where there is one
 *           neuron              the hidden neuron that is looked at, 1 to 30
 *           output              the output whose connections stand out, 0 to 9; -1: the answer
 *           show                what the picture is of: 0 all of the network, 1 one neuron
 *   figures answer-digit        what the network reads
 *           sure                the output that is largest
 *           awake               how many hidden neurons are above 0.5
 *           weights, biases     how many the network has
 *           sum, bias, out      of the hidden neuron: its z, its bias and its activation
 *           inputs              z without the bias
 *           push                its activation times its weight to the output that stands out
 *           strongest           the hidden neuron, from 1, that pushes that output up the most
 *           lines               connections that lead to that output
 */
#ifndef APP_STAGE_FLOW_STAGE_H
#define APP_STAGE_FLOW_STAGE_H

#include "app/stage/stage.h"
#include "app/stage/stage_images.h"
#include "lesson/forward.h"

enum { FLOW_IMAGES = 100 };
enum flow_show { FLOW_WHOLE, FLOW_NEURON, FLOW_SHOWS };

struct flow_stage {
    struct stage stage;
    struct forward forward;
    struct stage_images images;
    int image;  /* from 0 */
    int neuron; /* from 0 */
    int output; /* -1: the answer */
    enum flow_show show;
    bool wants_drawing;
    bool has_drawing;       /* the canvas has one: */
    float drawing[FIT_LEN]; /* this */

    /* Of all hidden neurons, kept from the start, and of the one that is looked at. */
    float weights[FORWARD_HIDDEN_MAX][FIT_LEN], bias[FORWARD_HIDDEN_MAX];
    float product[FIT_LEN]; /* weight times input */
    int awake;
};

/* Whether the drawing is what flows. */
bool flow_stage_is_drawing(const struct flow_stage *stage);

/* The output whose connections stand out. */
int flow_stage_output(const struct flow_stage *stage);

extern const struct stage_kind flow_stage_kind;

#endif
