/* SPDX-License-Identifier: MIT */
/* inkling predict: reads pictures of a digit. */
#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <string.h>

#include "base/clock.h"
#include "base/err.h"
#include "base/files.h"
#include "base/json_text.h"
#include "base/language.h"
#include "cli/cli.h"
#include "cli/options.h"
#include "cli/show.h"
#include "eval/verdict.h"
#include "ink/fit.h"
#include "model/model.h"
#include "nn/nn.h"
#include "sys/picture.h"
#include "train/rule.h"

static const char name[] = "predict";

struct wishes {
    const char *model, *trust, *json, *quiet;
};

/* What it takes to read one picture after the other. */
struct job {
    const struct wishes *wishes;
    const struct model *model;
    struct nn_work *work;
    int shown; /* pictures that were read */
    int status;
};

/* What was read from one picture. */
struct reading {
    bool any;     /* false: there is no ink in it */
    bool several; /* there is more than one digit, and the largest was read */
    struct verdict_probabilities answer;
    enum verdict verdict;
    bool guess; /* the model merely guesses */
};

static enum options_result read_wishes(int argc, char **argv, struct wishes *w, int *count)
{
    const struct option options[] = {
        {"model", "FILE", show_model_help, &w->model},
        {"trust", NULL, show_trust_help, &w->trust},
        {"json", NULL, N_("print one JSON object"), &w->json},
        {"quiet", NULL, N_("no notes"), &w->quiet},
    };
    struct usage usage = {
        .command = name,
        .rest = "IMAGE...",
        .rest_least = 1,
        .rest_most = INT_MAX,
        .about =
            _("Reads pictures of one digit each: PNG, JPEG or BMP, of any size, dark on light or\n"
              "light on dark. Where - stands for a picture, their names are read from "
              "standard\ninput, one "
              "on a line: find . -name '*.png' | inkling predict -"),
        .options = options,
        .option_count = sizeof options / sizeof options[0],
    };
    return options_read(&usage, argc, argv, count);
}

static void tell_slow(const struct job *job, double seconds)
{
    char text[100];
    if (job->shown > 0 || seconds < VERDICT_SLOW_SECONDS)
        return;
    snprintf(text, sizeof text, _("This model takes %.1f s to read a picture."), seconds);
    show_note(job->wishes->quiet != NULL, text);
}

static bool read_picture(const struct job *job, const char *path, struct reading *reading,
                         struct err *err)
{
    const struct model *model = job->model;
    struct picture picture;
    struct ink_fit fit;
    if (!picture_load(path, &picture, err))
        return false;
    bool ok = ink_fit_picture(picture.grey, picture.rows, picture.cols, picture.cols, &fit, err);
    picture_free(&picture);
    if (!ok)
        return false;
    reading->any = fit.any;
    reading->several = fit.several;
    float x[FIT_LEN];
    fit_floats(fit.pixels, 1, x);
    struct verdict_rule rule = rule_read(&model->record);
    double begin = clock_seconds();
    const float *out = nn_predict(model->net, job->work, x, 1);
    tell_slow(job, clock_seconds() - begin);
    reading->answer = verdict_read(model->net, out, rule.temperature);
    reading->guess = reading->any && rule_guesses(&model->record);
    reading->verdict = VERDICT_NO_DIGIT;
    if (reading->any && !reading->several)
        reading->verdict = verdict_judge(&rule, &reading->answer);
    if (reading->guess && !reading->several)
        reading->verdict = verdict_of_guess(reading->verdict);
    return true;
}

static json_t *reading_json(const char *path, const struct reading *reading)
{
    if (!reading->any)
        return json_pack("{s:o,s:n,s:f,s:n,s:b,s:s,s:n,s:b}", "file", json_any_text(path), "digit",
                         "confidence", 0.0, "probabilities", "sure", 0, "verdict",
                         verdict_name(reading->verdict, false), "or", "several", 0);
    const struct verdict_probabilities *answer = &reading->answer;
    json_t *probabilities = json_array();
    for (int i = 0; i < 10; i++)
        json_array_append_new(probabilities, json_real((double)answer->of[i]));
    float confidence = answer->of[answer->best];
    bool two = reading->verdict == VERDICT_DOUBTFUL;
    return json_pack("{s:o,s:i,s:f,s:o,s:b,s:s,s:o,s:b}", "file", json_any_text(path), "digit",
                     answer->best, "confidence", (double)confidence, "probabilities", probabilities,
                     "sure", reading->verdict == VERDICT_SURE && !reading->guess, "verdict",
                     verdict_name(reading->verdict, reading->guess), "or",
                     two ? json_integer(answer->second) : json_null(), "several", reading->several);
}

