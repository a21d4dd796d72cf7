/* SPDX-License-Identifier: MIT */
#include "app/stage/cost_stage.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "app/job/job.h"
#include "base/err.h"
#include "base/language.h"
#include "data/dataset.h"
#include "ink/fit.h"
#include "nn/nn.h"

enum { IMAGES = 1000, IMAGES_LEAST = 20, MIDDLE = COST_SHIFTS / 2 };

static const float dear_from = 0.5f, cheap_to = 0.01f;
static const double unsure_from = 0.05, unsure_to = 0.4;
static const float times[COST_NETS] = {3, 0.3f, 1};

const struct nn *cost_stage_net(const struct cost_stage *stage)
{
    return stage->uses_own && stage->own ? stage->own : stage->book;
}

float cost_stage_times(int net)
{
    return times[net];
}

/* ---- one image ------------------------------------------------------------------------------- */

static bool read_image(struct cost_stage *stage, struct err *err)
{
    const struct dataset *set = stage->images.set;
    uint32_t image = (uint32_t)stage->image < set->count ? (uint32_t)stage->image : set->count - 1;
    stage->image = (int)image;
    if (!costs_read(cost_stage_net(stage), stage->kern, set, image, &stage->here, err))
        return false;
    for (int i = 0; i < COST_NETS; i++)
        if (!costs_read(stage->three[i], stage->kern, set, image, &stage->three_here[i], err))
            return false;
    return true;
}

/* The output that is farthest off. */
static int worst_of(const struct costs_image *image)
{
    int worst = 0;
    for (int k = 1; k < COSTS_OUTPUTS; k++)
        worst = image->square[k] > image->square[worst] ? k : worst;
    return worst;
}

/* The first image that costs the book's network, which is quick, something but not all; or the
 * first of all. */
static bool find_unsure(struct cost_stage *stage, struct err *err)
{
    const struct dataset *set = stage->images.set;
    stage->image = 0;
    for (uint32_t i = 0; i < set->count; i++) {
        if (!costs_read(stage->book, stage->kern, set, i, &stage->here, err))
            return false;
        if (stage->here.cost < unsure_from || stage->here.cost > unsure_to)
            continue;
        stage->image = (int)i;
        break;
    }
    return read_image(stage, err);
}

/* ---- many ------------------------------------------------------------------------------------ */

static bool is_known(const struct cost_stage *stage)
{
    return stage->found->known && !stage->stale;
}

/* Takes in what the job left, and starts another where something changed. */
static void follow_job(struct cost_stage *stage)
{
    if (stage->work && job_is_over(stage->job)) {
        job_end(stage->job);
        if (!stage->stale)
            *stage->found = stage->work->found;
        cost_work_free(stage->work);
        stage->job = NULL;
        stage->work = NULL;
    }
    if (!stage->stale || stage->show == COST_OF_IMAGE)
        return;
    if (stage->work) {
        job_stop(stage->job);
        return;
    }
    stage->stale = false;
    stage->found->known = false;
    const struct cost_search search = {stage->show,
                                       stage->kern,
                                       stage->images.set,
                                       cost_stage_net(stage),
                                       {stage->three[0], stage->three[1], stage->three[2]}};
    stage->work = cost_work_new(&search, NULL);
    const struct job_setup setup = {cost_work_run, stage->work, stage->wake, stage->user,
                                    _("to compute the cost")};
    stage->job = stage->work ? job_start(&setup, NULL) : NULL;
    if (!stage->job) {
        cost_work_free(stage->work);
        stage->work = NULL;
    }
}

static bool busy(const struct stage *base)
{
    const struct cost_stage *stage = (const struct cost_stage *)base;
    return stage->work || (stage->stale && stage->show != COST_OF_IMAGE);
}

/* ---- beginning and end ----------------------------------------------------------------------- */

static void end(struct stage *base)
{
    struct cost_stage *stage = (struct cost_stage *)base;
    job_stop(stage->job);
    job_end(stage->job);
    cost_work_free(stage->work);
    for (int i = 0; i < COST_NETS; i++)
        nn_free(stage->three[i]);
    nn_free(stage->book);
    nn_free(stage->own);
    stage_images_free(&stage->images);
    free(stage->found);
    free(stage);
}

