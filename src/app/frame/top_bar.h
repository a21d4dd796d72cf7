/* top_bar.h -- over every view: the name, the tabs, and the menus of model and data. */
#ifndef APP_FRAME_TOP_BAR_H
#define APP_FRAME_TOP_BAR_H

#include <stdbool.h>
#include <stdint.h>

#include "app/act/action.h"
#include "ui/layout.h"

struct library;
struct models;
struct settings;
struct ui;

enum { TOP_BAR_HEIGHT = 52 };

struct top_bar_shown {
    enum app_view view;
    const struct settings *settings; /* the theme, and the models used of late */
    const struct models *models;
    const struct library *library;
    const char *learner;     /* the recipe of the run whose newest weights read; NULL: the model in
                              * use does, */
    const char *learner_net; /* and its network in words */
    uint32_t own_digits;     /* that are learnt from too, just now */
    bool data_in_use;        /* by what learns */
};

void top_bar_show(const struct top_bar_shown *shown, struct ui *ui, struct ui_rect rect,
                  struct actions *actions);

#endif
