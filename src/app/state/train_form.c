/* SPDX-License-Identifier: MIT */
#include "app/state/train_form.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/language.h"
#include "base/number.h"
#include "nn/nn.h"
#include "ui/format.h"

/* A small set keeps at least five sixths to learn from, as MNIST does. */
enum { HOLD_BACK_PART = 6 };

/* What a tooltip can show. */
enum { LAYERS_SHOWN = 16 };

/* A list of layers is easier to read, and to change, with one on each line. */
static void write_lines(char *out, size_t room, const char *words)
{
    size_t at = 0;
    for (const char *p = words; *p && at + 1 < room; p++) {
        out[at++] = *p == ',' || *p == ';' ? '\n' : *p;
        if (out[at - 1] == '\n')
            while (p[1] == ' ' || p[1] == '\n')
                p++;
    }
    out[at] = 0;
}

static uint32_t choose_hold_back(uint32_t images)
{
    uint32_t part = images / HOLD_BACK_PART;
    return images && part < TRAIN_HOLD_BACK ? part : TRAIN_HOLD_BACK;
}

void train_form_set(struct train_form *form, const struct recipe *recipe)
{
    form->recipe = *recipe;
    write_lines(form->net, sizeof form->net, recipe->net);
    augment_words(&recipe->augment, form->augment);
    form->custom_augment = false;
    train_form_check(form);
}

void train_form_choose(struct train_form *form, const struct recipe *recipe, uint32_t images)
{
    struct recipe chosen = *recipe;
    if (chosen.hold_back == 0)
        chosen.hold_back = choose_hold_back(images);
    form->images = images;
    train_form_set(form, &chosen);
}

void train_form_reset(struct train_form *form)
{
    int i = train_form_recipe(form);
    train_form_choose(form, recipe_at(i < 0 ? 0 : i), form->images);
}

void train_form_set_images(struct train_form *form, uint32_t images)
{
    if (form->recipe.hold_back == choose_hold_back(form->images))
        form->recipe.hold_back = choose_hold_back(images);
    form->images = images;
    train_form_check(form);
}

void train_form_follow(struct train_form *form, const struct recipe *under_way)
{
    if (under_way && !form->following)
        train_form_set(form, under_way);
    form->following = under_way != NULL;
}

bool train_form_set_value(struct train_form *form, const char *key, const char *value,
                          struct err *err)
{
    struct recipe recipe = form->recipe;
    if (!recipe_set(&recipe, key, value, err))
        return false;
    train_form_set(form, &recipe);
    return true;
}

int train_form_recipe(const struct train_form *form)
{
    for (int i = 0; i < recipe_count(); i++)
        if (strcmp(recipe_at(i)->name, form->recipe.name) == 0)
            return i;
    return -1;
}

/* ---- checking ------------------------------------------------------------------------------ */

static int print_shape(char *text, size_t room, struct nn_shape shape)
{
    if (shape.rows == 1 && shape.cols == 1)
        return snprintf(text, room, "%d", shape.channels);
    return snprintf(text, room, "%d\u00d7%d\u00d7%d", shape.rows, shape.cols, shape.channels);
}

static void describe_layers(struct train_form *form, const struct nn *net)
{
    char shape[48];
    size_t at = 0, room = sizeof form->layers;
    int count = nn_layer_count(net);
    print_shape(shape, sizeof shape, nn_in_shape(net));
    at += (size_t)snprintf(form->layers, room, _("input %s; in brackets, the parameters"), shape);
    for (int i = 0; i < count && i < LAYERS_SHOWN && at < room; i++) {
        const struct nn_layer *layer = nn_layer(net, i);
        print_shape(shape, sizeof shape, layer->out);
        at += (size_t)snprintf(form->layers + at, room - at, "\n%s \u2192 %s (%s)", layer->words,
                               shape, ui_thousands((int64_t)layer->params).text);
    }
    if (count > LAYERS_SHOWN && at < room)
        snprintf(form->layers + at, room - at, "\nand %d more", count - LAYERS_SHOWN);
}

static bool check_net(struct train_form *form)
{
    struct nn *net = nn_new(form->net, &form->net_error);
    form->params = form->multiplications = 0;
    form->layers[0] = 0;
    if (!net)
        return false;
    snprintf(form->recipe.net, sizeof form->recipe.net, "%s", nn_words(net));
    for (int i = 0; i < nn_layer_count(net); i++) {
        form->params += nn_layer(net, i)->params;
        form->multiplications += nn_layer(net, i)->multiplications;
    }
    describe_layers(form, net);
    nn_free(net);
    return true;
}

