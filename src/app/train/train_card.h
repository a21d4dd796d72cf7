/* train_card.h -- the left card of the Train view: every setting of the form, and Start.
 *
 * It knows the form and a few facts about the rest of the program, so it is tested alone. The
 * settings scroll where they do not fit; Start stays in sight, with the reason why it is off.
 */
#ifndef APP_TRAIN_TRAIN_CARD_H
#define APP_TRAIN_TRAIN_CARD_H

#include "app/train/train_rows.h"
#include "ui/layout.h"

struct actions;
struct train_form;
struct ui;

/* A change of the form asks for ACT_FORM with the draft. */
void train_card_show(struct train_settings *settings, const struct train_form *form,
                     const struct train_facts *facts, struct ui *ui, struct ui_rect rect,
                     struct actions *actions);

#endif
