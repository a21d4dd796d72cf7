/* SPDX-License-Identifier: MIT */
/* inkling predict: reads pictures of a digit. */
#include <stdio.h>

#include "base/err.h"
#include "cli/cli.h"
#include "cli/options.h"
#include "cli/show.h"
#include "ink/fit.h"
#include "model/model.h"
#include "nn/nn.h"
#include "sys/picture.h"
#include "train/answer.h"

static const char name[] = "predict";

struct wishes {
    const char *model, *json, *quiet;
};

/* What was read from one picture. */
struct reading {
    bool any; /* false: there is no ink in it */
    struct answer_probabilities answer;
    enum answer_verdict verdict;
};

static enum options_result read_wishes(int argc, char **argv, struct wishes *w, int *count)
{
    const struct option options[] = {
        {"model", "FILE", "the model to read with; else the one that is built in", &w->model},
        {"json", NULL, "print one JSON object", &w->json},
        {"quiet", NULL, "no notes", &w->quiet},
    };
    struct usage usage = {
        .command = name,
        .rest = "IMAGE...",
        .rest_least = 1,
        .rest_most = OPTIONS_REST_MAX,
        .about =
            "Reads pictures of one digit each: PNG, JPEG or BMP, of any size, dark on light or\nlight "
            "on dark.",
        .options = options,
        .option_count = sizeof options / sizeof options[0],
    };
    return options_read(&usage, argc, argv, count);
}

static bool read_picture(const struct model *model, struct nn_work *work, const char *path,
                         struct reading *reading, struct err *err)
{
    struct picture picture;
    struct ink_fit fit;
    if (!picture_load(path, &picture, err))
        return false;
    bool ok = ink_fit_picture(picture.grey, picture.rows, picture.cols, picture.cols, &fit, err);
    picture_free(&picture);
    if (!ok)
        return false;
    reading->any = fit.any;
    float x[FIT_LEN];
    fit_floats(fit.pixels, 1, x);
    struct answer_rule rule = answer_rule_read(&model->record);
    reading->answer = answer_read(model->net, nn_predict(model->net, work, x, 1), rule.temperature);
    reading->verdict = reading->any ? answer_judge(&rule, &reading->answer) : ANSWER_NO_DIGIT;
    return true;
}

static json_t *reading_json(const char *path, const struct reading *reading)
{
    if (!reading->any)
        return json_pack("{s:o,s:n,s:f,s:n,s:b,s:s,s:n}", "file", show_string(path), "digit",
                         "confidence", 0.0, "probabilities", "sure", 0, "verdict",
                         answer_verdict_name(reading->verdict), "or");
    const struct answer_probabilities *answer = &reading->answer;
    json_t *probabilities = json_array();
    for (int i = 0; i < 10; i++)
        json_array_append_new(probabilities, json_real((double)answer->of[i]));
    float confidence = answer->of[answer->best];
    bool two = reading->verdict == ANSWER_DOUBTFUL;
    return json_pack("{s:o,s:i,s:f,s:o,s:b,s:s,s:o}", "file", show_string(path), "digit",
                     answer->best, "confidence", (double)confidence, "probabilities", probabilities,
                     "sure", reading->verdict == ANSWER_SURE, "verdict",
                     answer_verdict_name(reading->verdict), "or",
                     two ? json_integer(answer->second) : json_null());
}

static void print_reading(const char *path, const struct reading *reading)
{
    const struct answer_probabilities *answer = &reading->answer;
    if (!reading->any) {
        show_line(stdout, "%s: no ink", path);
        return;
    }
    double percent = 100 * (double)answer->of[answer->best];
    if (reading->verdict == ANSWER_SURE)
        show_line(stdout, "%s: %d (%.1f %%)", path, answer->best, percent);
    else if (reading->verdict == ANSWER_DOUBTFUL)
        show_line(stdout, "%s: %d or %d? (%.1f %% and %.1f %%)", path, answer->best,
                  answer->second, percent, 100 * (double)answer->of[answer->second]);
    else
        show_line(stdout, "%s: no digit? (nearest %d, %.1f %%)", path, answer->best, percent);
}

/* All pictures, also when one of them cannot be read: its sentence goes to stderr. */
static int read_all(const struct wishes *w, const struct model *model, struct nn_work *work,
                    int count, char **paths)
{
    int status = CLI_DONE;
    json_t *predictions = json_array();
    for (int i = 0; i < count; i++) {
        struct err err;
        struct reading reading;
        if (!read_picture(model, work, paths[i], &reading, &err))
            status = show_failure(&err);
        else if (w->json)
            json_array_append_new(predictions, reading_json(paths[i], &reading));
        else
            print_reading(paths[i], &reading);
    }
    if (!w->json) {
        json_decref(predictions);
        return status;
    }
    int shown =
        show_json(json_pack("{s:s,s:o}", "model", model_name(model), "predictions", predictions));
    return status != CLI_DONE ? status : shown;
}

int cli_predict(int argc, char **argv, const struct kern *kern)
{
    struct wishes w = {0};
    int count;
    enum options_result read = read_wishes(argc, argv, &w, &count);
    if (read != OPTIONS_READ)
        return read == OPTIONS_HELPED ? CLI_DONE : CLI_WRONG;
    struct err err;
    struct model *model = show_load_model(w.model, &err);
    if (!model)
        return show_failure(&err);
    int status;
    struct nn_work *work = NULL;
    if (nn_in_len(model->net) != FIT_LEN || nn_out_len(model->net) != 10) {
        err_set(&err, "The model %s does not read digits: it takes %d numbers and gives %d.",
                model_name(model), nn_in_len(model->net), nn_out_len(model->net));
        status = show_failure(&err);
    } else if (!(work = nn_work_new(model->net, kern, 1, false, &err))) {
        status = show_failure(&err);
    } else {
        status = read_all(&w, model, work, count, argv);
    }
    nn_work_free(work);
    model_free(model);
    return status;
}