/* By the settings' texts, so that what looks the same to a person counts as the same. */
static bool differs(const struct recipe *a, const struct recipe *b)
{
    char first[RECIPE_VALUE_MAX], second[RECIPE_VALUE_MAX];
    for (int i = 0; recipe_key(i); i++) {
        recipe_get(a, recipe_key(i), first);
        recipe_get(b, recipe_key(i), second);
        if (strcmp(first, second) != 0)
            return true;
    }
    return false;
}

static bool is_changed(const struct train_form *form)
{
    int i = train_form_recipe(form);
    if (i < 0)
        return false;
    struct recipe began = *recipe_at(i);
    struct nn *net = nn_new(began.net, NULL);
    if (net)
        snprintf(began.net, sizeof began.net, "%s", nn_words(net));
    nn_free(net);
    if (began.hold_back == 0)
        began.hold_back = choose_hold_back(form->images);
    return differs(&form->recipe, &began);
}

void train_form_check(struct train_form *form)
{
    uint32_t train, valid;
    form->checks++;
    form->net_error.text[0] = form->augment_error.text[0] = form->error.text[0] = 0;
    if (!check_net(form))
        form->error = form->net_error;
    else if (!augment_parse(form->augment, &form->recipe.augment, &form->augment_error))
        form->error = form->augment_error;
    else if (recipe_check(&form->recipe, &form->error) && form->images)
        recipe_split(&form->recipe, form->images, &train, &valid, &form->error);
    form->changed = form->net_error.text[0] || form->augment_error.text[0] || is_changed(form);
}

bool train_form_ready(const struct train_form *form)
{
    return form->error.text[0] == 0;
}

/* ---- single settings ----------------------------------------------------------------------- */

/* The words of a preset in their canonical form. Strong is what the recipe for accuracy uses. */
static const char *write_augment(enum train_augment augment, char *words)
{
    struct augment_spec spec = {0};
    struct recipe best;
    if (augment == TRAIN_AUGMENT_LIGHT)
        spec = (struct augment_spec){.shift = 1, .rotate = 8, .scale = 0.05f};
    else if (augment == TRAIN_AUGMENT_STRONG && recipe_find("best", &best, NULL))
        spec = best.augment;
    return augment_words(&spec, words);
}

const char *train_augment_name(enum train_augment augment)
{
    static const char *const names[] = {"none", "light", "strong", "custom"};
    return names[augment];
}

enum train_augment train_form_augment(const struct train_form *form)
{
    char words[AUGMENT_WORDS_MAX];
    if (form->custom_augment)
        return TRAIN_AUGMENT_CUSTOM;
    for (enum train_augment i = TRAIN_AUGMENT_NONE; i < TRAIN_AUGMENT_CUSTOM; i++)
        if (strcmp(write_augment(i, words), form->augment) == 0)
            return i;
    return TRAIN_AUGMENT_CUSTOM;
}

void train_form_set_augment(struct train_form *form, enum train_augment augment)
{
    form->custom_augment = augment == TRAIN_AUGMENT_CUSTOM;
    if (augment != TRAIN_AUGMENT_CUSTOM)
        write_augment(augment, form->augment);
    train_form_check(form);
}

void train_form_set_optimiser(struct train_form *form, enum optim_kind kind)
{
    struct optim_spec *optim = &form->recipe.optim;
    optim->kind = kind;
    if (kind != OPTIM_SGD && optim->beta1 == 0)
        optim->beta1 = 0.9f;
    if (kind == OPTIM_ADAM && optim->beta2 == 0)
        optim->beta2 = 0.999f;
    train_form_check(form);
}

char *train_form_summary(const struct train_form *form, char *text, size_t room)
{
    char multiplications[48];
    double millions = (double)form->multiplications / 1e6;
    if (millions >= 0.1)
        snprintf(multiplications, sizeof multiplications, "%s M",
                 ui_fixed(millions, millions < 100 ? 2 : 0).text);
    else
        snprintf(multiplications, sizeof multiplications, "%s",
                 ui_thousands((int64_t)form->multiplications).text);
    snprintf(text, room, "%s parameters \u00b7 %s multiplications",
             ui_thousands((int64_t)form->params).text, multiplications);
    return text;
}

double train_form_decimal(float value)
{
    char text[NUMBER_TEXT_MAX];
    return strtod(number_write(value, text), NULL);
}
