/* SPDX-License-Identifier: MIT */
/* When the network that a run keeps is sure. */
#include "data/dataset.h"
#include "train/calibrate.h"
#include "train/course.h"
#include "train/evaluate.h"

/* The pictures held back; where none were, some of those trained on. */
static struct dataset choose_pictures(const struct course *course)
{
    uint32_t count = course->held_back;
    if (count == 0)
        count = course->train->count < CALIBRATE_IMAGES ? course->train->count : CALIBRATE_IMAGES;
    return dataset_part(course->train, course->train->count - count, count);
}

bool course_fit_rule(struct course *course, const atomic_bool *unwanted, struct answer_rule *rule,
                     struct err *err)
{
    const struct nn *net = course->best_epoch > 0 ? course->best : lesson_kept(course->lesson);
    struct dataset pictures = choose_pictures(course), *own = NULL;
    if (!course->others && course->strokes &&
        !(own = evaluate_strokes(course->strokes, course->crew, err)))
        return false;
    const struct dataset *sets[] = {&pictures, course->others ? course->others : own};
    bool ok = calibrate_net(net, sets, 2, course->evaluator, unwanted, rule, err);
    dataset_free(own);
    return ok;
}
