/* steps_card.h -- what the network sees, step by step: each step of the fit has a switch. */
#ifndef APP_DRAW_STEPS_CARD_H
#define APP_DRAW_STEPS_CARD_H

#include <stdbool.h>

#include "ui/layout.h"

struct actions;
struct draw_shown;
struct ui;

/* The button that opens and closes the steps, in the heading over `inside` (part.h). */
void steps_show_button(const struct draw_shown *shown, struct ui *ui, struct ui_rect inside,
                       struct actions *actions);

/* The four switches; `folded` is a part of another card rather than one of its own. */
void steps_show(const struct draw_shown *shown, struct ui *ui, struct ui_rect rect, bool folded,
                struct actions *actions);

/* The box, its square and the centre of mass over the ink, on the canvas at `at`. */
void steps_mark_canvas(const struct draw_shown *shown, struct ui *ui, struct ui_rect at);

/* The 20x20 and the cross-hair over the picture that the network sees. */
void steps_mark_picture(const struct draw_shown *shown, struct ui *ui, struct ui_rect at);

#endif
