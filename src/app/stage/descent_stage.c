/* SPDX-License-Identifier: MIT */
#include "app/stage/descent_stage.h"

#include <math.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>

#include "app/job/job.h"
#include "base/language.h"
#include "lesson/surface.h"
#include "model/builtin.h"
#include "model/model.h"

enum {
    IMAGES_USUAL = 1000,
    IMAGES_MAX = 10000,
    SEED = 3,
    STEPS_MAX = 200,
    TRY_STEPS = 10,      /* after so many a rate is one with which the ball stays */
    STEP_PAUSE = 100000, /* microseconds between two, while it rolls */
};

static const double eta_usual = 0.3;
static const double reach = 2, shown = 1; /* of x and y; of the picture */
static const double still = 1e-4;         /* a step so short is none */
static const struct descent_point usual_start = {0.85, 0.8};

int descent_stage_side(int level)
{
    return DESCENT_CELLS >> (DESCENT_LEVELS - 1 - level);
}

/* ---- the picture, in a job ------------------------------------------------------------------- */

struct descent_work {
    struct job *job;
    const struct surface *surface;
    struct surface_at *at;
    atomic_int done; /* levels; those are the window's to read */
    float cells[DESCENT_LEVELS][DESCENT_CELLS * DESCENT_CELLS];
};

static double cell_middle(int i, int side)
{
    return shown * ((2 * i + 1) / (double)side - 1);
}

/* Asked after each cell whether to go on: whoever leaves the page waits for no more. */
static bool fill_row(struct descent_work *work, struct job *job, int level, int row, double part)
{
    int side = descent_stage_side(level);
    for (int col = 0; col < side; col++) {
        work->cells[level][row * side + col] = (float)surface_cost(
            work->surface, work->at, cell_middle(col, side), -cell_middle(row, side));
        if (!job_step(job, part))
            return false;
    }
    return true;
}

static void fill_cells(struct job *job, void *user)
{
    struct descent_work *work = user;
    for (int level = 0; level < DESCENT_LEVELS; level++) {
        int side = descent_stage_side(level);
        for (int row = 0; row < side; row++)
            if (!fill_row(work, job, level, row, row / (double)side))
                return;
        atomic_store(&work->done, level + 1);
    }
}

static void end_work(struct descent_stage *stage)
{
    struct descent_work *work = stage->work;
    if (work) {
        job_stop(work->job);
        job_end(work->job);
        surface_at_free(work->at);
        free(work);
    }
    stage->work = NULL;
    stage->cells = NULL;
    stage->level = -1;
}

static bool start_work(struct descent_stage *stage, struct err *err)
{
    struct descent_work *work = calloc(1, sizeof *work);
    if (!work)
        return err_memory(err, _("the surface"));
    stage->work = work;
    work->surface = stage->surface;
    work->at = surface_at_new(stage->surface, stage->world.kern, err);
    const struct job_setup setup = {fill_cells, work, stage->world.wake, stage->world.user,
                                    _("to measure the surface")};
    work->job = work->at ? job_start(&setup, err) : NULL;
    return work->job != NULL;
}

static void take_cells(struct descent_stage *stage)
{
    int level = stage->work ? atomic_load(&stage->work->done) - 1 : -1;
    if (level == stage->level)
        return;
    int count = descent_stage_side(level) * descent_stage_side(level);
    stage->level = level;
    stage->cells = stage->work->cells[level];
    stage->low = INFINITY;
    stage->high = -INFINITY;
    for (int i = 0; i < count; i++) {
        stage->low = fmin(stage->low, (double)stage->cells[i]);
        stage->high = fmax(stage->high, (double)stage->cells[i]);
    }
}

/* ---- the ball -------------------------------------------------------------------------------- */

static bool is_outside(const struct descent_stage *stage)
{
    return fabs(stage->ball.x) > shown || fabs(stage->ball.y) > shown;
}

static void measure(struct descent_stage *stage)
{
    stage->cost =
        surface_slope(stage->surface, stage->at, stage->ball.x, stage->ball.y, stage->slope);
    if (stage->batch > 0)
        surface_slope_of(stage->surface, stage->at, stage->ball.x, stage->ball.y,
                         (uint32_t)(stage->used % surface_images(stage->surface)),
                         (uint32_t)stage->batch, stage->step_slope);
    else
        memcpy(stage->step_slope, stage->slope, sizeof stage->slope);
    stage->lowest = stage->path_count > 1 ? fmin(stage->lowest, stage->cost) : stage->cost;
}

