/* SPDX-License-Identifier: MIT */
#include "app/learn/pictures.h"

#include <string.h>

#include "app/learn/backprop_picture.h"
#include "app/learn/cost_picture.h"
#include "app/learn/descent_picture.h"
#include "app/learn/flow_picture.h"
#include "app/learn/fourbit_picture.h"
#include "app/learn/gates_picture.h"
#include "app/learn/handset_picture.h"
#include "app/learn/ladder_picture.h"
#include "app/learn/perceptron_picture.h"
#include "app/learn/programs_picture.h"
#include "app/learn/race_picture.h"
#include "app/learn/sigmoid_picture.h"
#include "app/learn/workbench_picture.h"

static const struct picture pictures[] = {
    {"perceptron", perceptron_picture_show, 390, false},
    {"gates", gates_picture_show, 440, true, gates_picture_height},
    {"sigmoid", sigmoid_picture_show, 380, false},
    {"descent", descent_picture_show, 390, false},
    {"backprop", backprop_picture_show, 530, false},
    {"race", race_picture_show, 390, false},
    {"ladder", ladder_picture_show, 360, false},
    {"workbench", workbench_picture_show, 390, false},
    {"flow", flow_picture_show, 390, false},
    {"handset", handset_picture_show, 390, false},
    {"fourbit", fourbit_picture_show, 390, false},
    {"cost", cost_picture_show, 390, false},
    {"programs", programs_picture_show, 430, true},
};

const struct picture *picture_find(const char *kind)
{
    for (size_t i = 0; i < sizeof pictures / sizeof *pictures; i++)
        if (strcmp(pictures[i].kind, kind) == 0)
            return &pictures[i];
    return NULL;
}
