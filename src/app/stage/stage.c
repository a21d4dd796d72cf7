/* SPDX-License-Identifier: MIT */
#include "app/stage/stage.h"

#include <math.h>
#include <stdlib.h>

#include "base/err.h"
#include "base/language.h"

struct stage *stage_begin(const struct stage_kind *kind, const struct stage_world *world,
                          struct err *err)
{
    struct stage *stage = kind->begin(world, err);
    if (stage)
        stage->kind = kind;
    return stage;
}

void stage_end(struct stage *stage)
{
    if (stage)
        stage->kind->end(stage);
}

bool stage_update(struct stage *stage, const struct stage_world *world)
{
    return stage->kind->update && stage->kind->update(stage, world);
}

bool stage_busy(const struct stage *stage)
{
    return stage->kind->busy && stage->kind->busy(stage);
}

bool stage_set(struct stage *stage, const char *name, const char *value, struct err *err)
{
    return stage->kind->set(stage, name, value, err);
}

bool stage_figure(const struct stage *stage, const char *name, double *value)
{
    return stage->kind->figure(stage, name, value);
}

int stage_controls(const struct stage *stage, struct stage_control *controls)
{
    return stage->kind->controls(stage, controls);
}

/* ---- for a kind's own use -------------------------------------------------------------------- */

bool stage_number(const char *name, const char *text, double min, double max, double *value,
                  struct err *err)
{
    char *end;
    double number = strtod(text, &end);
    if (end == text || *end || !isfinite(number) || number < min || number > max)
        return err_set(err, _("%.20s is a number from %g to %g, not \"%.40s\"."), name, min, max,
                       text);
    *value = number;
    return true;
}

bool stage_unknown(const char *name, struct err *err)
{
    return err_set(err, _("There is no %.40s on this page."), name);
}