/* The model in use, where it reads digits. True: it is another one. */
static bool take_own(struct cost_stage *stage, const struct stage_world *world)
{
    if (stage->own_number == world->net_number)
        return false;
    nn_free(stage->own);
    stage->own_number = world->net_number;
    stage->own =
        world->net && nn_in_len(world->net) == FIT_LEN && nn_out_len(world->net) == COSTS_OUTPUTS
            ? nn_copy(world->net, NULL)
            : NULL;
    return true;
}

static bool update(struct stage *base, const struct stage_world *world)
{
    struct cost_stage *stage = (struct cost_stage *)base;
    bool news = false, other = take_own(stage, world) && stage->uses_own;
    stage_images_take(&stage->images, world, stage->wanted, &news, NULL);
    if (news || other) {
        stage->finds_unsure ? find_unsure(stage, NULL) : read_image(stage, NULL);
        stage->stale = true;
    }
    follow_job(stage);
    stage->progress = job_progress(stage->job);
    return false;
}

static bool fill(struct cost_stage *stage, const struct stage_world *world, struct err *err)
{
    bool news;
    stage->book = stage_builtin_net("nielsen-30", err);
    if (!stage->book || !stage_images_take(&stage->images, world, stage->wanted, &news, err))
        return false;
    for (int i = 0; i < COST_NETS; i++) {
        stage->three[i] = costs_scaled(stage->book, times[i], err);
        if (!stage->three[i])
            return false;
    }
    take_own(stage, world);
    return read_image(stage, err);
}

static struct stage *begin(const struct stage_world *world, struct err *err)
{
    struct cost_stage *stage = calloc(1, sizeof *stage);
    struct cost_found *found = calloc(1, sizeof *found);
    if (!stage || !found) {
        free(stage);
        free(found);
        err_memory(err, _("the page"));
        return NULL;
    }
    stage->found = found;
    stage->kern = world->kern;
    stage->wake = world->wake;
    stage->user = world->user;
    stage->own_number = world->net_number + 1;
    stage->shift = MIDDLE;
    stage->wanted = IMAGES;
    stage->stale = true;
    if (fill(stage, world, err))
        return &stage->stage;
    end(&stage->stage);
    return NULL;
}

/* ---- values ---------------------------------------------------------------------------------- */

/* Where the cost is lowest with as many right as at the start. */
static int find_lowest(const struct cost_found *found)
{
    int best = MIDDLE;
    for (int i = 0; i < COST_SHIFTS; i++)
        if (found->along[i].right == found->along[MIDDLE].right &&
            found->along[i].cost < found->along[best].cost)
            best = i;
    return best;
}

static int find_dear(const struct cost_found *found)
{
    for (uint32_t i = 0; i < found->count; i++)
        if (found->cost[i] > dear_from)
            return (int)i;
    return -1;
}

/* A place that is known by what is found there. */
static bool set_found(struct cost_stage *stage, bool dear, struct err *err)
{
    if (!is_known(stage) || stage->show != (dear ? COST_OF_MANY : COST_OF_WEIGHT))
        return err_set(err, _("The cost is not computed yet."));
    int at = dear ? find_dear(stage->found) : find_lowest(stage->found);
    if (at < 0)
        return err_set(err, _("No image costs so much."));
    *(dear ? &stage->image : &stage->shift) = at;
    stage->finds_unsure &= !dear;
    return read_image(stage, err);
}

static bool set_number(struct cost_stage *stage, const char *name, double number)
{
    if (strcmp(name, "image") == 0) {
        stage->image = (int)number - 1;
        stage->finds_unsure = false;
    } else if (strcmp(name, "output") == 0) {
        stage->output = (int)number;
    } else if (strcmp(name, "shift") == 0) {
        stage->shift = cost_work_place(number);
    } else if (strcmp(name, "images") == 0) {
        stage->wanted = (uint32_t)number; /* taken with the next frame */
        stage->stale = true;
    } else if (strcmp(name, "net") == 0) {
        stage->stale |= stage->uses_own != (number != 0);
        stage->uses_own = number != 0;
    } else {
        stage->stale |= stage->show != (enum cost_show)number;
        stage->show = (enum cost_show)number;
    }
    return true;
}

