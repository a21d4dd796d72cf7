/* train_card.h -- the left card of the Train view: every setting of the form, and Start.
 *
 * It knows the form and a few facts about the rest of the program, so it is tested alone. The
 * settings scroll where they do not fit; Start stays in sight, with the reason why it is off.
 */
#ifndef APP_TRAIN_TRAIN_CARD_H
#define APP_TRAIN_TRAIN_CARD_H

#include "app/act/action.h"
#include "app/state/library.h"
#include "app/state/train_form.h"
#include "ui/ui.h"

struct train_card {
    struct train_form form;
    float scroll;
    bool more; /* the seldom used settings are shown */
    char refused[200]; /* what became of a number that could not be taken; "" */
    uint64_t refused_since; /* that it is said while a run is under way; 0: it is not */
};

struct train_card_facts {
    bool busy;                  /* a run is under way: its settings are fixed */
    bool live;                  /* and its learning rate can be changed */
    enum library_source source; /* of the pictures */
    const char *data;           /* what they are called */
    bool drawn;                 /* the program draws them */
};

/* Lays the card out in `rect` and adds what was asked for to `actions`. */
void train_card_show(struct train_card *card, struct ui *ui, struct ui_rect rect,
                     const struct train_card_facts *facts, struct actions *actions);

#endif
