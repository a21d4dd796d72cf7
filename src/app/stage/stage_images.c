/* SPDX-License-Identifier: MIT */
#include "app/stage/stage_images.h"

#include <string.h>

#include "app/stage/stage.h"
#include "base/err.h"
#include "base/language.h"
#include "data/dataset.h"
#include "data/synthetic.h"
#include "ink/fit.h"
#include "model/builtin.h"
#include "model/model.h"
#include "nn/nn.h"

enum { DRAWN = 20, SEED = 1 }; /* while there are no data */

static const struct dataset *source_of(const struct stage_world *world)
{
    return world->test && world->test->count > 0 ? world->test : world->train;
}

static bool has_digits(const struct dataset *set)
{
    return set && set->count > 0 && set->rows == FIT_SIZE && set->cols == FIT_SIZE;
}

static struct dataset *copy_first(const struct dataset *source, uint32_t wanted, struct err *err)
{
    uint32_t count = source->count < wanted ? source->count : wanted;
    struct dataset *set = dataset_new(source->name, count, err);
    if (set) {
        memcpy(set->pixels, source->pixels, (size_t)count * FIT_LEN);
        memcpy(set->labels, source->labels, count);
    }
    return set;
}

bool stage_images_take(struct stage_images *images, const struct stage_world *world,
                       uint32_t wanted, bool *news, struct err *err)
{
    const struct dataset *source = source_of(world);
    *news = false;
    if (images->set && images->source == source && images->number == world->data_number &&
        images->wanted == wanted)
        return true;
    struct dataset *set = has_digits(source) ? copy_first(source, wanted, err)
                                             : synthetic_new(SEED, DATASET_TEST, DRAWN, err);
    if (!set)
        return false;
    dataset_free(images->set);
    *images = (struct stage_images){set, source, world->data_number, wanted};
    *news = true;
    return true;
}

void stage_images_free(struct stage_images *images)
{
    dataset_free(images->set);
    *images = (struct stage_images){NULL};
}

struct nn *stage_builtin_net(const char *name, struct err *err)
{
    int found = model_builtin_find(name);
    if (found < 0) {
        err_set(err, _("The program was built without the network %.40s."), name);
        return NULL;
    }
    struct model *model = model_builtin_at(found, err);
    struct nn *net = model ? nn_copy(model->net, err) : NULL;
    model_free(model);
    return net;
}
