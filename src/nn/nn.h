/* nn.h -- a feed-forward network: build it, run it, teach it, copy it.
 *
 * A network comes in two halves so that one set of weights can serve several threads at once:
 *
 *   struct nn       the layers and their weights; only an optimiser's step changes it
 *   struct nn_work  everything a pass scribbles on; one per thread
 *
 * Samples are rows of nn_in_len() floats, packed; answers are rows of nn_out_len() floats. An image
 * is row by row, and within a pixel channel by channel (NHWC).
 *
 * All weights lie in one array of nn_param_len() floats, so that a copy is one memcpy, a save one
 * write and a step one loop. nn_tensor() says what stands where in it. Layouts:
 *
 *   dense  weight [in][out]              bias [out]
 *   conv   weight [row][col][in][out]    bias [out]     (a layer with batch norm has no bias)
 *   norm   scale, shift, mean, variance, each [channels]
 *
 * A network in words is a list of layers separated by commas (or semicolons, or new lines):
 *
 *   input 28x28            the shape of a sample: ROWSxCOLS, ROWSxCOLSxCHANNELS or a count.
 *                          May be left out, and is then 28x28
 *   dense 30 sigmoid       count, then an activation
 *   conv 16 5x5 stride 2 pad 2 norm relu
 *                          count, kernel, then stride (1), pad (0), batch norm (none), activation
 *   maxpool 2              size; `maxpool 3 stride 2` where the step is not the size
 *   dropout 0.5            the part that is dropped while training
 *
 * Activations: step, sigmoid, tanh, relu, softmax (as the last alone); without one, or with
 * `linear`, the sums go on as they are. `norm` may follow a dense layer's count too. 784-30-10 is
 * short for `input 784, dense 30 sigmoid, dense 10 sigmoid`; other dashes, spaces, commas or an x
 * do in its place, and brackets around it, as in [784, 30, 10].
 */
#ifndef NN_NN_H
#define NN_NN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct err;
struct kern;
struct nn;
struct nn_work;

enum {
    NN_WORDS_MAX = 1024,        /* bytes of a network's words, with the zero at the end */
    NN_LAYERS_MAX = 64,
    NN_WIDTH_MAX = 1 << 20,     /* floats of one layer's output for one sample */
    NN_PARAMS_MAX = 64 << 20,   /* floats of all weights */
    NN_EFFORT_MAX = 1 << 30,    /* multiplications, or what takes as long, for one sample: some
                                 * tenths of a second; seconds in plain C */
    NN_READING_MAX = 128 << 20, /* floats of scratch for one sample */
    NN_WORK_MAX = 256 << 20,    /* floats of any struct nn_work; and */
    NN_WORKS_MAX = 1 << 30,     /* of all that train or read together, which whoever makes them
                                 * counts */
};

/* ---- building ------------------------------------------------------------------------------ */

/* Builds a network from words, all weights zero. NULL, with a sentence that quotes the wrong word,
 * or the layer that passes one of the limits above, and says what would be right there. */
struct nn *nn_new(const char *words, struct err *err);
struct nn *nn_copy(const struct nn *net, struct err *err);
void nn_free(struct nn *net); /* NULL is fine */

/* A network without batch norm that predicts the same but for rounding: the norms' running means
 * and variances go into the weights and biases of the layers before them. NULL: no memory. */
struct nn *nn_fold(const struct nn *net, struct err *err);

/* How weights start. */
enum nn_start {
    NN_START_BOOK, /* weights and biases from a standard normal, as in the book's network.py */
    NN_START_AUTO, /* He (2015) before relu, Glorot (2010) elsewhere, biases 0 */
};
void nn_init(struct nn *net, enum nn_start start, uint64_t seed);

/* ---- looking ------------------------------------------------------------------------------- */

struct nn_shape {
    int rows, cols, channels; /* a dense layer's output is 1 x 1 x count */
};

