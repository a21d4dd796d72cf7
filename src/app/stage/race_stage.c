/* SPDX-License-Identifier: MIT */
#include "app/stage/race_stage.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "app/job/job.h"
#include "base/clock.h"
#include "base/language.h"
#include "data/dataset.h"
#include "par/lock.h"

enum {
    IMAGES_USUAL = 4000,
    HELD_BACK = 1000,
    EPOCHS_USUAL = 10,
    EPOCHS_MAX = 50,
    SEED = 2,
};

static const double show_each = 0.05; /* seconds */
static const double pace_usual = 4, usual_rate = 3;
static const double near_usual = 1; /* a try so near to it is none */
static const double part_of_best = 0.98;

static const struct race_lane rates[] = {{0.001, 10}, {3, 10}, {100, 10}};
static const struct race_lane batches[] = {{3, 1}, {3, 10}, {3, 1000}, {3, RACE_ALL}};

/* ---- a race in a job ------------------------------------------------------------------------- */

struct race_work {
    struct job *job;
    struct race *race;
    struct race_lane lanes[RACE_LANES_MAX];
    int count;
    double pace, begun; /* seconds */
    struct lock lock;   /* over what follows */
    struct race_curve curves[RACE_LANES_MAX];
};

/* What is new in each lane becomes the window's to see. */
static void publish(struct race_work *work)
{
    lock_take(&work->lock);
    for (int i = 0; i < work->count; i++) {
        struct race_curve *curve = &work->curves[i];
        int count;
        const struct race_point *points = race_points(work->race, i, &count);
        memcpy(curve->points + curve->count, points + curve->count,
               (size_t)(count - curve->count) * sizeof *points);
        curve->count = count;
        curve->lost = race_is_lost(work->race, i);
    }
    lock_give(&work->lock);
}

/* Not before its time. False: the job is to give up. */
static bool keep_pace(struct race_work *work, struct job *job)
{
    static const struct timespec nap = {.tv_nsec = 10000000};
    double due = work->begun + work->pace * race_progress(work->race);
    bool goes_on = job_step(job, race_progress(work->race));
    while (goes_on && clock_seconds() < due) {
        publish(work);
        nanosleep(&nap, NULL);
        goes_on = job_step(job, race_progress(work->race));
    }
    return goes_on;
}

static void run_race(struct job *job, void *user)
{
    struct race_work *work = user;
    double shown = work->begun = clock_seconds();
    while (race_step(work->race)) {
        if (!keep_pace(work, job))
            return;
        if (clock_seconds() > shown + show_each) {
            publish(work);
            shown = clock_seconds();
        }
    }
    publish(work);
}

static void end_work(struct race_stage *stage)
{
    struct race_work *work = stage->work;
    if (!work)
        return;
    job_stop(work->job);
    job_end(work->job);
    race_free(work->race);
    lock_clear(&work->lock);
    free(work);
    stage->work = NULL;
}

static bool start_work(struct race_stage *stage, const struct race_lane *lanes, int count,
                       struct err *err)
{
    const struct race_setup setup = {
        stage->world.train, (uint32_t)stage->images, HELD_BACK, stage->epochs, SEED, lanes, count,
        stage->world.kern};
    struct race_work *work = calloc(1, sizeof *work);
    if (!work)
        return err_memory(err, _("the race"));
    lock_init(&work->lock);
    stage->work = work;
    memcpy(work->lanes, lanes, (size_t)count * sizeof *lanes);
    for (int i = 0; i < count; i++)
        work->curves[i].lane = lanes[i];
    work->count = count;
    work->pace = stage->pace;
    work->race = race_new(&setup, err);
    const struct job_setup job = {run_race, work, stage->world.wake, stage->world.user,
                                  _("to run the race")};
    work->job = work->race ? job_start(&job, err) : NULL;
    if (!work->job) {
        end_work(stage);
        return false;
    }
    stage->race_images = race_images(work->race);
    return true;
}

/* ---- what came of it ------------------------------------------------------------------------- */

static double last_accuracy(const struct race_curve *curve)
{
    return curve->count > 0 ? 100 * (double)curve->points[curve->count - 1].accuracy : (double)NAN;
}

/* The lane, from 1, with the best accuracy at that epoch or the last before it; 0: none. */
static int best_at(const struct race_stage *stage, float epoch)
{
    int best = 0;
    float most = -1;
    for (int i = 0; i < stage->curve_count; i++) {
        const struct race_curve *curve = &stage->curves[i];
        for (int k = 0; k < curve->count && curve->points[k].epoch <= epoch; k++)
            if (curve->points[k].epoch > epoch - 0.01f && curve->points[k].accuracy > most) {
                most = curve->points[k].accuracy;
                best = i + 1;
            }
    }
    return best;
}

