/* training.h -- starts, watches and ends the run (run.h). */
#ifndef APP_TRAINING_H
#define APP_TRAINING_H

struct app;
struct recipe;

/* Each says in a notice what prevents it. */
void training_start(struct app *app, const struct recipe *recipe);
void training_resume(struct app *app);
void training_pause(struct app *app); /* or goes on */
void training_stop(struct app *app);

/* Takes in what the trainer has to show, starts what waited for data, ends what is over. */
void training_poll(struct app *app);

/* Whether a checkpoint of an earlier run lies there. */
void training_look_back(struct app *app);

/* The model in use, which a run gave, is in a file now: a checkpoint of that very run, if it came
 * to its end, is not needed any more. */
void training_result_saved(struct app *app);

/* Ends a run under way at once; its checkpoint stays. */
void training_clear(struct app *app);

#endif