static inline int nn_shape_len(struct nn_shape shape)
{
    return shape.rows * shape.cols * shape.channels;
}

/* One layer as a person counts them: a dense or conv layer together with its norm and activation.
 */
struct nn_layer {
    char words[64];       /* "conv 16 5x5 stride 2 norm relu" */
    struct nn_shape in, out;
    size_t params;        /* floats that it learns */
    size_t multiplications; /* for one sample */
};

enum nn_role {
    NN_WEIGHT, /* learnt; decays */
    NN_BIAS,   /* learnt; does not decay (biases, batch norm's scale and shift) */
    NN_STAT,   /* not learnt by gradient: batch norm's running mean and variance */
};

struct nn_tensor {
    char name[32];     /* "1.weight": the layer's number, counted from 1, and what it is */
    enum nn_role role;
    int rank, shape[4];
    size_t at, len;    /* the floats [at, at + len) of nn_params() */
};

const char *nn_words(const struct nn *net); /* in their one canonical form; lives as long as net */
struct nn_shape nn_in_shape(const struct nn *net);
int nn_in_len(const struct nn *net);
int nn_out_len(const struct nn *net);
int nn_layer_count(const struct nn *net);
const struct nn_layer *nn_layer(const struct nn *net, int i);
int nn_tensor_count(const struct nn *net);
const struct nn_tensor *nn_tensor(const struct nn *net, int i);
size_t nn_param_len(const struct nn *net);
float *nn_params(struct nn *net);
const float *nn_weights(const struct nn *net); /* the same array, to be read */

/* Whether gradient descent can teach it; if not, the sentence says why (a step has no slope). */
bool nn_can_learn(const struct nn *net, struct err *err);

/* ---- running ------------------------------------------------------------------------------- */

/* Scratch for passes of at most max_count samples through `net` or any network of the same words.
 * With `learning` it has room for gradients too. `kern` must outlive it. NULL, with a sentence:
 * it would pass NN_WORK_MAX, or memory is short. */
struct nn_work *nn_work_new(const struct nn *net, const struct kern *kern, int max_count,
                            bool learning, struct err *err);
void nn_work_free(struct nn_work *work); /* NULL is fine */

/* The floats that it would take, for those who need several. */
size_t nn_work_len(const struct nn *net, const struct kern *kern, int max_count, bool learning);

/* Runs `count` samples. The answer, [count][out_len], belongs to `work` and lasts until its next
 * use. Safe on several threads at once, each with its own `work`. */
const float *nn_predict(const struct nn *net, struct nn_work *work, const float *x, int count);

/* From now on `work` keeps the weights of `net` in the order that its kernels want, so that what
 * reads sample by sample need not sort them each time (without, the built-in model takes 1.3 times
 * as long). Until the next call the weights may not change, nor the network be freed; nn_gradient
 * ends it. */
void nn_pack(const struct nn *net, struct nn_work *work);

/* The answers of the last pass, of nn_predict or nn_gradient, [count][out_len]. */
const float *nn_answers(const struct nn *net, const struct nn_work *work);

/* Runs one sample as far as layer i, and returns its output, shaped as nn_layer(i)->out says. It
 * belongs to `work` and lasts until its next use. */
const float *nn_layer_out(const struct nn *net, struct nn_work *work, const float *x, int i);

/* ---- one neuron -----------------------------------------------------------------------------
 *
 * z = bias + sum over its terms of weight * x[from], where x is what the layer is given; then the
 * activation makes of it what nn_layer_out gives at its place. Batch norm, as it predicts, stands
 * in the weights and the bias. */
struct nn_term {
    int from;     /* the place of x: [row][col][channel], flat */
    float weight;
};

/* The neuron at place `place` of nn_layer(i)->out. Writes at most `room` of its terms, in the order
 * of their places, and returns how many there are: 0 for a layer without weights. A window of a
 * conv that leaves the picture has fewer. */
