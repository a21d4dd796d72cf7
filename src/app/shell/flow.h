/* flow.h -- what one part's outcome means to another: this alone knows more than one of them.
 *
 * No part tells another that something has changed: each counts its changes, and here those counts
 * are compared with the ones that were last looked at (struct flow in state.h).
 */
#ifndef APP_SHELL_FLOW_H
#define APP_SHELL_FLOW_H

#include <stdbool.h>
#include <stdint.h>

#include "app/state/evaluating.h"

struct app;
struct nn;
struct reading_by;

/* Takes in what other threads finished. */
void flow_poll(struct app *app);

/* Carries every outcome on to whom it means something; after each action, and by flow_poll. */
void flow_settle(struct app *app);

/* Reads what is on the canvas, where that or who reads has changed. True if it was read. */
bool flow_read(struct app *app);

/* Takes in what became of my digits' file, and reads the chosen one where it is looked at. */
void flow_poll_digits(struct app *app);

/* Whoever waits for the data has it loaded. */
void flow_want_data(struct app *app);

/* Which images the set has now: another number, others. */
uint64_t flow_images_number(const struct app *app, enum evaluating_set set);

/* Looks again which trainings can go on. */
void flow_look_back(struct app *app);

/* The tuned model comes into use. */
void flow_accept_hand(struct app *app);

/* Whether the model in use is in no file and in no run's checkpoint: then the window takes it along
 * when it closes. */
bool flow_model_is_at_risk(const struct app *app);

/* The network that reads the drawing now: the newest weights while a run gives them, else the
 * model in use. NULL where there is none. */
const struct nn *app_net(const struct app *app);
bool app_reads_newest(const struct app *app); /* it is the newest weights of the run */

/* The same with all that goes with it. */
struct reading_by flow_reader(const struct app *app);

#endif
