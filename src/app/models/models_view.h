/* models_view.h -- the Models view: a shelf of all models, and one of them looked at. */
#ifndef APP_MODELS_MODELS_VIEW_H
#define APP_MODELS_MODELS_VIEW_H

#include <stdbool.h>

#include "app/models/model_card.h"
#include "ui/layout.h"

struct actions;
struct models_shown;
struct ui;

/* The view's own state. From zeros. */
struct models_view {
    struct model_card card;
    float scroll, page_scroll;
};

void models_view_show(struct models_view *view, const struct models_shown *shown, struct ui *ui,
                      struct ui_rect rect, struct actions *actions);

#endif