int nn_neuron(const struct nn *net, int i, int place, struct nn_term *terms, int room, float *bias);

/* Its weight on the input at `from`, as nn_neuron tells it. False: it has no such input. */
bool nn_weight(const struct nn *net, int i, int place, int from, float *weight);

/* Gives it that weight on its input at `from`, or that bias, as nn_neuron tells them. The neurons
 * of a map share both, so that all of them change. Whoever has packed the weights packs them anew.
 * False, and nothing changed, where it has no such input, or no bias of its own; or where batch
 * norm multiplies by 0. */
bool nn_set_weight(struct nn *net, int i, int place, int from, float weight);
bool nn_set_bias(struct nn *net, int i, int place, float bias);

/* "sigmoid", "relu", "softmax" ...; "" where z is what comes out. */
const char *nn_activation(const struct nn *net, int i);

/* ---- what an answer hangs on -------------------------------------------------------------------
 *
 * z are the sums of the last layer, before its activation, [out_len]. All here is as the network
 * predicts: nothing is dropped, and batch norm uses its running mean and variance. */

/* As nn_predict, but gives z, [count][out_len]. */
const float *nn_sums(const struct nn *net, struct nn_work *work, const float *x, int count);

/* What the last layer is given in the last pass of nn_predict or nn_sums, [count][*len]: what the
 * last hidden layer makes of `x`, or x itself where there is none. */
const float *nn_last_hidden(const struct nn *net, const struct nn_work *work, const float *x,
                            int *len);

/* One sample forward, layer by layer, for nn_slopes after it. Gives z, which belongs to `work`. */
const float *nn_begin_slopes(const struct nn *net, struct nn_work *work, const float *x);

/* Back to the sample of nn_begin_slopes: dx[row] = sum over j of dz[row][j] * (d z_j / d x), for
 * `rows` rows of dz [out_len] and of dx [in_len]. `work` has room for
 * learning and for as many samples as there are rows. Where a slope is not there (relu at 0, equals
 * in a maxpool) it is that of learning; step has none, and lets nothing through. */
void nn_slopes(const struct nn *net, struct nn_work *work, const float *x, const float *dz,
               int rows, float *dx);

/* ---- learning ------------------------------------------------------------------------------ */

enum nn_cost {
    NN_QUADRATIC,     /* 1/2 sum (a - y)^2 */
    NN_CROSS_ENTROPY, /* softmax: -sum y ln a;  sigmoid: -sum y ln a + (1 - y) ln (1 - a) */
};
const char *nn_cost_name(enum nn_cost cost);
bool nn_cost_parse(const char *name, enum nn_cost *cost, struct err *err);

/* Cross-entropy needs answers between 0 and 1: a last layer of softmax or sigmoid. */
bool nn_cost_fits(const struct nn *net, enum nn_cost cost, struct err *err);

/* Whether no answer can be below 0: after softmax, sigmoid, relu and step. */
bool nn_never_negative(const struct nn *net);

/* The cost of one answer, [out_len]; y is the wanted one. */
double nn_cost_of(const struct nn *net, enum nn_cost cost, const float *answer, const float *y);

/* One pass forward and back over `count` samples: x [count][in_len], wanted answers y
 * [count][out_len]. Returns the sum of their costs, and leaves in nn_work_gradient(work) the sum
 * over the samples of d cost / d weight. At batch norm's running mean and variance it leaves the
 * batch's own times `count`, so that summing the gradients of several works and dividing by the
 * number of samples gives the right mean of everything. Batch norm looks at these `count` samples
 * only (Hoffer et al. 2017, ghost batch norm). Dropout draws from `seed`. */
double nn_gradient(const struct nn *net, struct nn_work *work, enum nn_cost cost, const float *x,
                   const float *y, int count, uint64_t seed);
float *nn_work_gradient(struct nn_work *work); /* [param_len] */

#endif
