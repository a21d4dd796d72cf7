/* SPDX-License-Identifier: MIT */
#include "train/recipe.h"

#include <ctype.h>
#include <errno.h>
#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/buffer.h"
#include "base/err.h"
#include "base/language.h"
#include "base/did_you_mean.h"
#include "base/number.h"
#include "data/dataset.h"

/* The book's, to the letter: chapter 1 of Nielsen's "Neural Networks and Deep Learning". */
#define BY_THE_BOOK                                                                                \
    .cost = NN_QUADRATIC, .start = NN_START_BOOK, .optim = {.kind = OPTIM_SGD},                    \
    .schedule = {.kind = SCHEDULE_CONSTANT, .rate = 3.0f}, .batch = 10, .epochs = 30,              \
    .images = 50000, .seed = 1

static const struct recipe built_in[] = {
    {
        .name = "nielsen-30",
        .about = N_("The book's first network: 30 sigmoid neurons, quadratic cost, plain descent."),
        .net = "784-30-10",
        BY_THE_BOOK,
    },
    {
        .name = "nielsen-100",
        .about = N_("The same with 100 neurons. On some seeds two answers die and it stays below "
                    "90 %; that is the method."),
        .net = "784-100-10",
        BY_THE_BOOK,
    },
    {
        .name = "lenet5",
        .about = N_("LeCun's convolutional network of 1998, with ReLU, softmax and Adam."),
        .net = "conv 6 5x5 pad 2 relu, maxpool 2, conv 16 5x5 relu, maxpool 2, dense 120 relu, "
               "dense 84 relu, dense 10 softmax",
        .cost = NN_CROSS_ENTROPY,
        .start = NN_START_AUTO,
        .optim = {.kind = OPTIM_ADAM, .beta1 = 0.9f, .beta2 = 0.999f},
        .schedule = {.kind = SCHEDULE_CONSTANT, .rate = 0.001f},
        .batch = 64,
        .epochs = 5,
        .seed = 1,
    },
    {
        .name = "swift",
        .about =
            N_("As soon as possible to 99 %: strides, batch norm, high learning rates, and one "
               "epoch."),
        .net = "conv 16 5x5 stride 2 norm relu, conv 32 3x3 stride 2 norm relu, "
               "dense 64 norm relu, dense 10 softmax",
        .cost = NN_CROSS_ENTROPY,
        .start = NN_START_AUTO,
        .optim = {.kind = OPTIM_ADAM, .beta1 = 0.7f, .beta2 = 0.9f},
        .schedule = {.kind = SCHEDULE_TRIANGLE, .rate = 0.03f, .rising = 0.15f},
        .batch = 128,
        .epochs = 1,
        .augment = {.shift = 1},
        .smoothing = 0.05f,
        .seed = 1,
    },
    {
        .name = "keen",
        .about =
            N_("On to 99.5 % and no longer: four epochs of a deeper network, each picture moved "
               "by up to a pixel."),
        .net = "conv 16 4x4 stride 2 norm relu, conv 32 3x3 stride 2 norm relu, "
               "conv 64 3x3 norm relu, dense 96 norm relu, dense 10 softmax",
        .cost = NN_CROSS_ENTROPY,
        .start = NN_START_AUTO,
        .optim = {.kind = OPTIM_ADAM, .beta1 = 0.8f, .beta2 = 0.95f, .decay = 0.05f},
        .schedule = {.kind = SCHEDULE_TRIANGLE, .rate = 0.02f, .rising = 0.15f},
        .batch = 128,
        .epochs = 4,
        .augment = {.shift = 1},
        .smoothing = 0.05f,
        .seed = 1,
    },
    {
        .name = "best",
        .about =
            N_("As accurate as possible, on your hand too: every image is bent anew each time."),
        .net = "conv 32 3x3 pad 1 norm relu, conv 32 3x3 stride 2 pad 1 norm relu, "
               "conv 64 3x3 pad 1 norm relu, conv 64 3x3 stride 2 pad 1 norm relu, "
               "conv 128 3x3 norm relu, conv 128 3x3 norm relu, dropout 0.3, dense 10 softmax",
        .cost = NN_CROSS_ENTROPY,
        .start = NN_START_AUTO,
        .optim = {.kind = OPTIM_ADAM, .beta1 = 0.9f, .beta2 = 0.99f, .decay = 0.01f},
        .schedule = {.kind = SCHEDULE_ONE_CYCLE, .rate = 0.006f, .rising = 0.25f},
        .batch = 128,
        .epochs = 26,
        .augment = {.shift = 2,
                    .rotate = 12,
                    .scale = 0.1f,
                    .shear = 0.15f,
                    .aspect = 0.15f,
                    .elastic = 0.7f,
                    .thick = 0.5f,
                    .contrast = 0.5f,
                    .coarse = 0.25f,
                    .plain = 0.3f},
        .stroke_share = 0.25f,
        .outlier_share = 0.08f,
        .smoothing = 0.05f,
        .averaging = 0.998f,
        .half = true,
        .seed = 1,
    },
};

