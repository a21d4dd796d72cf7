/* SPDX-License-Identifier: MIT */
/* inkling info: what is in a model file. */
#include <stdio.h>
#include <string.h>

#include "base/err.h"
#include "base/files.h"
#include "base/json_text.h"
#include "base/language.h"
#include "cli/cli.h"
#include "cli/options.h"
#include "cli/show.h"
#include "model/model.h"
#include "nn/nn.h"

static const char name[] = "info";

static json_t *shape_json(struct nn_shape shape)
{
    return json_pack("[i,i,i]", shape.rows, shape.cols, shape.channels);
}

static json_t *info_json(const char *path, const struct model *model)
{
    const struct nn *net = model->net;
    json_t *layers = json_array(), *record = json_object();
    size_t params = 0, multiplications = 0;
    for (int i = 0; i < nn_layer_count(net); i++) {
        const struct nn_layer *layer = nn_layer(net, i);
        json_array_append_new(layers,
                              json_pack("{s:s,s:o,s:o,s:I,s:I}", "words", layer->words, "in",
                                        shape_json(layer->in), "out", shape_json(layer->out),
                                        "params", (json_int_t)layer->params, "multiplications",
                                        (json_int_t)layer->multiplications));
        params += layer->params;
        multiplications += layer->multiplications;
    }
    for (int i = 0; i < model->record.count; i++)
        json_object_set_new(record, model->record.items[i].key,
                            json_string(model->record.items[i].value));
    return json_pack("{s:o,s:s,s:s,s:s,s:I,s:I,s:o,s:o}", "file", json_any_text(path), "name",
                     model_name(model), "words", nn_words(net), "input", model_input(net),
                     "params", (json_int_t)params, "multiplications",
                     (json_int_t)multiplications, "layers", layers, "record", record);
}

static void print_layers(const struct nn *net)
{
    size_t params = 0, multiplications = 0;
    printf("\n   layer                                   output      learnt  multiplications\n");
    for (int i = 0; i < nn_layer_count(net); i++) {
        const struct nn_layer *layer = nn_layer(net, i);
        char shape[40];
        if (layer->out.rows == 1 && layer->out.cols == 1)
            snprintf(shape, sizeof shape, "%d", layer->out.channels);
        else
            snprintf(shape, sizeof shape, "%dx%dx%d", layer->out.rows, layer->out.cols,
                     layer->out.channels);
        printf("%2d %-35s %10s  %10zu  %15zu\n", i + 1, layer->words, shape, layer->params,
               layer->multiplications);
        params += layer->params;
        multiplications += layer->multiplications;
    }
    printf("   %-35s %10s  %10zu  %15zu\n", "together", "", params, multiplications);
}

/* A value of several lines begins on a line of its own. */
static void print_record(const struct record *record)
{
    putchar('\n');
    for (int i = 0; i < record->count; i++) {
        const char *key = record->items[i].key, *value = record->items[i].value;
        if (!strchr(value, '\n')) {
            show_line(stdout, "%-16s%s", key, value);
            continue;
        }
        show_line(stdout, "%s", key);
        while (*value) {
            size_t len = strcspn(value, "\n");
            show_line(stdout, "  %.*s", (int)len, value);
            value += len + (value[len] == '\n');
        }
    }
}

int cli_info(int argc, char **argv, const struct kern *kern)
{
    (void)kern;
    const char *json = NULL, *trust = NULL;
    const struct option options[] = {
        {"trust", NULL, show_trust_help, &trust},
        {"json", NULL, _("print one JSON object"), &json},
    };
    struct usage usage = {
        .command = name,
        .rest = "FILE",
        .rest_least = 1,
        .rest_most = 1,
        .about =
            _("Shows what is in a model file: the network, its layers, and how it was trained."),
        .options = options,
        .option_count = 2,
    };
    int rest;
    enum options_result read = options_read(&usage, argc, argv, &rest);
    if (read != OPTIONS_READ)
        return read == OPTIONS_HELPED ? CLI_DONE : CLI_WRONG;
    struct err err;
    struct model *model = show_load_model(argv[0], trust != NULL, &err);
    if (!model)
        return show_failure(&err);
    int status = CLI_DONE;
    if (json) {
        status = show_json(info_json(argv[0], model));
    } else {
        show_line(stdout, "%s, %s", files_name(argv[0]), model_name(model));
        printf("%s\nsees %s\n", nn_words(model->net), model_input(model->net));
        print_layers(model->net);
        print_record(&model->record);
    }
    model_free(model);
    return status;
}
