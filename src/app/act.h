/* act.h -- keys, dropped files and dialogs as actions. */
#ifndef APP_ACT_H
#define APP_ACT_H

struct actions;
struct app;
struct ui_input;

/* The keys that no control used. */
void act_keys(const struct app *app, struct actions *actions);

/* What was dropped: a model, a picture, or a folder of data. */
void act_drops(struct app *app, const struct ui_input *input, struct actions *actions);

#endif