static void put_ball(struct descent_stage *stage, struct descent_point at)
{
    stage->ball = stage->path[0] = at;
    stage->path_count = 1;
    stage->steps = 0;
    stage->used = 0;
    stage->rolls = false;
    stage->one_rate = at.x == stage->start.x && at.y == stage->start.y;
    if (stage->surface)
        measure(stage);
}

/* What was learnt of the rate since the ball left its start. */
static void judge_rate(struct descent_stage *stage)
{
    bool left = is_outside(stage);
    if (!stage->one_rate || (!left && stage->steps != TRY_STEPS))
        return;
    if (stage->try_count == DESCENT_TRIES_MAX)
        memmove(stage->tries, stage->tries + 1, --stage->try_count * sizeof *stage->tries);
    stage->tries[stage->try_count++] = (struct descent_try){stage->eta, left};
}

static void make_step(struct descent_stage *stage)
{
    if (is_outside(stage))
        return;
    stage->ball.x = fmin(fmax(stage->ball.x - stage->eta * stage->step_slope[0], -reach), reach);
    stage->ball.y = fmin(fmax(stage->ball.y - stage->eta * stage->step_slope[1], -reach), reach);
    if (stage->path_count == DESCENT_PATH_MAX)
        memmove(stage->path, stage->path + 1, --stage->path_count * sizeof *stage->path);
    stage->path[stage->path_count++] = stage->ball;
    stage->steps++;
    stage->used += stage->batch > 0 ? (uint32_t)stage->batch : surface_images(stage->surface);
    measure(stage);
    judge_rate(stage);
}

static bool lies_still(const struct descent_stage *stage)
{
    double length = stage->eta * hypot(stage->step_slope[0], stage->step_slope[1]);
    return is_outside(stage) || stage->steps >= STEPS_MAX || (stage->batch == 0 && length < still);
}

static bool roll_on(struct descent_stage *stage, uint64_t now)
{
    if (!stage->rolls || !stage->surface)
        return false;
    if (now < stage->next_step)
        return true;
    stage->next_step = now + STEP_PAUSE;
    make_step(stage);
    stage->rolls = !lies_still(stage);
    return stage->rolls;
}

/* ---- the surface ----------------------------------------------------------------------------- */

static void drop_surface(struct descent_stage *stage)
{
    end_work(stage);
    surface_at_free(stage->at);
    surface_free(stage->surface);
    stage->at = NULL;
    stage->surface = NULL;
}

static struct surface *make_surface(const struct descent_stage *stage, const struct dataset *set,
                                    struct err *err)
{
    int found = model_builtin_find("nielsen-30");
    struct model *model = found >= 0 ? model_builtin_at(found, err) : NULL;
    if (!model) {
        if (found < 0)
            err_set(err, _("This program was built without the network nielsen-30."));
        return NULL;
    }
    struct surface *surface = surface_new(model->net, set, (uint32_t)stage->images,
                                          (enum surface_plane)stage->plane, SEED, err);
    model_free(model);
    return surface;
}

/* Anew where the images, their number or the plane are others. */
static void follow(struct descent_stage *stage, const struct stage_world *world)
{
    const struct dataset *set = world->test ? world->test : world->train;
    if (!set || stage->trouble.text[0])
        return;
    if (stage->surface && stage->data_number == world->data_number)
        return;
    drop_surface(stage);
    stage->data_number = world->data_number;
    stage->surface = make_surface(stage, set, &stage->trouble);
    stage->at =
        stage->surface ? surface_at_new(stage->surface, stage->world.kern, &stage->trouble) : NULL;
    if (!stage->at || !start_work(stage, &stage->trouble)) {
        drop_surface(stage);
        return;
    }
    stage->trouble.text[0] = 0;
    stage->try_count = 0;
    stage->start_cost = surface_cost(stage->surface, stage->at, stage->start.x, stage->start.y);
    put_ball(stage, stage->ball);
}

static bool update(struct stage *base, const struct stage_world *world)
{
    struct descent_stage *stage = (struct descent_stage *)base;
    follow(stage, world);
    take_cells(stage);
    return roll_on(stage, world->now);
}

