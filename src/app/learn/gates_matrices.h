/* gates_matrices.h -- the network that a circuit is: the matrix and the biases of each layer. */
#ifndef APP_LEARN_GATES_MATRICES_H
#define APP_LEARN_GATES_MATRICES_H

#include "ui/layout.h"

struct gates_stage;
struct ui;

void gates_matrices_show(const struct gates_stage *stage, struct ui *ui, struct ui_rect rect);

#endif
