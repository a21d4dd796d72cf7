/* train_rows.h -- the settings of the form, each a row: its label, its control, and its tooltip.
 *
 * A row changes the form that it is given, which is the card's draft, and checks it.
 */
#ifndef APP_TRAIN_TRAIN_ROWS_H
#define APP_TRAIN_TRAIN_ROWS_H

#include "app/act/action.h"
#include "app/state/library.h"
#include "app/state/train_form.h"
#include "ui/ui.h"

/* What the person did to them. From zeros. */
struct train_settings {
    struct train_form draft; /* the form as this frame leaves it */
    float scroll;
    bool more;              /* the seldom used settings are shown */
    char refused[200];      /* what became of a number that could not be taken; "" */
    uint64_t refused_since; /* that it is said while a run is under way; 0: it is not */
};

struct train_facts {
    bool busy;                  /* a run is under way: its settings are fixed */
    bool live;                  /* and its learning rate can be changed */
    enum library_source source; /* of the pictures */
    const char *data;           /* what they are called */
    bool drawn;                 /* the program draws them */
};

enum { TRAIN_ROWS_MAX = 32 };

/* What a row's function needs. */
struct train_rows {
    struct train_settings *settings;
    struct train_form *form;
    struct ui *ui;
    const struct train_facts *facts;
    struct actions *actions;
    unsigned fixed; /* UI_OFF while a run is under way */
    bool refused;   /* a number, in this frame */
    float width;
    int count;
    struct train_row {
        void (*show)(struct train_rows *rows, struct ui_rect rect);
        float height;
    } row[TRAIN_ROWS_MAX];
    float height; /* of all, without the gaps between them */
};

/* Shows them all in `rect`. They come closer together before they begin to scroll. */
void train_rows_show(struct train_rows *rows, struct ui_rect rect);

#endif
