/* gates_table.h -- the truth table of a circuit: what is wanted, and what its network says. */
#ifndef APP_LEARN_GATES_TABLE_H
#define APP_LEARN_GATES_TABLE_H

#include "ui/layout.h"

struct gates_stage;
struct learn_asks;
struct ui;

/* How wide it is, and how high it would like to be. */
float gates_table_width(const struct gates_stage *stage);
float gates_table_height(const struct gates_stage *stage);

/* A click on a row puts its inputs on show. */
void gates_table_show(const struct gates_stage *stage, struct learn_asks *asks, struct ui *ui,
                      struct ui_rect rect);

#endif