static void print_reading(const char *path, const struct reading *reading)
{
    const struct verdict_probabilities *answer = &reading->answer;
    if (!reading->any) {
        show_line(stdout, _("%s: no ink"), path);
        return;
    }
    struct verdict_percent best = verdict_percent((double)answer->of[answer->best]);
    struct verdict_percent second = verdict_percent((double)answer->of[answer->second]);
    struct verdict_words words =
        verdict_words(reading->verdict, reading->guess, answer->best, answer->second);
    if (reading->several)
        show_line(stdout, _("%s: several digits? (the largest is nearest to %d, %s)"), path,
                  answer->best, best.text);
    else if (reading->verdict == VERDICT_SURE)
        show_line(stdout, "%s: %s (%s)", path, words.text, best.text);
    else if (reading->verdict == VERDICT_DOUBTFUL)
        show_line(stdout, "%s: %s (%s and %s)", path, words.text, best.text, second.text);
    else
        show_line(stdout, "%s: %s (nearest %d, %s)", path, words.text, answer->best, best.text);
}

/* One picture; where it cannot be read, its sentence goes to stderr. */
static void predict(struct job *job, const char *path)
{
    struct err err;
    struct reading reading;
    if (!read_picture(job, path, &reading, &err)) {
        job->status = show_failure(&err);
        return;
    }
    if (job->shown > 0 && job->wishes->json)
        fputc(',', stdout);
    if (!job->wishes->json)
        print_reading(path, &reading);
    else if (!show_json_part(reading_json(path, &reading)))
        job->status = CLI_FAILED;
    job->shown++;
}

/* Takes a line off standard input, without its end, as far as there is room; *len is how long it
 * is. False: there are no more. */
static bool read_line(char line[FILES_PATH_MAX], size_t *len)
{
    int c = getc(stdin);
    if (c == EOF)
        return false;
    for (*len = 0; c != '\n' && c != EOF; c = getc(stdin), ++*len)
        if (*len < FILES_PATH_MAX - 1)
            line[*len] = (char)c;
    line[*len < FILES_PATH_MAX ? *len : FILES_PATH_MAX - 1] = 0;
    return true;
}

/* The next line that can be a name. What cannot is said and left out. False: there are no more. */
static bool next_name(char line[FILES_PATH_MAX], struct job *job)
{
    size_t len;
    struct err err;
    while (errno = 0, read_line(line, &len)) {
        if (len > 0 && len == strlen(line))
            return true;
        if (len == 0)
            continue;
        if (strlen(line) < FILES_PATH_MAX - 1)
            err_set(&err,
                    _("A line that begins with %.40s has a zero byte in it; give one name on a "
                      "line, as `find -print` does."),
                    line);
        else
            err_set(&err, _("A line that begins with %.40s is too long for the name of a picture."),
                    line);
        job->status = show_failure(&err);
    }
    if (ferror(stdin)) {
        err_set(&err, _("The names of pictures cannot be read from standard input: %s."),
                errno == EBADF ? _("it is closed") : strerror(errno));
        job->status = show_failure(&err);
    }
    return false;
}

/* Each answer is sent on its way, for whoever waits for it to give the next name. */
static void predict_listed(struct job *job)
{
    char line[FILES_PATH_MAX];
    while (!ferror(stdout) && next_name(line, job)) {
        predict(job, line);
        fflush(stdout);
    }
}

/* One after the other, so that there may be any number of them. */
static int predict_all(struct job *job, int count, char **paths)
{
    if (job->wishes->json) {
        fputs("{\"model\":", stdout);
        show_json_part(json_string(model_name(job->model)));
        fputs(",\"predictions\":[", stdout);
    }
    for (int i = 0; i < count && !ferror(stdout); i++) {
        if (strcmp(paths[i], "-") == 0)
            predict_listed(job);
        else
            predict(job, paths[i]);
    }
    if (job->wishes->json)
        puts("]}");
    return job->status;
}

int cli_predict(int argc, char **argv, const struct kern *kern)
{
    struct wishes w = {0};
    int count;
    enum options_result read = read_wishes(argc, argv, &w, &count);
    if (read != OPTIONS_READ)
        return read == OPTIONS_HELPED ? CLI_DONE : CLI_WRONG;
    struct err err;
    struct model *model = show_load_model(w.model, w.trust != NULL, &err);
    if (!model)
        return show_failure(&err);
    int status;
    struct nn_work *work = NULL;
    if (nn_in_len(model->net) != FIT_LEN || nn_out_len(model->net) != 10) {
        err_set(&err, _("The model %s does not read digits: it takes %d numbers and gives %d."),
                model_name(model), nn_in_len(model->net), nn_out_len(model->net));
        status = show_failure(&err);
    } else if (!(work = nn_work_new(model->net, kern, 1, false, &err))) {
        status = show_failure(&err);
    } else {
        nn_pack(model->net, work);
        struct job job = {.wishes = &w, .model = model, .work = work};
        status = predict_all(&job, count, argv);
    }
    nn_work_free(work);
    model_free(model);
    return status;
}