/* The lane, from 1, that first had the goal on its own clock; 0: none has it. */
static int quickest(const struct race_stage *stage)
{
    int found = 0;
    float least = INFINITY;
    for (int i = 0; i < stage->curve_count; i++) {
        const struct race_curve *curve = &stage->curves[i];
        for (int k = 0; k < curve->count; k++) {
            if (100 * (double)curve->points[k].accuracy < stage->goal)
                continue;
            if (curve->points[k].seconds < least) {
                least = curve->points[k].seconds;
                found = i + 1;
            }
            break;
        }
    }
    return found;
}

static void set_goal(struct race_stage *stage)
{
    double best = 0;
    for (int i = 0; i < stage->curve_count; i++)
        best = fmax(best, last_accuracy(&stage->curves[i]));
    stage->goal =
        stage->field == RACE_RATES ? last_accuracy(&stage->curves[1]) - 1 : part_of_best * best;
}

static void judge_try(struct race_stage *stage)
{
    const struct race_curve *mine = &stage->curves[1];
    double accuracy = last_accuracy(mine);
    stage->goal = last_accuracy(&stage->curves[0]) - 1;
    if (fabs(mine->lane.rate - usual_rate) < near_usual)
        return;
    stage->tries++;
    stage->own_best = fmax(stage->own_best, accuracy); /* fmax passes NAN over */
}

/* Copies what the job has published, and takes the end in. */
static void take_curves(struct race_stage *stage)
{
    struct race_work *work = stage->work;
    bool over = job_is_over(work->job);
    lock_take(&work->lock);
    memcpy(stage->curves, work->curves, sizeof stage->curves);
    lock_give(&work->lock);
    stage->curve_count = work->count;
    if (!over)
        return;
    bool stopped = job_is_stopped(work->job);
    end_work(stage);
    if (stopped)
        return;
    if (stage->own)
        judge_try(stage);
    else
        set_goal(stage);
    stage->done |= !stage->own;
}

static bool update(struct stage *base, const struct stage_world *world)
{
    struct race_stage *stage = (struct race_stage *)base;
    stage->world = *world;
    if (stage->work)
        take_curves(stage);
    return false;
}

static bool busy(const struct stage *base)
{
    return ((const struct race_stage *)base)->work != NULL;
}

/* ---- beginning and end ----------------------------------------------------------------------- */

static void end(struct stage *base)
{
    struct race_stage *stage = (struct race_stage *)base;
    end_work(stage);
    free(stage);
}

static struct stage *begin(const struct stage_world *world, struct err *err)
{
    struct race_stage *stage = calloc(1, sizeof *stage);
    if (!stage) {
        err_memory(err, _("the page"));
        return NULL;
    }
    stage->world = *world;
    stage->images = IMAGES_USUAL;
    stage->epochs = EPOCHS_USUAL;
    stage->pace = pace_usual;
    stage->eta = 1;
    stage->goal = stage->own_best = NAN;
    return &stage->stage;
}

/* ---- values ---------------------------------------------------------------------------------- */

static bool has_data(const struct race_stage *stage, struct err *err)
{
    return stage->world.train || err_set(err, _("The images are not loaded yet."));
}

static bool go(struct race_stage *stage, struct err *err)
{
    bool by_rate = stage->field == RACE_RATES;
    if (stage->work) {
        job_stop(stage->work->job);
        return true;
    }
    stage->own = false;
    return has_data(stage, err) &&
           start_work(stage, by_rate ? rates : batches, by_rate ? 3 : RACE_LANES_MAX, err);
}

static bool try_own(struct race_stage *stage, struct err *err)
{
    const struct race_lane pair[] = {{usual_rate, 10}, {stage->eta, 10}};
    if (stage->work)
        return err_set(err, _("Wait until this race is over."));
    stage->own = true;
    return has_data(stage, err) && start_work(stage, pair, 2, err);
}

static void forget(struct race_stage *stage)
{
    stage->tries = 0;
    stage->own_best = NAN;
}

