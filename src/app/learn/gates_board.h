/* gates_board.h -- where gates stand on the board, and where their wires go.
 *
 * A gate stands in the column of the layer that it is in the network; a value that is needed
 * further on has a lane through the columns between, as it has a perceptron there. Gates without
 * any wire wait in a row at the bottom.
 */
#ifndef APP_LEARN_GATES_BOARD_H
#define APP_LEARN_GATES_BOARD_H

#include "lesson/circuit.h"
#include "ui/layout.h"

struct gates_board {
    int columns;                   /* 1 and more; 0 is that of the inputs */
    int column[CIRCUIT_GATES_MAX]; /* of a gate; 0: it waits */
    float left[CIRCUIT_GATES_MAX + 2], right[CIRCUIT_GATES_MAX + 2]; /* of each column */
    float lane[CIRCUIT_GATES_MAX + 2][CIRCUIT_SOURCES]; /* the height of a value in a column */
    int last[CIRCUIT_SOURCES]; /* the last column that a value goes through, or ends before */
    float pin_width, gate_height;
    struct ui_rect inputs[CIRCUIT_INPUTS_MAX];
    struct ui_rect gates[CIRCUIT_GATES_MAX]; /* with pins and the little circle */
    struct ui_rect outputs[CIRCUIT_OUTPUTS_MAX];
};

/* How many columns of gates there are. */
int gates_board_columns(const struct circuit *circuit);

/* `numbers`: there must be room for weights at the pins. */
void gates_board_lay(const struct circuit *circuit, bool numbers, struct ui_rect rect,
                     struct gates_board *board);

struct ui_rect gates_board_pin(const struct gates_board *board, int gate, int pin);
struct ui_rect gates_board_body(const struct gates_board *board, int gate);
struct ui_rect gates_board_port(const struct gates_board *board, int input);

#endif
