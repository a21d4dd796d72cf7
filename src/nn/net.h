/* net.h -- the insides of struct nn, for nn/ alone. What nn.h promises of building a network and
 * looking at it is in net.c; each other part of it has a file of its own.
 */
#ifndef NN_NET_H
#define NN_NET_H

#include "nn/layer.h"

enum { LAYERS_MAX = 3 * NN_LAYERS_MAX, TENSORS_MAX = 6 * NN_LAYERS_MAX };

struct nn {
    char words[NN_WORDS_MAX];
    struct layer layers[LAYERS_MAX];
    int layer_count;
    struct nn_layer units[NN_LAYERS_MAX]; /* as people count layers */
    int unit_count;
    struct nn_tensor tensors[TENSORS_MAX];
    int tensor_count;
    float *params;
    size_t param_len;
    size_t effort; /* multiplications, or what takes as long, for one sample */
};

#endif
