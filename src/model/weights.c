/* SPDX-License-Identifier: MIT */
#include "model/weights.h"

#include <math.h>
#include <stdio.h>

#include "base/err.h"
#include "base/language.h"
#include "model/safetensors.h"
#include "nn/nn.h"

enum { SHAPE_TEXT_MAX = 200 };

static void name_array(const char *prefix, const struct nn_tensor *tensor,
                       char name[SAFETENSORS_NAME_MAX])
{
    snprintf(name, SAFETENSORS_NAME_MAX, "%s%s", prefix, tensor->name);
}

void weights_list(const struct nn *net, const char *prefix, struct safetensors_array *arrays)
{
    for (int i = 0; i < nn_tensor_count(net); i++) {
        const struct nn_tensor *tensor = nn_tensor(net, i);
        char name[SAFETENSORS_NAME_MAX];
        name_array(prefix, tensor, name);
        arrays[i] = safetensors_array(name, tensor->rank, tensor->shape,
                                      nn_weights(net) + tensor->at);
    }
}

bool weights_check(const struct nn *net, const char *what, struct err *err)
{
    const float *weights = nn_weights(net);
    for (size_t i = 0; i < nn_param_len(net); i++)
        if (!isfinite(weights[i]))
            return err_set(err,
                           _("%s has weights that are not finite; lower the learning rate and "
                             "train again."),
                           what);
    return true;
}

static void write_shape(const struct safetensors_array *array, char text[SHAPE_TEXT_MAX])
{
    int at = snprintf(text, SHAPE_TEXT_MAX, "[");
    for (int i = 0; i < array->rank; i++)
        at += snprintf(text + at, (size_t)(SHAPE_TEXT_MAX - at), "%s%zu", i ? ", " : "",
                       array->shape[i]);
    snprintf(text + at, (size_t)(SHAPE_TEXT_MAX - at), "]");
}

static bool is_shape(const struct safetensors_array *array, const struct nn_tensor *tensor)
{
    if (array->rank != tensor->rank)
        return false;
    for (int i = 0; i < tensor->rank; i++)
        if (array->shape[i] != (size_t)tensor->shape[i])
            return false;
    return true;
}

static bool load_tensor(const struct safetensors *file, const struct nn_tensor *tensor,
                        const char *prefix, float *params, struct err *err)
{
    char name[SAFETENSORS_NAME_MAX], has[SHAPE_TEXT_MAX], wants[SHAPE_TEXT_MAX];
    name_array(prefix, tensor, name);
    const struct safetensors_array *array = safetensors_find(file, name);
    if (!array)
        return err_set(err,
                       _("%s lacks \"%.60s\", which its network needs; fetch it again or train "
                         "a new one."),
                       file->label, name);
    if (!is_shape(array, tensor)) {
        struct safetensors_array wanted =
            safetensors_array(name, tensor->rank, tensor->shape, NULL);
        write_shape(array, has);
        write_shape(&wanted, wants);
        return err_set(err,
                       _("%s has \"%.60s\" in the shape %.60s, and its network needs %.60s; "
                         "fetch it again or train a new one."),
                       file->label, name, has, wants);
    }
    return safetensors_floats(file, array, params + tensor->at, err);
}

struct nn *weights_load(const struct safetensors *file, const char *words, const char *prefix,
                        struct err *err)
{
    struct err why = {0};
    struct nn *net = nn_new(words, &why);
    if (!net) {
        err_set(err, _("%s holds a network that cannot be built here: %.200s"), file->label,
                why.text);
        return NULL;
    }
    bool ok = true;
    for (int i = 0; ok && i < nn_tensor_count(net); i++)
        ok = load_tensor(file, nn_tensor(net, i), prefix, nn_params(net), err);
    if (ok && weights_check(net, file->label, err))
        return net;
    nn_free(net);
    return NULL;
}