static bool set(struct stage *base, const char *name, const char *value, struct err *err)
{
    struct cost_stage *stage = (struct cost_stage *)base;
    const struct {
        const char *name;
        double min, max;
    } values[] = {
        {"show", 0, COST_SHOWS - 1},
        {"net", 0, 1},
        {"image", 1, stage->images.set->count},
        {"output", 0, COSTS_OUTPUTS - 1},
        {"images", IMAGES_LEAST, COST_IMAGES_MAX},
        {"shift", (double)cost_work_shift(0), (double)cost_work_shift(COST_SHIFTS - 1)},
    };
    double number;
    if (strcmp(name, "image") == 0 && strcmp(value, "unsure") == 0) {
        stage->finds_unsure = true;
        return find_unsure(stage, err);
    }
    if (strcmp(name, "output") == 0 && strcmp(value, "worst") == 0) {
        stage->output = worst_of(&stage->here);
        return true;
    }
    if (strcmp(name, "image") == 0 && strcmp(value, "dear") == 0)
        return set_found(stage, true, err);
    if (strcmp(name, "shift") == 0 && strcmp(value, "lowest") == 0)
        return set_found(stage, false, err);
    for (size_t i = 0; i < sizeof values / sizeof *values; i++)
        if (strcmp(values[i].name, name) == 0)
            return stage_number(name, value, values[i].min, values[i].max, &number, err) &&
                   set_number(stage, name, number) && read_image(stage, err);
    return stage_unknown(name, err);
}

/* ---- figures --------------------------------------------------------------------------------- */

struct cost_figure {
    const char *name;
    double value;
};

static bool find_figure(const struct cost_figure *figures, size_t count, const char *name,
                        double *value)
{
    for (size_t i = 0; i < count; i++) {
        if (strcmp(figures[i].name, name) != 0)
            continue;
        *value = figures[i].value;
        return true;
    }
    return false;
}

static bool image_figure(const struct cost_stage *stage, const char *name, double *value)
{
    const struct costs_image *here = &stage->here;
    double sum = 0;
    for (int k = 0; k < COSTS_OUTPUTS; k++)
        sum += here->square[k];
    const struct cost_figure figures[] = {
        {"show", stage->show},
        {"net", stage->uses_own},
        {"image", stage->image + 1},
        {"images", stage->wanted},
        {"output", stage->output},
        {"shift", (double)cost_work_shift(stage->shift)},
        {"cost", here->cost},
        {"label", here->label},
        {"reads", here->answer},
        {"a", (double)here->out[stage->output]},
        {"y", (double)here->wanted[stage->output]},
        {"square", here->square[stage->output]},
        {"sum", sum},
        {"worst", worst_of(here)},
        {"without", here->cost - here->square[stage->output] / 2},
        {"count", stage->images.set->count},
    };
    return find_figure(figures, sizeof figures / sizeof *figures, name, value);
}

static bool many_figure(const struct cost_stage *stage, const char *name, double *value)
{
    const struct cost_found *found = stage->found;
    bool known = is_known(stage) && stage->show == COST_OF_MANY;
    double dear = 0, cheap = 0, sum = 0, dear_sum = 0;
    for (uint32_t i = 0; known && i < found->count; i++) {
        dear += found->cost[i] > dear_from;
        cheap += found->cost[i] < cheap_to;
        sum += (double)found->cost[i];
        dear_sum += found->cost[i] > dear_from ? (double)found->cost[i] : 0;
    }
    const struct cost_figure figures[] = {
        {"mean", found->mean.cost},
        {"right", found->mean.right},
        {"dear", dear},
        {"cheap", cheap},
        {"share", sum > 0 ? 100 * dear_sum / sum : NAN},
    };
    bool mine = find_figure(figures, sizeof figures / sizeof *figures, name, value);
    if (mine && !known)
        *value = NAN;
    return mine;
}