enum { BUILT_IN_COUNT = sizeof built_in / sizeof built_in[0] };

int recipe_count(void)
{
    return BUILT_IN_COUNT;
}

const struct recipe *recipe_at(int i)
{
    return &built_in[i];
}

bool recipe_find(const char *name, struct recipe *recipe, struct err *err)
{
    char names[200] = "";
    const char *words[BUILT_IN_COUNT];
    for (int i = 0; i < BUILT_IN_COUNT; i++) {
        words[i] = built_in[i].name;
        if (strcmp(name, words[i]) == 0) {
            *recipe = built_in[i];
            return true;
        }
        strcat(strcat(names, i == 0                   ? ""
                             : i + 1 < BUILT_IN_COUNT ? ", "
                                                      : " and "),
               built_in[i].name);
    }
    const char *near = did_you_mean(name, words, BUILT_IN_COUNT, sizeof *words);
    if (near)
        return err_set(err, _("There is no recipe \"%s\"; did you mean %s?"), name, near);
    return err_set(err, _("There is no recipe \"%s\"; there are %s."), name, names);
}

/* ---- settings by name ---------------------------------------------------------------------- */

enum kind { NET, COST, START, WEIGHTS, OPTIMISER, SCHEDULE, AUGMENT, REAL, WHOLE, IMAGES, SEED };

struct setting {
    const char *key;
    enum kind kind;
    size_t at;            /* of the field in struct recipe */
    double least, most;   /* of a number */
    bool more_than_least; /* the least value itself is not allowed */
};

enum { SHARE_MAX = 10 };

#define AT(field) offsetof(struct recipe, field)

static const struct setting settings[] = {
    {"net", NET, AT(net), 0, 0, false},
    {"cost", COST, AT(cost), 0, 0, false},
    {"start", START, AT(start), 0, 0, false},
    {"optimiser", OPTIMISER, AT(optim.kind), 0, 0, false},
    {"beta1", REAL, AT(optim.beta1), 0, 0.9999, false},
    {"beta2", REAL, AT(optim.beta2), 0, 0.999999, false},
    {"decay", REAL, AT(optim.decay), 0, 10, false},
    {"l2", REAL, AT(optim.l2), 0, 10, false},
    {"schedule", SCHEDULE, AT(schedule.kind), 0, 0, false},
    {"rising", REAL, AT(schedule.rising), 0, 1, false},
    {"rate", REAL, AT(schedule.rate), 0, 1000, true},
    {"batch", WHOLE, AT(batch), 1, RECIPE_BATCH_MAX, false},
    {"epochs", WHOLE, AT(epochs), 1, RECIPE_EPOCHS_MAX, false},
    {"augment", AUGMENT, AT(augment), 0, 0, false},
    {"stroke-share", REAL, AT(stroke_share), 0, SHARE_MAX, false},
    {"drawn-share", REAL, AT(drawn_share), 0, SHARE_MAX, false},
    {"outlier-share", REAL, AT(outlier_share), 0, SHARE_MAX, false},
    {"smoothing", REAL, AT(smoothing), 0, 0.5, false},
    {"averaging", REAL, AT(averaging), 0, 0.99999, false},
    {"images", IMAGES, AT(images), 0, DATASET_COUNT_MAX, false},
    {"hold-back", IMAGES, AT(hold_back), 0, DATASET_COUNT_MAX, false},
    {"weights", WEIGHTS, AT(half), 0, 0, false},
    {"seed", SEED, AT(seed), 0, 0x1p64, false},
};

