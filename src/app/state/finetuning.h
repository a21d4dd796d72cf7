/* finetuning.h -- "Learn my hand": a copy of the model in use is tuned on the person's digits.
 *
 *     FINETUNING_IDLE     nothing under way, nothing to decide
 *     FINETUNING_WAITING  for the training images to be loaded
 *     FINETUNING_RUNNING  a thread of its own runs train/finetune.h
 *     FINETUNING_READY    the tuned model waits to be accepted; the one in use is still the old one
 */
#ifndef APP_STATE_FINETUNING_H
#define APP_STATE_FINETUNING_H

#include <stdbool.h>

#include "train/finetune.h"

struct app;
struct err;
struct finetuning;

enum finetuning_stage { FINETUNING_IDLE, FINETUNING_WAITING, FINETUNING_RUNNING, FINETUNING_READY };

struct finetuning *finetuning_new(struct err *err);
void finetuning_free(struct finetuning *finetuning); /* stops what runs. NULL is fine */

/* What a view shows. */
enum finetuning_stage finetuning_stage(const struct finetuning *finetuning);
bool finetuning_busy(
    const struct finetuning *finetuning); /* waiting or running: the data must stay */
double finetuning_progress(const struct finetuning *finetuning); /* 0 to 1 */
const struct finetune_result *
finetuning_result(const struct finetuning *finetuning);           /* while READY */
const char *finetuning_data(const struct finetuning *finetuning); /* which test images: "MNIST" */

/* Each says in a notice what prevents it. */
void finetuning_start(struct app *app);
void finetuning_stop(struct app *app);
void finetuning_accept(
    struct app *app); /* the tuned model comes into use; ACT_MODEL_BACK undoes it */
void finetuning_discard(struct app *app);

void finetuning_poll(struct app *app);

#endif
