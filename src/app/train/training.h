/* training.h -- starts, watches and ends the run (run.h). */
#ifndef APP_TRAINING_H
#define APP_TRAINING_H

struct app;
struct err;
struct recipe;

/* Each says in a notice what prevents it. */
void training_start(struct app *app, const struct recipe *recipe);
/* `path` is a checkpoint; NULL: the newest. */
void training_resume(struct app *app, const char *path);
void training_pause(struct app *app); /* or goes on */
void training_stop(struct app *app);

/* Takes in what the trainer has to show, starts what waited for data, ends what is over. */
void training_poll(struct app *app);

/* Looks again which runs there are that can go on (run.h: left). */
void training_look_back(struct app *app);

/* Asks whether the run of that checkpoint is to be thrown away; and throws it away. */
void training_discard_ask(struct app *app, const char *path);
void training_discard(struct app *app);

/* The model in use, which a run gave, is in a file now: the checkpoint of that very run, if it came
 * to its end, is not needed any more. */
void training_result_saved(struct app *app);

/* Adds to a sentence, which says that the model in use could not be saved, which checkpoint holds
 * its weights, where one does. */
void training_name_checkpoint(const struct app *app, struct err *err);

/* Ends a run under way at once; its checkpoint stays. */
void training_clear(struct app *app);

#endif
