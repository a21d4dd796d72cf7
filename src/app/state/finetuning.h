/* finetuning.h -- "Learn my hand": a copy of the model in use is tuned on the person's digits.
 *
 *     FINETUNING_IDLE     nothing under way, nothing to decide
 *     FINETUNING_WAITING  for the training images to be loaded
 *     FINETUNING_RUNNING  a job runs train/finetune.h
 *     FINETUNING_READY    the tuned model waits to be accepted; the one in use is still the old one
 */
#ifndef APP_STATE_FINETUNING_H
#define APP_STATE_FINETUNING_H

#include <stdbool.h>

#include "train/finetune.h"

struct app_host;
struct dataset;
struct err;
struct finetuning;
struct hold;
struct kern;
struct log;
struct my_digits;
struct model;
struct notices;

enum finetuning_stage { FINETUNING_IDLE, FINETUNING_WAITING, FINETUNING_RUNNING, FINETUNING_READY };

/* What it needs of the rest of the program; all outlives it. */
struct finetuning_means {
    const struct app_host *host; /* wakes */
    const struct log *log;
    struct notices *notices;
    struct hold *hold; /* on the data */
    const struct kern *kern;
    int threads; /* 0: one for each core */
};

struct finetuning *finetuning_new(const struct finetuning_means *means, struct err *err);
void finetuning_free(struct finetuning *finetuning); /* stops what runs. NULL is fine */

/* What a view shows. */
enum finetuning_stage finetuning_stage(const struct finetuning *finetuning);
/* Waiting or running: the data must stay. */
bool finetuning_busy(const struct finetuning *finetuning);
double finetuning_progress(const struct finetuning *finetuning); /* 0 to 1 */
/* While READY, else NULL. */
const struct finetune_result *finetuning_result(const struct finetuning *finetuning);
const char *finetuning_data(const struct finetuning *finetuning); /* which test images: "MNIST" */

/* What to learn from. The model and the digits are copied at the launch, the sets must stay. */
struct finetuning_from {
    const struct model *model;
    const struct my_digits *digits;
    const struct dataset *train;
    const struct dataset *test; /* NULL: none */
    const char *data;           /* what the sets are called */
};

/* Forgets a result that waits, and waits for the data: then it is launched, or given up. */
void finetuning_start(struct finetuning *finetuning);
void finetuning_launch(struct finetuning *finetuning, const struct finetuning_from *from);
void finetuning_give_up(struct finetuning *finetuning);

void finetuning_stop(struct finetuning *finetuning);

/* While READY: the tuned model, which the caller owns; NULL with a sentence. What became of it is
 * told by finetuning_end: it is in use, or it could not be made; or it was kept out. */
struct model *finetuning_model(const struct finetuning *finetuning, struct err *err);
enum finetuning_end { FINETUNING_ACCEPTED, FINETUNING_FAILED, FINETUNING_DISCARDED };
void finetuning_end(struct finetuning *finetuning, enum finetuning_end end);

void finetuning_poll(struct finetuning *finetuning);

#endif
