/* model_card.h -- one model: how well it reads, what can be done with it, and how it was made. */
#ifndef APP_MODELS_MODEL_CARD_H
#define APP_MODELS_MODEL_CARD_H

#include <stdbool.h>

#include "app/state/shelf.h"
#include "ui/layout.h"

struct actions;
struct models_shown;
struct ui;

/* The card's own state. From zeros. */
struct model_card {
    bool renaming; /* a field for the name is there, */
    char name[SHELF_NAME_MAX];
    char of[FILES_PATH_MAX]; /* of that one */
    float scroll;
};

void model_card_show(struct model_card *card, const struct models_shown *shown, struct ui *ui,
                     struct ui_rect rect, struct actions *actions);

/* "24 k", "10.6 M": numbers of weights and of multiplications. */
struct model_count {
    char text[48];
};
struct model_count model_count(size_t count);

#endif