static bool busy(const struct stage *base)
{
    const struct descent_stage *stage = (const struct descent_stage *)base;
    return stage->rolls || (stage->work && !job_is_over(stage->work->job));
}

/* ---- beginning and end ----------------------------------------------------------------------- */

static void end(struct stage *base)
{
    struct descent_stage *stage = (struct descent_stage *)base;
    drop_surface(stage);
    free(stage);
}

static struct stage *begin(const struct stage_world *world, struct err *err)
{
    struct descent_stage *stage = calloc(1, sizeof *stage);
    if (!stage) {
        err_memory(err, _("the page"));
        return NULL;
    }
    stage->world =
        (struct stage_world){.kern = world->kern, .wake = world->wake, .user = world->user};
    stage->images = IMAGES_USUAL;
    stage->eta = eta_usual;
    stage->level = -1;
    stage->start = usual_start;
    put_ball(stage, usual_start);
    follow(stage, world);
    return &stage->stage;
}

/* ---- values ---------------------------------------------------------------------------------- */

/* The surface is made anew by the next update. */
static void wish_surface(struct descent_stage *stage)
{
    drop_surface(stage);
    stage->trouble.text[0] = 0;
}

static void set_ball(struct descent_stage *stage, const char *name, double to)
{
    struct descent_point at = stage->ball;
    *(name[0] == 'x' ? &at.x : &at.y) = to;
    put_ball(stage, at);
}

static bool step(struct descent_stage *stage, int count, struct err *err)
{
    if (!stage->surface)
        return err_set(err, _("The images are not loaded yet."));
    stage->rolls = false;
    for (int i = 0; i < count; i++)
        make_step(stage);
    return true;
}

static bool roll(struct descent_stage *stage, struct err *err)
{
    if (!stage->surface)
        return err_set(err, _("The images are not loaded yet."));
    stage->rolls = !stage->rolls && !lies_still(stage);
    stage->next_step = 0;
    return true;
}

enum { X, Y, ETA, STEP, ROLL, AGAIN, PLANE, IMAGES, SIZE, VALUES };
static const struct {
    const char *name;
    double least, most;
} values[VALUES] = {
    [X] = {"x", -2, 2},
    [Y] = {"y", -2, 2},
    [ETA] = {"eta", 0.01, 100},
    [STEP] = {"step", 1, STEPS_MAX},
    [ROLL] = {"roll", 1, 1},
    [AGAIN] = {"again", 1, 1},
    [PLANE] = {"plane", 0, SURFACE_PLANES - 1},
    [IMAGES] = {"images", 1, IMAGES_MAX},
    [SIZE] = {"batch", 0, IMAGES_MAX},
};

static void set_eta(struct descent_stage *stage, double eta)
{
    stage->one_rate &= stage->steps == 0 || eta == stage->eta;
    stage->eta = eta;
}

static void set_batch(struct descent_stage *stage, int batch)
{
    stage->batch = batch;
    if (stage->surface)
        measure(stage);
}

static bool set_value(struct descent_stage *stage, int which, double number, struct err *err)
{
    switch (which) {
    case X:
    case Y:
        set_ball(stage, values[which].name, number);
        break;
    case ETA:
        set_eta(stage, number);
        break;
    case STEP:
        return step(stage, (int)number, err);
    case ROLL:
        return roll(stage, err);
    case AGAIN:
        put_ball(stage, stage->start);
        break;
    case SIZE:
        set_batch(stage, (int)number);
        break;
    case PLANE:
        stage->plane = (int)number;
        wish_surface(stage);
        break;
    case IMAGES:
        stage->images = (int)number;
        wish_surface(stage);
        break;
    }
    return true;
}

static bool set(struct stage *base, const char *name, const char *value, struct err *err)
{
    struct descent_stage *stage = (struct descent_stage *)base;
    double number;
    for (int i = 0; i < VALUES; i++)
        if (strcmp(values[i].name, name) == 0)
            return stage_number(name, value, values[i].least, values[i].most, &number, err) &&
                   set_value(stage, i, number, err);
    return stage_unknown(name, err);
}

/* ---- figures --------------------------------------------------------------------------------- */

