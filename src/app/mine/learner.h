/* learner.h -- "Learn my hand": a copy of the model in use is tuned on the person's digits.
 *
 *     LEARNER_IDLE     nothing under way, nothing to decide
 *     LEARNER_WAITING  for the training images to be loaded
 *     LEARNER_RUNNING  a thread of its own runs train/tune.h
 *     LEARNER_READY    the tuned model waits to be accepted; the one in use is still the old one
 */
#ifndef APP_MINE_LEARNER_H
#define APP_MINE_LEARNER_H

#include <stdbool.h>

#include "train/tune.h"

struct app;
struct err;
struct learner;

enum learner_stage { LEARNER_IDLE, LEARNER_WAITING, LEARNER_RUNNING, LEARNER_READY };

struct learner *learner_new(struct err *err);
void learner_free(struct learner *learner); /* stops what runs. NULL is fine */

/* What a view shows. */
enum learner_stage learner_stage(const struct learner *learner);
bool learner_busy(const struct learner *learner);     /* waiting or running: the data must stay */
double learner_progress(const struct learner *learner); /* 0 to 1 */
const struct tune_result *learner_result(const struct learner *learner); /* while READY */
const char *learner_data(const struct learner *learner); /* which test images: "MNIST" */

/* Each says in a notice what prevents it. */
void learner_start(struct app *app);
void learner_stop(struct app *app);
void learner_accept(struct app *app); /* the tuned model comes into use; ACT_MODEL_BACK undoes it */
void learner_discard(struct app *app);

void learner_poll(struct app *app);

#endif
