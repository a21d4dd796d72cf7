/* activations.h -- what each layer of the network that reads makes of the picture on the canvas,
 * the strongest of its weights between neurons, the arithmetic of any one of them, and which ink
 * spoke for and against each digit.
 */
#ifndef APP_STATE_ACTIVATIONS_H
#define APP_STATE_ACTIVATIONS_H

#include <stdbool.h>
#include <stdint.h>

#include "app/state/reader.h"
#include "eval/attribution.h"
#include "ink/fit.h"
#include "nn/nn.h"

enum {
    ACTIVATIONS_LINES_MAX = 1000, /* that are kept between two layers */
    NEURON_LARGEST = 5,           /* terms that are told one by one */
};

/* A weight between two neurons of layers that follow one another. */
struct activations_line {
    int from, to; /* places in the layer before, and in this one */
    float weight;
};

/* The arithmetic of one neuron: z = bias + sum of weight * x, then a. */
struct neuron_sum {
    int layer, place;
    int count;                   /* of its terms; 0: its layer has no weights, and only a is told */
    const struct nn_term *terms; /* [count], in the order of their places */
    float bias;
    double z;
    float a;                     /* what the network made of it */
    int largest[NEURON_LARGEST]; /* the terms that weigh most, whatever their sign, first to last */
    int largest_count;
    double others; /* the sum of all the others */
};

/* From zeros. */
struct activations {
    const struct nn *net; /* NULL: nobody reads, and nothing else is told */
    int layers;
    bool any;               /* there is ink; without, it is the empty picture that is told of */
    struct attribution ink; /* gradient times input; all 0 without ink */

    /* Its own. */
    struct reading_by by; /* what the values go by, and */
    uint8_t pixels[FIT_LEN];
    char words[NN_WORDS_MAX]; /* of the network that `work` suits */
    struct nn_work *work;
    struct attributor *attributor;
    float *values; /* the picture, then the layers */
    size_t room, at[NN_LAYERS_MAX + 1];
    struct activations_line *lines[NN_LAYERS_MAX]; /* [line_count], the strongest first */
    int line_count[NN_LAYERS_MAX];
    struct nn_term *terms;
    size_t term_room;
};

void activations_end(struct activations *activations); /* frees what it holds */

/* Runs the network anew where the picture or the network, by its numbers, is another. False, and
 * nothing is told, where memory is short. */
bool activations_update(struct activations *activations, const struct kern *kern,
                        const struct reading_by *by, const struct ink_fit *fit);

/* The output of a layer, shaped as nn_layer(i)->out; of -1 the picture. */
const float *activations_of(const struct activations *activations, int layer);

/* Whether a layer and the one before it (-1: the picture) are plain rows of neurons, between which
 * there are lines. */
bool activations_has_lines(const struct activations *activations, int layer);

/* The arithmetic of the neuron at that place of the layer's output. The terms last until the next
 * call. False where memory is short. */
bool activations_sum(struct activations *activations, int layer, int place, struct neuron_sum *sum);

#endif
