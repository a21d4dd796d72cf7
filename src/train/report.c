/* SPDX-License-Identifier: MIT */
#include "train/report.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/err.h"
#include "base/files.h"
#include "base/language.h"
#include "base/shell_quote.h"
#include "data/dataset.h"
#include "data/unipen.h"
#include "model/model.h"
#include "nn/nn.h"
#include "par/pool.h"
#include "train/rule.h"
#include "train/trainer.h"

/* Nothing, where there is no room: half a command would train something else. */
static bool add_option(char *text, const char *key, const char *value)
{
    char name[64];
    snprintf(name, sizeof name, "--%s", key);
    if (shell_quote_add(text, REPORT_COMMAND_MAX, name) &&
        shell_quote_add(text, REPORT_COMMAND_MAX, value))
        return true;
    text[0] = 0;
    return false;
}

static bool add_settings(const struct recipe *recipe, struct recipe *base, char *text)
{
    char value[RECIPE_VALUE_MAX], usual[RECIPE_VALUE_MAX];
    for (int i = 0; recipe_key(i); i++) {
        const char *key = recipe_key(i);
        recipe_get(recipe, key, value);
        recipe_get(base, key, usual);
        if (strcmp(key, "net") == 0) /* the built-in one in its canonical form */
            if (recipe_set(base, key, usual, NULL))
                recipe_get(base, key, usual);
        if (strcmp(value, usual) != 0 && !add_option(text, key, value))
            return false;
    }
    return true;
}

bool report_command(const struct report *report, char *text)
{
    const struct recipe *recipe = &report->view->recipe;
    const char *strokes = report->strokes_file ? files_name(report->strokes_file) : NULL;
    struct recipe base;
    if (!recipe_find(recipe->name, &base, NULL))
        base = *recipe_at(0);
    snprintf(text, REPORT_COMMAND_MAX, "inkling train");
    return add_option(text, "recipe", base.name) && add_settings(recipe, &base, text) &&
           (!strokes || add_option(text, "strokes", strokes)) &&
           (!report->writers || add_option(text, "writers", report->writers));
}

static bool fill_data(const struct report *report, struct record *record, struct err *err)
{
    char text[DATASET_NAME_MAX + 40];
    snprintf(text, sizeof text, "%s", report->train->name);
    if (report->strokes)
        snprintf(text, sizeof text, _("%s and %u pen strokes"), report->train->name,
                 report->strokes->count);
    return record_set(record, MODEL_DATA, text, err);
}

static bool fill_recipe(const struct report *report, struct record *record, struct err *err)
{
    const struct recipe *recipe = &report->view->recipe;
    char command[REPORT_COMMAND_MAX], words[AUGMENT_WORDS_MAX], rate[RECIPE_VALUE_MAX];
    recipe_get(recipe, "rate", rate);
    char *settings = recipe_to_text(recipe, err);
    bool whole = report_command(report, command);
    bool ok = settings && record_set(record, MODEL_SETTINGS, settings, err) &&
              record_set(record, MODEL_RECIPE, recipe->name, err) &&
              record_set(record, MODEL_COMMAND, whole ? command : NULL, err) &&
              record_set_count(record, MODEL_BATCH, (uint64_t)recipe->batch, err) &&
              record_set(record, MODEL_RATE, rate, err) &&
              record_set(record, MODEL_SCHEDULE, schedule_name(recipe->schedule.kind), err) &&
              record_set(record, MODEL_OPTIMISER, optim_name(recipe->optim.kind), err) &&
              record_set(record, MODEL_COST, nn_cost_name(recipe->cost), err) &&
              record_set(record, MODEL_AUGMENTATION, augment_words(&recipe->augment, words), err) &&
              record_set_count(record, MODEL_SEED, recipe->seed, err);
    free(settings);
    return ok;
}

/* The epoch whose weights these are, or NULL where it was not measured. */
static const struct history_epoch *find_epoch(const struct report *report)
{
    const struct history *history = &report->view->history;
    bool whole = report->view->state == TRAINER_DONE || report->epoch > 0;
    int epoch = report->epoch > 0 ? report->epoch : history->epoch_count;
    return whole && epoch >= 1 && epoch <= history->epoch_count ? &history->epochs[epoch - 1]
                                                                : NULL;
}

static bool fill_result(const struct report *report, struct record *record, struct err *err)
{
    const struct history_epoch *epoch = find_epoch(report);
    if (epoch && epoch->valid_accuracy >= 0 &&
        !record_set_number(record, MODEL_VALID_ACCURACY, (double)epoch->valid_accuracy, err))
        return false;
    if (!epoch || !report->test || epoch->test_accuracy < 0)
        return true;
    char accuracy[32]; /* as it was counted: 0.9902, not the float's 0.990199983 */
    snprintf(accuracy, sizeof accuracy, "%.6g", (double)epoch->test_accuracy);
    return record_set(record, MODEL_TEST_ACCURACY, accuracy, err) &&
           record_set_count(record, MODEL_TEST_COUNT, report->test->count, err);
}

bool report_fill(const struct report *report, struct record *record, struct err *err)
{
    const struct trainer_view *view = report->view;
    int epochs = report->epoch > 0 ? report->epoch : view->history.epoch_count;
    int threads = report->threads > 0 ? report->threads : pool_cores();
    char date[16];
    time_t now = time(NULL);
    struct tm day;
    strftime(date, sizeof date, "%Y-%m-%d", localtime_r(&now, &day));
    return fill_recipe(report, record, err) && fill_data(report, record, err) &&
           record_set_count(record, MODEL_IMAGES, view->train_count, err) &&
           record_set_count(record, MODEL_EPOCHS, (uint64_t)epochs, err) &&
           record_set_count(record, MODEL_THREADS, (uint64_t)threads, err) &&
           record_set_number(record, MODEL_SECONDS, view->seconds, err) &&
           record_set(record, MODEL_DATE, date, err) &&
           record_set(record, MODEL_PROGRAM, "inkling " INKLING_VERSION, err) &&
           (!view->has_rule || rule_write(&view->rule, record, err)) &&
           fill_result(report, record, err);
}

struct model *report_model(const struct report *report, struct nn *net, struct err *err)
{
    char title[RECIPE_TITLE_MAX];
    struct nn *folded = nn_fold(net, err);
    nn_free(net);
    recipe_title(&report->view->recipe, title);
    struct model *model = folded ? model_new(folded, title, err) : NULL;
    if (model)
        model->half = report->view->recipe.half;
    if (!model || report_fill(report, &model->record, err))
        return model;
    model_free(model);
    return NULL;
}

void report_name_checkpoint(const char *checkpoint, struct err *err)
{
    enum { WORDS = 40 }; /* of the sentence beside the path */
    struct err why = *err;
    int room = (int)sizeof why.text - WORDS - (int)strlen(checkpoint);
    if (files_exist(checkpoint))
        err_set(err, _("%.*s What was learnt is safe in %s."), room > 0 ? room : 0, why.text,
                checkpoint);
}

/* Two runs by one recipe take different times: the clock counts nanoseconds. */
bool report_is_of(const struct record *record, const struct recipe *recipe, double seconds)
{
    double recorded;
    const char *settings = record_get(record, MODEL_SETTINGS);
    if (!settings || !record_get_number(record, MODEL_SECONDS, &recorded) || recorded != seconds)
        return false;
    char *text = recipe_to_text(recipe, NULL);
    bool same = text && strcmp(text, settings) == 0;
    free(text);
    return same;
}
