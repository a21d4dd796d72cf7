/* SPDX-License-Identifier: MIT */
#include "cli/cli.h"

#include "base/language.h"

const struct command cli_commands[] = {
    {"train", N_("trains a network and saves it"), cli_train},
    {"eval", N_("measures a model on images or pen strokes"), cli_eval},
    {"predict", N_("reads pictures of a digit"), cli_predict},
    {"info", N_("shows what is in a model file"), cli_info},
    {"calibrate", N_("fits when a model is sure, on digits that it was not trained on"),
     cli_calibrate},
    {"bench", N_("times training, reading and loading"), cli_bench},
};
const int cli_command_count = sizeof cli_commands / sizeof cli_commands[0];
