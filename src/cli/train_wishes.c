/* SPDX-License-Identifier: MIT */
#include "cli/train_wishes.h"

#include <stdio.h>

#include "base/language.h"
#include "base/shell_quote.h"
#include "train/recipe.h"

enum { OTHER_OPTIONS = 13 };

struct setting {
    const char *key, *value, *help;
};

static const struct setting settings[TRAIN_SETTINGS] = {
    {"net", "WORDS", N_("the network, such as 784-30-10 or \"conv 16 5x5 relu, maxpool 2, ...\"")},
    {"epochs", "N", N_("how often to go through the images")},
    {"batch", "N", N_("images in a mini-batch")},
    {"rate", "R", N_("the learning rate (the highest, where the schedule varies it)")},
    {"seed", "N", N_("for all that is random; the same seed gives the same weights")},
    {"hold-back", "N",
     N_("keep the last N training images for validation; the best epoch is saved")},
    {"images", "N", N_("train on the first N images at most; 0 is all")},
    {"cost", "NAME", N_("quadratic or cross-entropy")},
    {"optimiser", "NAME", N_("sgd, momentum or adam")},
    {"schedule", "NAME", N_("of the rate: constant, one-cycle or triangle")},
    {"augment", "WORDS",
     N_("bend images anew each time: \"shift 2 rotate 10 scale 0.1\", or none")},
    {"stroke-share", "S", N_("pen strokes for each image, such as 0.5, where --strokes gives any")},
    {"drawn-share", "S", N_("digits that the program draws itself for each image")},
    {"outlier-share", "S", N_("scribbles and letters for each image, to be in doubt about")},
    {"weights", "KIND", N_("in the model's file: single (32 bits each) or half")},
    {"smoothing", "S", N_("label smoothing, 0 to 0.5")},
    {"averaging", "A", N_("keep an average of the weights, such as 0.998; 0 is off")},
    {"start", "NAME", N_("weights start by the book (standard normal) or auto (by layer)")},
    {"beta1", "B", N_("momentum, or Adam's first moment")},
    {"beta2", "B", N_("Adam's second moment")},
    {"decay", "D", N_("weight decay, decoupled")},
    {"l2", "L", N_("L2 regularisation (the book's lambda / n)")},
    {"rising", "PART", N_("of a one-cycle or triangle that is on the way up")},
};

static const char about[] =
    N_("Trains a network by a recipe, prints a line for each epoch and saves "
       "the model. Ctrl-C stops and\n"
       "saves what there is. Recipes:");

static void write_about(char *text, size_t size)
{
    int used = snprintf(text, size, "%s", about);
    for (int i = 0; i < recipe_count(); i++)
        used += snprintf(text + used, size - (size_t)used, "\n  %-12s %s", recipe_at(i)->name,
                         recipe_at(i)->about);
    snprintf(text + used, size - (size_t)used,
             _("\nAny setting of a recipe can be changed by the options below."));
}

enum options_result train_wishes_read(int argc, char **argv, struct train_wishes *wishes)
{
    struct option options[TRAIN_SETTINGS + OTHER_OPTIONS] = {
        {"recipe", "NAME", _("where to start from; nielsen-30 where nothing is said"),
         &wishes->recipe},
        {"data", "DIR", _("folder or file of the images (else $INKLING_DATA and the usual places)"),
         &wishes->data},
        {"transpose", NULL,
         _("the images lie on their side: set them upright (EMNIST's are, by their name)"),
         &wishes->transpose},
        {"strokes", "FILE", _("pen strokes to train on too (UNIPEN, gzipped or not)"),
         &wishes->strokes},
        {"writers", "LIST",
         _("train on these writers' strokes, such as 1-24; validate with the others'"),
         &wishes->writers},
        {"out", "FILE",
         _("the model to write, over one that is there; else a new file, called as the recipe, in "
           "~/.local/share/inkling/models"),
         &wishes->out},
        {"resume", "FILE", _("go on from the checkpoint of a run that was stopped or killed"),
         &wishes->resume},
        {"threads", "N", _("at most so many; the result is the same for any number"),
         &wishes->threads},
        {"json", NULL, _("print one JSON object at the end, and nothing else"), &wishes->json},
        {"progress", "json", _("print a JSON line for each epoch (on stderr with --json)"),
         &wishes->progress},
        {"quiet", NULL, _("no progress bar and no notes"), &wishes->quiet},
        {"tune", "MODEL",
         _("teach this model one hand: the digits of --strokes, else your own from the window"),
         &wishes->tune},
        {"trust", NULL, _("with --tune, open a model that was changed since it was saved, too"),
         &wishes->trust},
    };
    for (int i = 0; i < TRAIN_SETTINGS; i++)
        options[OTHER_OPTIONS + i] = (struct option){settings[i].key, settings[i].value,
                                                     settings[i].help, &wishes->settings[i]};
    char text[2048];
    write_about(text, sizeof text);
    struct usage usage = {.command = "train",
                          .about = text,
                          .options = options,
                          .option_count = TRAIN_SETTINGS + OTHER_OPTIONS};
    int rest;
    return options_read(&usage, argc, argv, &rest);
}

const char *train_setting_key(int i)
{
    return settings[i].key;
}

char *train_wishes_resume(const struct train_wishes *wishes, const char *checkpoint,
                          const char *out, char *text, size_t size)
{
    const struct {
        const char *option, *value;
    } parts[] = {
        {"--resume", checkpoint}, {"--data", wishes->data}, {"--strokes", wishes->strokes},
        {"--writers", wishes->writers}, {"--out", out},
    };
    snprintf(text, size, "inkling train");
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++)
        if (parts[i].value) {
            shell_quote_add(text, size, parts[i].option);
            shell_quote_add(text, size, parts[i].value);
        }
    if (wishes->transpose)
        shell_quote_add(text, size, "--transpose");
    return text;
}
