/* log.h -- what happens, as JSON objects for scripts, screen readers and tests. */
#ifndef APP_TELL_LOG_H
#define APP_TELL_LOG_H

#include <stdint.h>

struct app;
struct history_epoch;

void log_layout(const struct app *app, float width, float height, float scale);
/* latency: microseconds from the pointer's move to the screen; 0: nothing moved. */
void log_prediction(const struct app *app, uint64_t latency);
void log_epoch(const struct app *app, const struct history_epoch *epoch);
void log_training(const struct app *app, const char *what); /* "started", "paused", "done" ... */
void log_model(const struct app *app);
void log_data(const struct app *app);
void log_steps(const struct app *app); /* which steps of the fit are on */
/* "taught", "relabelled", "deleted" ...; the label, or -1. */
void log_my_digits(const struct app *app, const char *what, int label);
/* "started", "ready", "accepted" ...; and its progress, when that is a per cent further. */
void log_hand(struct app *app, const char *state);
void log_hand_progress(struct app *app);
void log_error(const struct app *app, const char *text);

#endif
