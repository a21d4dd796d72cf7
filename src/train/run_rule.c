/* SPDX-License-Identifier: MIT */
/* When the network that a run keeps is sure. */
#include "data/dataset.h"
#include "eval/calibrate.h"
#include "eval/evaluate.h"
#include "train/run.h"

static uint32_t least(uint32_t a, uint32_t b)
{
    return a < b ? a : b;
}

/* The last of the pictures held back; where none were, of those trained on. */
static struct dataset choose_pictures(const struct run *run, uint32_t most)
{
    uint32_t count = run->held_back > 0 ? run->held_back : run->train->count;
    count = least(count, most);
    return dataset_part(run->train, run->train->count - count, count);
}

bool run_fit_rule(struct run *run, uint32_t most, const atomic_bool *unwanted,
                  struct verdict_rule *rule, struct err *err)
{
    const struct nn *net = run->best_epoch > 0 ? run->best : stepper_kept(run->stepper);
    struct dataset pictures = choose_pictures(run, most), drawn = {0}, *own = NULL;
    if (!run->others && run->strokes && !(own = evaluate_strokes(run->strokes, run->pool, err)))
        return false;
    const struct dataset *strokes = run->others ? run->others : own;
    if (strokes)
        drawn = dataset_part(strokes, 0, least(strokes->count, most));
    const struct dataset *sets[] = {&pictures, &drawn};
    bool ok = calibrate_net(net, sets, 2, least(most, CALIBRATE_OUTLIERS), run->evaluator, unwanted,
                            rule, err);
    dataset_free(own);
    return ok;
}
