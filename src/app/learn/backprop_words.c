/* SPDX-License-Identifier: MIT */
#include "app/learn/backprop_words.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "app/stage/backprop_stage.h"
#include "base/buffer.h"
#include "base/language.h"
#include "ui/format.h"

enum { NAME = 4 };

static void write_neuron(int neuron, char name[NAME])
{
    bool out = neuron >= BACKPROP_HIDDEN;
    int number = (out ? neuron - BACKPROP_HIDDEN : neuron) % 9 + 1;
    snprintf(name, NAME, "%c%d", out ? 'o' : 'h', number);
}

static struct ui_number_text fixed(double value)
{
    return ui_fixed(value, 3);
}

/* Numbers below 0 stand in brackets behind a sign. */
static void add_product(struct buffer *text, double a, double b, bool first)
{
    buffer_print(text, "%s%s%s%s \u00d7 %s%s%s", first ? "" : " + ", a < 0 ? "(" : "",
                 fixed(a).text, a < 0 ? ")" : "", b < 0 ? "(" : "", fixed(b).text,
                 b < 0 ? ")" : "");
}

/* What a neuron is given, and by which weight. */
static int list_inputs(const struct backprop_stage *stage, int neuron, double *given,
                       double *weights)
{
    bool out = neuron >= BACKPROP_HIDDEN;
    int count = out ? BACKPROP_HIDDEN : BACKPROP_IN;
    for (int i = 0; i < count; i++) {
        const struct backprop_place place = {out, out ? neuron - BACKPROP_HIDDEN : neuron, i};
        given[i] = out ? stage->pass.a[i] : (double)stage->x[i];
        weights[i] = backprop_weight(stage->backprop, backprop_param(place));
    }
    return count;
}

static void add_activation(const struct backprop_stage *stage, int neuron, struct buffer *text)
{
    double given[BACKPROP_HIDDEN], weights[BACKPROP_HIDDEN];
    char name[NAME];
    bool out = neuron >= BACKPROP_HIDDEN;
    const struct backprop_place bias = {out, out ? neuron - BACKPROP_HIDDEN : neuron,
                                        BACKPROP_BIAS};
    int count = list_inputs(stage, neuron, given, weights);
    write_neuron(neuron, name);
    buffer_print(text, "z(%s) = ", name);
    for (int i = 0; i < count; i++)
        add_product(text, weights[i], given[i], i == 0);
    buffer_print(text, " + bias %s = %s\n",
                 fixed(backprop_weight(stage->backprop, backprop_param(bias))).text,
                 fixed(stage->pass.z[neuron]).text);
    buffer_print(text, "a(%s) = \u03c3(z) = %s", name, fixed(stage->pass.a[neuron]).text);
}

static void add_output_delta(const struct backprop_stage *stage, int neuron, struct buffer *text)
{
    double a = stage->pass.a[neuron], y = (double)stage->y[neuron - BACKPROP_HIDDEN];
    char name[NAME];
    write_neuron(neuron, name);
    buffer_print(text, "BP1: \u03b4(%s) = (a \u2212 y) \u03c3\u2032(z)\n", name);
    if (neuron == stage->secret) {
        buffer_print(text, "= (%s \u2212 %s) \u00d7 %s = ?", fixed(a).text, fixed(y).text,
                     fixed(a * (1 - a)).text);
        return;
    }
    buffer_print(text, "= (%s \u2212 %s) \u00d7 %s = %s", fixed(a).text, fixed(y).text,
                 fixed(a * (1 - a)).text, fixed(stage->pass.delta[neuron]).text);
}

static void add_hidden_delta(const struct backprop_stage *stage, int neuron, struct buffer *text)
{
    double a = stage->pass.a[neuron];
    char name[NAME];
    write_neuron(neuron, name);
    buffer_print(text,
                 "BP2: \u03b4(%s) = (sum of weight \u00d7 \u03b4 of where it leads) "
                 "\u03c3\u2032(z)\n= (",
                 name);
    for (int o = 0; o < BACKPROP_OUT; o++)
        add_product(
            text,
            backprop_weight(stage->backprop, backprop_param((struct backprop_place){1, o, neuron})),
            stage->pass.delta[BACKPROP_HIDDEN + o], o == 0);
    buffer_print(text, ") \u00d7 %s = %s", fixed(a * (1 - a)).text,
                 neuron == stage->secret ? "?" : fixed(stage->pass.delta[neuron]).text);
}

static void add_gradient(const struct backprop_stage *stage, int param, struct buffer *text)
{
    struct backprop_place place = backprop_place(param);
    int neuron = place.layer * BACKPROP_HIDDEN + place.to;
    char name[NAME], from[NAME];
    double delta = stage->pass.delta[neuron];
    write_neuron(neuron, name);
    if (place.from == BACKPROP_BIAS) {
        buffer_print(text, "BP3: \u2202C/\u2202b(%s) = \u03b4(%s) = %s", name, name,
                     fixed(delta).text);
    } else {
        double a = place.layer ? stage->pass.a[place.from] : (double)stage->x[place.from];
        snprintf(from, sizeof from, "%c%d", place.layer ? 'h' : 'x', place.from % 9 + 1);
        buffer_print(text, "BP4: \u2202C/\u2202w = a(%s) \u00d7 \u03b4(%s) = %s \u00d7 %s = %s",
                     from, name, fixed(a).text, fixed(delta).text, fixed(a * delta).text);
    }
}

/* While one is spoiled, what it came from would give it away. */
static void add_measured(const struct backprop_stage *stage, int param, struct buffer *text)
{
    if (stage->spoil == 0)
        add_gradient(stage, param, text);
    else
        buffer_print(text, _("The gradient shown: %s"),
                     fixed(backprop_stage_gradient(stage, param)).text);
    if (!isnan(stage->numeric))
        buffer_print(text, _("\nMeasured, by changing the weight a little: %s"),
                     fixed(stage->numeric).text);
}

char *backprop_words(const struct backprop_stage *stage, char *text, size_t room)
{
    struct buffer buffer = {0};
    size_t size;
    const struct backprop_choice choice = stage->choice;
    if (choice.what == BACKPROP_A)
        add_activation(stage, choice.number, &buffer);
    else if (choice.what == BACKPROP_DELTA && choice.number >= BACKPROP_HIDDEN)
        add_output_delta(stage, choice.number, &buffer);
    else if (choice.what == BACKPROP_DELTA)
        add_hidden_delta(stage, choice.number, &buffer);
    else if (choice.what == BACKPROP_GRADIENT)
        add_measured(stage, choice.number, &buffer);
    char *whole = buffer_take(&buffer, &size);
    snprintf(text, room, "%s", whole ? whole : "");
    free(whole);
    return text;
}
