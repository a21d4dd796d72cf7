/* SPDX-License-Identifier: MIT */
#include "app/stage/stage_kinds.h"

#include <stddef.h>
#include <string.h>

#include "app/stage/backprop_stage.h"
#include "app/stage/cost_stage.h"
#include "app/stage/descent_stage.h"
#include "app/stage/flow_stage.h"
#include "app/stage/fourbit_stage.h"
#include "app/stage/gates_stage.h"
#include "app/stage/handset_stage.h"
#include "app/stage/ladder_stage.h"
#include "app/stage/perceptron_stage.h"
#include "app/stage/programs_stage.h"
#include "app/stage/race_stage.h"
#include "app/stage/sigmoid_stage.h"
#include "app/stage/stage.h"
#include "app/stage/workbench_stage.h"

static const struct stage_kind *const kinds[] = {
    &backprop_stage_kind,   &cost_stage_kind,     &descent_stage_kind, &flow_stage_kind,
    &fourbit_stage_kind,    &gates_stage_kind,    &handset_stage_kind, &ladder_stage_kind,
    &perceptron_stage_kind, &programs_stage_kind, &race_stage_kind,    &sigmoid_stage_kind,
    &workbench_stage_kind,
};

const struct stage_kind *stage_kind_find(const char *name)
{
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
        if (strcmp(kinds[i]->name, name) == 0)
            return kinds[i];
    return NULL;
}