enum { SETTING_COUNT = sizeof settings / sizeof settings[0] };

const char *recipe_key(int i)
{
    return i >= 0 && i < SETTING_COUNT ? settings[i].key : NULL;
}

static const struct setting *find_setting(const char *key)
{
    for (int i = 0; i < SETTING_COUNT; i++)
        if (strcmp(key, settings[i].key) == 0)
            return &settings[i];
    return NULL;
}

static bool parse_start(const char *name, enum nn_start *start, struct err *err)
{
    if (strcmp(name, "book") == 0)
        *start = NN_START_BOOK;
    else if (strcmp(name, "auto") == 0)
        *start = NN_START_AUTO;
    else
        return err_set(err, _("\"%s\" is no way to start weights; use book or auto."), name);
    return true;
}

static bool parse_weights(const char *name, bool *half, struct err *err)
{
    bool known = strcmp(name, "half") == 0 || strcmp(name, "single") == 0;
    if (!known)
        return err_set(err, _("Weights are saved as single or half, not as \"%s\"."), name);
    *half = strcmp(name, "half") == 0;
    return true;
}

static bool parse_real(const struct setting *setting, const char *value, float *out,
                       struct err *err)
{
    char *end;
    double number = strtod(value, &end);
    if (end == value || *end != 0 || !(number >= setting->least) || number > setting->most ||
        (setting->more_than_least && number == setting->least))
        return err_set(err, _("\"%s\" is no %s: give a number %s %g and at most %g."), value,
                       setting->key, setting->more_than_least ? "above" : "from", setting->least,
                       setting->most);
    *out = (float)number;
    return true;
}

/* Digits alone: no sign, no space, nothing after. */
static bool parse_whole(const struct setting *setting, const char *value, uint64_t *out,
                        struct err *err)
{
    errno = 0;
    char *end;
    uint64_t number = strtoull(value, &end, 10);
    if (isdigit((unsigned char)value[0]) && *end == 0 && errno == 0 &&
        (double)number >= setting->least && (double)number <= setting->most) {
        *out = number;
        return true;
    }
    if (setting->kind == SEED)
        return err_set(err, _("\"%s\" is no seed: give a whole number from 0."), value);
    return err_set(err, _("\"%s\" is no number for %s: give a whole number from %.0f to %.0f."),
                   value, setting->key, setting->least, setting->most);
}

static bool set_net(struct recipe *recipe, const char *value, struct err *err)
{
    struct nn *net = nn_new(value, err);
    if (!net)
        return false;
    snprintf(recipe->net, sizeof recipe->net, "%s", nn_words(net));
    nn_free(net);
    return true;
}

bool recipe_set(struct recipe *recipe, const char *key, const char *value, struct err *err)
{
    const struct setting *setting = find_setting(key);
    if (!setting)
        return err_set(err, _("A recipe has no setting \"%s\"."), key);
    void *field = (char *)recipe + setting->at;
    uint64_t whole = 0;
    switch (setting->kind) {
    case NET:
        return set_net(recipe, value, err);
    case COST:
        return nn_cost_parse(value, field, err);
    case START:
        return parse_start(value, field, err);
    case WEIGHTS:
        return parse_weights(value, field, err);
    case OPTIMISER:
        return optim_parse(value, field, err);
    case SCHEDULE:
        return schedule_parse(value, field, err);
    case AUGMENT:
        return augment_parse(value, field, err);
    case REAL:
        return parse_real(setting, value, field, err);
    case WHOLE:
        if (parse_whole(setting, value, &whole, err))
            return *(int *)field = (int)whole, true;
        return false;
    case IMAGES:
        if (parse_whole(setting, value, &whole, err))
            return *(uint32_t *)field = (uint32_t)whole, true;
        return false;
    case SEED:
        return parse_whole(setting, value, field, err);
    }
    return false;
}

