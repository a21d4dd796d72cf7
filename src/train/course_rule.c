/* SPDX-License-Identifier: MIT */
/* When the network that a run keeps is sure. */
#include "data/dataset.h"
#include "eval/calibrate.h"
#include "eval/evaluate.h"
#include "train/course.h"

static uint32_t least(uint32_t a, uint32_t b)
{
    return a < b ? a : b;
}

/* The last of the pictures held back; where none were, of those trained on. */
static struct dataset choose_pictures(const struct course *course, uint32_t most)
{
    uint32_t count = course->held_back > 0 ? course->held_back : course->train->count;
    count = least(count, most);
    return dataset_part(course->train, course->train->count - count, count);
}

bool course_fit_rule(struct course *course, uint32_t most, const atomic_bool *unwanted,
                     struct verdict_rule *rule, struct err *err)
{
    const struct nn *net = course->best_epoch > 0 ? course->best : lesson_kept(course->lesson);
    struct dataset pictures = choose_pictures(course, most), drawn = {0}, *own = NULL;
    if (!course->others && course->strokes &&
        !(own = evaluate_strokes(course->strokes, course->pool, err)))
        return false;
    const struct dataset *strokes = course->others ? course->others : own;
    if (strokes)
        drawn = dataset_part(strokes, 0, least(strokes->count, most));
    const struct dataset *sets[] = {&pictures, &drawn};
    bool ok = calibrate_net(net, sets, 2, least(most, CALIBRATE_OUTLIERS), course->evaluator,
                            unwanted, rule, err);
    dataset_free(own);
    return ok;
}
