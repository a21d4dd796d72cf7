/* SPDX-License-Identifier: MIT */
#include "cli/cli.h"

const struct command cli_commands[] = {
    {"train", "trains a network and saves it", cli_train},
    {"eval", "measures a model on images or pen strokes", cli_eval},
    {"predict", "reads pictures of a digit", cli_predict},
    {"info", "shows what is in a model file", cli_info},
    {"calibrate", "fits when a model is sure, on digits that it was not trained on", cli_calibrate},
    {"bench", "times training, reading and loading", cli_bench},
};
const int cli_command_count = sizeof cli_commands / sizeof cli_commands[0];