bool recipe_get(const struct recipe *recipe, const char *key, char value[RECIPE_VALUE_MAX])
{
    const struct setting *setting = find_setting(key);
    if (!setting)
        return false;
    const void *field = (const char *)recipe + setting->at;
    const char *text = NULL;
    switch (setting->kind) {
    case NET:
        text = recipe->net;
        break;
    case COST:
        text = nn_cost_name(recipe->cost);
        break;
    case START:
        text = recipe->start == NN_START_BOOK ? "book" : "auto";
        break;
    case WEIGHTS:
        text = recipe->half ? "half" : "single";
        break;
    case OPTIMISER:
        text = optim_name(recipe->optim.kind);
        break;
    case SCHEDULE:
        text = schedule_name(recipe->schedule.kind);
        break;
    case AUGMENT:
        augment_words(&recipe->augment, value);
        return true;
    case REAL:
        number_write(*(const float *)field, value);
        return true;
    case WHOLE:
        snprintf(value, RECIPE_VALUE_MAX, "%d", *(const int *)field);
        return true;
    case IMAGES:
        snprintf(value, RECIPE_VALUE_MAX, "%u", *(const uint32_t *)field);
        return true;
    case SEED:
        snprintf(value, RECIPE_VALUE_MAX, "%" PRIu64, *(const uint64_t *)field);
        return true;
    }
    snprintf(value, RECIPE_VALUE_MAX, "%s", text);
    return true;
}

/* ---- what to call it ----------------------------------------------------------------------- */

static bool is_about_images(const struct setting *setting)
{
    return setting->kind == IMAGES || setting->kind == SEED;
}

/* By the settings' texts, with the networks in their canonical form. */
static bool is_as_built_in(const struct recipe *recipe, const struct setting *setting,
                           const struct recipe *base)
{
    char value[RECIPE_VALUE_MAX], usual[RECIPE_VALUE_MAX];
    struct recipe first = *recipe, second = *base;
    recipe_get(recipe, setting->key, value);
    recipe_get(base, setting->key, usual);
    return strcmp(value, usual) == 0 ||
           (setting->kind == NET && set_net(&first, value, NULL) && set_net(&second, usual, NULL) &&
            strcmp(first.net, second.net) == 0);
}

char *recipe_title(const struct recipe *recipe, char *title)
{
    struct recipe base;
    bool changed = false;
    if (recipe_find(recipe->name, &base, NULL))
        for (int i = 0; i < SETTING_COUNT && !changed; i++)
            changed = !is_about_images(&settings[i]) &&
                      !is_as_built_in(recipe, &settings[i], &base);
    snprintf(title, RECIPE_TITLE_MAX, "%s%s", recipe->name, changed ? ", changed" : "");
    return title;
}

char *recipe_changes(const struct recipe *recipe, char *text)
{
    static const char more[] = "\u2026";
    char value[RECIPE_VALUE_MAX];
    struct recipe base;
    size_t len = 0;
    text[0] = 0;
    for (int i = 0; recipe_find(recipe->name, &base, NULL) && i < SETTING_COUNT; i++) {
        const struct setting *setting = &settings[i];
        if (setting->kind == SEED || is_as_built_in(recipe, setting, &base))
            continue;
        recipe_get(recipe, setting->key, value);
        size_t need = strlen(setting->key) + strlen(value) + strlen(", ") + strlen(" ");
        if (len + need + sizeof more > RECIPE_CHANGES_MAX) {
            strcpy(text + len, more);
            break;
        }
        len += (size_t)sprintf(text + len, "%s%s %s", len ? ", " : "", setting->key, value);
    }
    return text;
}

/* ---- how the settings go together ---------------------------------------------------------- */

enum { LEAST_BATCH_FOR_NORM = 4 };

/* Every setting on its own, for a recipe that was filled in by hand. */
static bool check_values(const struct recipe *recipe, struct err *err)
{
    struct recipe copy = *recipe;
    char value[RECIPE_VALUE_MAX];
    for (int i = 0; i < SETTING_COUNT; i++) {
        recipe_get(recipe, settings[i].key, value);
        if (!recipe_set(&copy, settings[i].key, value, err))
            return false;
    }
    return true;
}

