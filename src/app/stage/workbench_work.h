/* workbench_work.h -- the training of a workbench (workbench_stage.h) in a job. */
#ifndef APP_STAGE_WORKBENCH_WORK_H
#define APP_STAGE_WORKBENCH_WORK_H

#include <stdbool.h>

struct err;
struct workbench_stage;
struct workbench_work;

/* Trains by the stage's recipe, in stage->work. False with a sentence. */
bool workbench_work_start(struct workbench_stage *stage, struct err *err);

/* Takes over what there is to be seen so far; true when the job has come to its end, with *done:
 * the training came to its own. */
bool workbench_work_take(struct workbench_stage *stage, bool *done);

void workbench_work_stop(struct workbench_work *work);
void workbench_work_end(struct workbench_stage *stage); /* nothing under way is fine */

#endif
