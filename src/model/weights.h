/* weights.h -- a network's weights as the arrays of a safetensors file, for models and checkpoints.
 */
#ifndef MODEL_WEIGHTS_H
#define MODEL_WEIGHTS_H

#include <stdbool.h>

struct err;
struct nn;
struct safetensors;
struct safetensors_array;

/* Leaves one array for each tensor of the network, nn_tensor_count() of them, named `prefix` and
 * the tensor's name. The data is borrowed from the network. */
void weights_list(const struct nn *net, const char *prefix, struct safetensors_array *arrays);

/* Whether all weights are finite; `what` is what the sentence calls the network. */
bool weights_check(const struct nn *net, const char *what, struct err *err);

/* Builds the network of these words with the weights from the file. NULL, with a sentence, when the
 * words make no network, or arrays are missing, of a wrong shape or not finite. */
struct nn *weights_load(const struct safetensors *file, const char *words, const char *prefix,
                        struct err *err);

#endif