static bool check_net(const struct recipe *recipe, const struct nn *net, struct err *err)
{
    if (nn_in_len(net) != 28 * 28)
        return err_set(err,
                       _("The network wants %d numbers, but a picture has 28x28 = 784; begin it "
                         "with `input 28x28`."),
                       nn_in_len(net));
    if (nn_out_len(net) != 10)
        return err_set(err,
                       _("The network gives %d answers, but there are 10 digits; end it with "
                         "a layer of 10, such as `dense 10 softmax`."),
                       nn_out_len(net));
    if (!nn_can_learn(net, err) || !nn_cost_fits(net, recipe->cost, err))
        return false;
    if (strstr(nn_words(net), " norm") && recipe->batch < LEAST_BATCH_FOR_NORM)
        return err_set(err,
                       _("Batch norm looks at a whole mini-batch, and one of %d is too small for "
                         "it; use %d or more, or leave out `norm`."),
                       recipe->batch, LEAST_BATCH_FOR_NORM);
    return true;
}

bool recipe_check(const struct recipe *recipe, struct err *err)
{
    if (!check_values(recipe, err))
        return false;
    struct nn *net = nn_new(recipe->net, err);
    bool ok = net && check_net(recipe, net, err);
    nn_free(net);
    return ok;
}

bool recipe_split(const struct recipe *recipe, uint32_t count, uint32_t *train, uint32_t *valid,
                  struct err *err)
{
    if (recipe->hold_back >= count)
        return err_set(err,
                       _("Holding back %u of %u images leaves none to train on; hold back fewer."),
                       recipe->hold_back, count);
    *valid = recipe->hold_back;
    *train = count - *valid;
    if (recipe->images && recipe->images < *train)
        *train = recipe->images;
    if (*train < (uint32_t)recipe->batch)
        return err_set(err,
                       _("A mini-batch of %d is more than the %u images to train on; make it "
                         "smaller."),
                       recipe->batch, *train);
    return true;
}

/* ---- as text ------------------------------------------------------------------------------- */

char *recipe_to_text(const struct recipe *recipe, struct err *err)
{
    char value[RECIPE_VALUE_MAX];
    struct buffer out = {0};
    buffer_print(&out, "name %s\n", recipe->name);
    for (int i = 0; i < SETTING_COUNT; i++) {
        recipe_get(recipe, settings[i].key, value);
        buffer_print(&out, "%s %s\n", settings[i].key, value);
    }
    char *text = buffer_take(&out, NULL);
    if (!text)
        err_memory(err, _("the recipe"));
    return text;
}

/* One line of "key value". A recipe that is no longer built in keeps its name. */
static bool read_line(struct recipe *recipe, const char *line, struct err *err)
{
    const char *space = strchr(line, ' ');
    char key[32];
    if (!space || space - line >= (long)sizeof key)
        return err_set(err, _("\"%.40s\" is no line of a recipe."), line);
    memcpy(key, line, (size_t)(space - line));
    key[space - line] = 0;
    if (strcmp(key, "name") != 0)
        return recipe_set(recipe, key, space + 1, err);
    if (!recipe_find(space + 1, recipe, NULL)) {
        *recipe = built_in[0];
        recipe->about[0] = 0;
        snprintf(recipe->name, sizeof recipe->name, "%s", space + 1);
    }
    return true;
}

bool recipe_from_text(const char *text, struct recipe *recipe, struct err *err)
{
    struct recipe read = built_in[0];
    char line[RECIPE_VALUE_MAX + 32];
    while (*text) {
        size_t len = strcspn(text, "\n");
        if (len >= sizeof line)
            return err_set(err, _("A line of the recipe is too long."));
        memcpy(line, text, len);
        line[len] = 0;
        if (len > 0 && !read_line(&read, line, err))
            return false;
        text += len + (text[len] == '\n');
    }
    if (!recipe_check(&read, err))
        return false;
    *recipe = read;
    return true;
}