static bool three_figure(const struct cost_stage *stage, const char *name, double *value)
{
    const struct costs_mean *three = stage->found->three;
    int lowest = 0;
    for (int i = 1; i < COST_NETS; i++)
        lowest = three[i].cost < three[lowest].cost ? i : lowest;
    const struct cost_figure figures[] = {
        {"cost1", three[0].cost},   {"cost2", three[1].cost},   {"cost3", three[2].cost},
        {"right1", three[0].right}, {"right2", three[1].right}, {"right3", three[2].right},
        {"lowest", lowest + 1},
    };
    bool mine = find_figure(figures, sizeof figures / sizeof *figures, name, value);
    if (mine && !(is_known(stage) && stage->show == COST_OF_THREE))
        *value = NAN;
    return mine;
}

static bool weight_figure(const struct cost_stage *stage, const char *name, double *value)
{
    const struct cost_found *found = stage->found;
    const struct costs_mean *start = &found->along[MIDDLE];
    const struct costs_mean *there = &found->along[stage->shift];
    const struct cost_figure figures[] = {
        {"weight", (double)(found->place.weight + cost_work_shift(stage->shift))},
        {"from", found->place.from + 1},
        {"to", found->place.output},
        {"cost-start", start->cost},
        {"right-start", start->right},
        {"cost-there", there->cost},
        {"right-there", there->right},
        {"cost-lowest", found->along[find_lowest(found)].cost},
    };
    bool mine = find_figure(figures, sizeof figures / sizeof *figures, name, value);
    if (mine && !(is_known(stage) && stage->show == COST_OF_WEIGHT))
        *value = NAN;
    return mine;
}

static bool figure(const struct stage *base, const char *name, double *value)
{
    const struct cost_stage *stage = (const struct cost_stage *)base;
    return image_figure(stage, name, value) || many_figure(stage, name, value) ||
           three_figure(stage, name, value) || weight_figure(stage, name, value);
}

/* ---- controls -------------------------------------------------------------------------------- */

static int controls(const struct stage *base, struct stage_control *controls)
{
    static const char *nets[2];
    const struct cost_stage *stage = (const struct cost_stage *)base;
    int count = 0;
    nets[0] = _("the book's 784-30-10");
    nets[1] = _("the model in use");
    controls[count++] = (struct stage_control){
        "net", N_("Network"), STAGE_CHOICE, .value = stage->uses_own, .choices = nets, .count = 2};
    if (!stage->own)
        controls[count - 1].off = _("The model in use does not read digits of 28x28.");
    controls[count++] = (struct stage_control){"image",      N_("Image"),
                                               STAGE_SLIDER, .value = stage->image + 1,
                                               .min = 1,     .max = stage->images.set->count,
                                               .step = 1};
    controls[count++] = (struct stage_control){"shift",
                                               N_("Shift of the weight"),
                                               STAGE_SLIDER,
                                               .value = (double)cost_work_shift(stage->shift),
                                               .min = (double)cost_work_shift(0),
                                               .max = (double)cost_work_shift(COST_SHIFTS - 1),
                                               .step = (double)cost_work_shift(MIDDLE + 1),
                                               .digits = 2};
    controls[count++] = (struct stage_control){"output", "", STAGE_HELD, .value = stage->output,
                                               .max = COSTS_OUTPUTS - 1};
    controls[count++] = (struct stage_control){"images",
                                               "",
                                               STAGE_HELD,
                                               .value = stage->wanted,
                                               .min = IMAGES_LEAST,
                                               .max = COST_IMAGES_MAX};
    controls[count++] =
        (struct stage_control){"show", "", STAGE_HELD, .value = stage->show, .max = COST_SHOWS - 1};
    return count;
}

const struct stage_kind cost_stage_kind = {
    .name = "cost",
    .uses_data = true,
    .begin = begin,
    .end = end,
    .update = update,
    .busy = busy,
    .set = set,
    .figure = figure,
    .controls = controls,
};