enum { FIELD, GO, ETA, TRY, FORGET, BY, WHAT, IMAGES, EPOCHS, PACE, VALUES };
static const struct {
    const char *name;
    double least, most;
} values[VALUES] = {
    [FIELD] = {"field", 0, RACE_FIELDS - 1},
    [GO] = {"go", 1, 1},
    [ETA] = {"eta", 0.001, 100},
    [TRY] = {"try", 1, 1},
    [FORGET] = {"forget", 1, 1},
    [BY] = {"by", 0, 1},
    [WHAT] = {"what", 0, 1},
    [IMAGES] = {"images", 20, RACE_IMAGES_MAX},
    [EPOCHS] = {"epochs", 1, EPOCHS_MAX},
    [PACE] = {"pace", 0, 60},
};

static bool set_value(struct race_stage *stage, int which, double number, struct err *err)
{
    switch (which) {
    case FIELD:
        stage->field = (enum race_field)number;
        break;
    case GO:
        return go(stage, err);
    case ETA:
        stage->eta = number;
        break;
    case TRY:
        return try_own(stage, err);
    case FORGET:
        forget(stage);
        break;
    case BY:
        stage->by_second = number != 0;
        break;
    case WHAT:
        stage->shows_cost = number != 0;
        break;
    case IMAGES:
        stage->images = (int)number;
        break;
    case EPOCHS:
        stage->epochs = (int)number;
        break;
    case PACE:
        stage->pace = number;
        break;
    }
    return true;
}

static bool set(struct stage *base, const char *name, const char *value, struct err *err)
{
    struct race_stage *stage = (struct race_stage *)base;
    double number;
    for (int i = 0; i < VALUES; i++)
        if (strcmp(values[i].name, name) == 0)
            return stage_number(name, value, values[i].least, values[i].most, &number, err) &&
                   set_value(stage, i, number, err);
    return stage_unknown(name, err);
}

/* ---- figures --------------------------------------------------------------------------------- */

static double known(bool is, double value)
{
    return is ? value : (double)NAN;
}

static bool figure(const struct stage *base, const char *name, double *value)
{
    const struct race_stage *stage = (const struct race_stage *)base;
    bool over = stage->done && !stage->work;
    const struct {
        const char *name;
        double value;
    } figures[] = {
        {"done", stage->done},
        {"field", stage->field},
        {"eta", stage->eta},
        {"by", stage->by_second},
        {"what", stage->shows_cost},
        {"images", stage->race_images ? (int)stage->race_images : stage->images},
        {"epochs", stage->epochs},
        {"goal", stage->goal},
        {"tries", stage->tries},
        {"own", stage->own_best},
        {"ahead", known(over && !stage->own, best_at(stage, 1))},
        {"best", known(over && !stage->own, best_at(stage, (float)stage->epochs))},
        {"quickest", known(over && !stage->own, quickest(stage))},
    };
    if (strncmp(name, "acc", 3) == 0 && name[3] >= '1' && name[3] <= '4' && !name[4]) {
        int lane = name[3] - '1';
        *value = known(lane < stage->curve_count, last_accuracy(&stage->curves[lane]));
        return true;
    }
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
    static const char *const bys[] = {N_("By epoch"), N_("By second of training")};
    static const char *const whats[] = {N_("Accuracy"), N_("Cost")};
    const struct race_stage *stage = (const struct race_stage *)base;
    const char *off = stage->world.train ? NULL : N_("The images are not loaded yet.");
    const char *wait = stage->work ? N_("Wait until this race is over.") : off;
    const struct stage_control all[] = {
        {"eta", N_("Your rate \u03b7"), STAGE_SLIDER, .value = stage->eta, .min = 0.001, .max = 20,
         .step = 0.1, .digits = 3},
        {"what", N_("Shown"), STAGE_CHOICE, .value = stage->shows_cost, .choices = whats,
         .count = 2},
        {"by", N_("Over"), STAGE_CHOICE, .value = stage->by_second, .choices = bys, .count = 2},
        {"go", stage->work && !stage->own ? N_("Stop") : N_("Run all of them"), STAGE_BUTTON,
         .off = off},
        {"try", N_("Try your rate"), STAGE_BUTTON, .off = wait},
        {"forget", N_("Forget the tries"), STAGE_BUTTON},
        {"field", "", STAGE_HELD, .value = stage->field},
        {"images", "", STAGE_HELD, .value = stage->images},
        {"epochs", "", STAGE_HELD, .value = stage->epochs},
        {"pace", "", STAGE_HELD, .value = stage->pace},
    };
    memcpy(controls, all, sizeof all);
    return sizeof all / sizeof *all;
}

const struct stage_kind race_stage_kind = {
    .name = "race",
    .uses_data = true,
    .begin = begin,
    .end = end,
    .update = update,
    .busy = busy,
    .set = set,
    .figure = figure,
    .controls = controls,
};
