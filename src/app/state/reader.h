/* reader.h -- reads the ink: 28x28 picture in, ten probabilities out, with the time that it took.
 *
 * The way of a drawing is ink_fit -> fit_floats -> nn_predict, here as in the commands.
 */
#ifndef APP_STATE_READER_H
#define APP_STATE_READER_H

#include <stdbool.h>
#include <stdint.h>

#include "eval/verdict.h"
#include "nn/nn.h"

struct err;
struct ink_fit;
struct kern;
struct model;

enum { READER_MAPS_MAX = 1024 };

struct answer {
    bool any;                /* false: nothing to read, and the rest is 0 */
    float probability[10];   /* they add up to 1 */
    int order[10];           /* digits, the likeliest first */
    enum verdict verdict;
    bool guess;              /* its network merely guesses, and the verdict says so */
    double microseconds;     /* from strokes to probabilities */
};

struct reader; /* a network's scratch; holds no network */

struct reader *reader_new(const struct kern *kern);
void reader_free(struct reader *reader); /* NULL is fine */

/* Who reads. Another network, or another of the numbers, means other weights. */
struct reading_by {
    const struct nn *net; /* of 784 inputs and ten outputs; NULL: nobody */
    uint64_t model;       /* the number of the model in use */
    uint64_t weights;     /* the snapshot of a run under way that reads; 0: the model in use does */
    struct verdict_rule rule; /* makes probabilities and a verdict of its outputs */
    bool guess;               /* it merely guesses */
};

/* A model, of that number, by the rule in its record; NULL: nobody. */
struct reading_by reader_by(const struct model *model, uint64_t number);

/* Reads what is in `fit`; by->net must be there. False when memory is short. */
bool reader_read(struct reader *reader, const struct reading_by *by, const struct ink_fit *fit,
                 struct answer *answer, struct err *err);

/* Whether the app can read digits with this network; if not, the sentence says why. */
bool reader_fits(const struct nn *net, struct err *err);

/* The first layer during the last reading, as pictures: for a convolution its feature maps, for a
 * dense layer on pixels what each pixel adds to a neuron. Values lie in -1 .. 1, on one scale for
 * all. The values belong to the reader until its next reading; count is 0 before the first. */
struct reader_maps {
    int count;         /* here, at most READER_MAPS_MAX */
    int total;         /* there are */
    int rows, cols;    /* of each */
    const float *values; /* [count][rows][cols] */
    bool neurons;      /* a dense layer */
};
struct reader_maps reader_first_layer(const struct reader *reader);

#endif
