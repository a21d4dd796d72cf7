/* layer.h -- what every kind of layer is to the rest of nn/: sizes, a pass forward, a pass back.
 *
 * Inside, a network is a chain of simple layers: `conv 16 5x5 norm relu` is a conv, a norm and an
 * activation. Each kind has a file of its own with one struct layer_ops. Only nn/ includes this.
 *
 * A layer never owns weights or scratch: it is handed its part of the one array of weights, and its
 * part of a nn_work's scratch, its memo, which keeps what it writes from a forward pass to the
 * backward pass that follows.
 */
#ifndef NN_LAYER_H
#define NN_LAYER_H

#include "kern/kern.h"
#include "nn/nn.h"

struct layer;

/* What a pass needs to know beside the numbers. */
struct pass {
    const struct kern *kern;
    int count;     /* samples */
    bool packed;   /* this layer's memo holds its weights as the kernels want them */
    bool learning; /* dropout drops, batch norm looks at the batch */
    uint64_t seed; /* for dropout, which draws from it by the number of its unit */
};

struct layer_ops {
    const char *name;
    bool in_place; /* y is x: the layer overwrites its input, and in the pass back dx is dy */

    /* How many floats of memo passes of at most `count` samples need. */
    size_t (*memo_len)(const struct layer *layer, const struct kern *kern, int count,
                       bool learning);

    /* x [count][in] -> y [count][out] */
    void (*forward)(const struct layer *layer, const struct pass *pass, const float *param,
                    const float *x, float *y, float *memo);

    /* dy [count][out] -> dparam (overwritten), dx [count][in] (not wanted where NULL, either).
     * x and y are those of the forward pass; dy may be overwritten. A pass that is not learning
     * wants no dparam, and goes back through what predicts: nothing is dropped, and a norm is a
     * line. */
    void (*backward)(const struct layer *layer, const struct pass *pass, const float *param,
                     const float *x, const float *y, float *memo, float *dy, float *dparam,
                     float *dx);
};

struct layer {
    const struct layer_ops *ops;
    struct nn_shape in, out;
    size_t param_at, param_len;
    const struct layer_ops *joint; /* does this layer and those after it in one go, or NULL; */
    int joint_count;               /* how many it does */
    int unit;        /* the nn_layer that it is a part of */
    bool no_bias;    /* dense, conv: a norm follows, whose shift is the bias */
    union {
        struct conv_own {
            int rows, cols, stride, pad; /* of the kernel */
        } conv;
        struct pool_own {
            int size, stride;
        } pool;
        struct dropout_own {
            float rate;
        } dropout;
        struct act_own {
            enum act_kind { ACT_STEP, ACT_SIGMOID, ACT_TANH, ACT_RELU, ACT_SOFTMAX } kind;
        } act;
    } own; /* of the layer's own kind */
};

extern const struct layer_ops conv_pool_ops; /* joint: conv, relu, maxpool 2 */
extern const struct layer_ops dense_ops, conv_ops, pool_ops, norm_ops, dropout_ops, act_ops;

/* What a norm does to channel `c` of `channels` while predicting: y = a x + b. */
struct norm_line {
    float a, b;
};
struct norm_line norm_line(const float *param, int channels, int c);

/* ---- act.c --------------------------------------------------------------------------------- */

/* An activation in place, and dy times its slope at the output y, over `count` samples of n numbers
 * that are `row` apart. What lies between may be changed too, but not from zero in dy. */
void act_run(enum act_kind kind, const struct kern *kern, int count, int n, int row, float *y);
void act_slope(enum act_kind kind, const struct kern *kern, int count, int n, int row,
               const float *y, float *dy);

/* ---- words.c ------------------------------------------------------------------------------- */

/* One layer as the words say it. */
struct layer_words {
    const struct layer_ops *ops; /* dense, conv, pool or dropout */
    int count;                   /* neurons or channels */
    union {
        struct conv_own conv;
        struct pool_own pool;
        struct dropout_own dropout;
    } own;
    bool norm, has_act;
    enum act_kind act;
};

struct net_words {
    struct nn_shape in;
    bool flat_in; /* the input was given as a count */
    int count;
    struct layer_words layers[NN_LAYERS_MAX];
};

bool words_parse(const char *words, struct net_words *net, struct err *err);

/* Writes one layer, or the whole network, in the canonical form. */
void words_print_layer(const struct layer_words *layer, char *text, size_t size);
void words_print(const struct net_words *net, char *text, size_t size);

const char *words_of_act(enum act_kind act);

#endif