/* The two tries that lie nearest to one another, of which the greater left. NAN: there are none. */
static struct descent_point nearest_tries(const struct descent_stage *stage)
{
    struct descent_point best = {NAN, NAN};
    for (int i = 0; i < stage->try_count; i++) {
        for (int j = 0; j < stage->try_count; j++) {
            const struct descent_try *stayed = &stage->tries[i], *left = &stage->tries[j];
            if (!stayed->left && left->left && left->eta > stayed->eta &&
                !(left->eta / stayed->eta >= best.y / best.x))
                best = (struct descent_point){stayed->eta, left->eta};
        }
    }
    return best;
}

static double angle_between(const double a[2], const double b[2])
{
    double turn = fabs(atan2(a[0] * b[1] - a[1] * b[0], a[0] * b[0] + a[1] * b[1]));
    return turn * 180 / M_PI;
}

static double percent_down(const struct descent_stage *stage)
{
    if (!stage->cells)
        return NAN;
    return 100 * (stage->start_cost - stage->cost) / (stage->start_cost - stage->low);
}

static bool figure(const struct stage *base, const char *name, double *value)
{
    const struct descent_stage *stage = (const struct descent_stage *)base;
    bool known = stage->surface != NULL;
    const struct descent_point near = nearest_tries(stage);
    const struct {
        const char *name;
        double value;
    } figures[] = {
        {"x", stage->ball.x},
        {"y", stage->ball.y},
        {"eta", stage->eta},
        {"plane", stage->plane},
        {"images", known ? (int)surface_images(stage->surface) : stage->images},
        {"cost", known ? stage->cost : (double)NAN},
        {"gx", known ? stage->slope[0] : (double)NAN},
        {"gy", known ? stage->slope[1] : (double)NAN},
        {"dx", known ? -stage->eta * stage->step_slope[0] : (double)NAN},
        {"dy", known ? -stage->eta * stage->step_slope[1] : (double)NAN},
        {"angle", known ? angle_between(stage->slope, stage->step_slope) : (double)NAN},
        {"used", (double)stage->used},
        {"batch", stage->batch},
        {"steps", stage->steps},
        {"lowest", known ? stage->lowest : (double)NAN},
        {"left", is_outside(stage)},
        {"from-start", stage->steps < DESCENT_PATH_MAX && stage->path[0].x == stage->start.x &&
                           stage->path[0].y == stage->start.y},
        {"down", percent_down(stage)},
        {"stayed", near.x},
        {"leaving", near.y},
        {"gap", near.y / near.x},
    };
    for (size_t i = 0; i < sizeof figures / sizeof *figures; i++) {
        if (strcmp(figures[i].name, name) != 0)
            continue;
        *value = figures[i].value;
        return true;
    }
    return false;
}

static int controls(const struct stage *base, struct stage_control *controls)
{
    static const char *const planes[] = {N_("Two random directions"), N_("Two single weights")};
    const struct descent_stage *stage = (const struct descent_stage *)base;
    const char *off = stage->surface ? NULL : N_("The images are not loaded yet.");
    const struct stage_control all[] = {
        {"plane", N_("Plane"), STAGE_CHOICE, .value = stage->plane, .choices = planes,
         .count = SURFACE_PLANES},
        {"batch", N_("Mini-batch (0: all)"), STAGE_SLIDER, .value = stage->batch, .max = 100,
         .step = 1},
        {"eta", N_("Learning rate \u03b7"), STAGE_SLIDER, .value = stage->eta, .min = 0.01,
         .max = 10, .step = 0.01, .digits = 2},
        {"step", N_("Step"), STAGE_BUTTON, .off = off},
        {"roll", stage->rolls ? N_("Halt") : N_("Roll"), STAGE_BUTTON, .off = off},
        {"again", N_("Back to the start"), STAGE_BUTTON},
        {"x", "", STAGE_HELD, .value = stage->ball.x, .min = -reach, .max = reach},
        {"y", "", STAGE_HELD, .value = stage->ball.y, .min = -reach, .max = reach},
        {"images", "", STAGE_HELD, .value = stage->images, .min = 1, .max = IMAGES_MAX},
    };
    memcpy(controls, all, sizeof all);
    return sizeof all / sizeof *all;
}

const struct stage_kind descent_stage_kind = {
    .name = "descent",
    .uses_data = true,
    .begin = begin,
    .end = end,
    .update = update,
    .busy = busy,
    .set = set,
    .figure = figure,
    .controls = controls,
};
