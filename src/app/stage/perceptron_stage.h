/* perceptron_stage.h -- one perceptron with two or three inputs: its weights and bias, its truth
 * table, and the perceptron rule learning a gate.
 *
 *   set     w1 w2 w3 b          weights and bias, -10 to 10
 *           x1 x2 x3            the inputs on show, 0 or 1
 *           inputs              2 or 3
 *           gate                the one that is wanted: 0 AND, 1 OR, 2 NAND, 3 XOR; -1: none
 *           step                the rule on the next row of the truth table; so many times
 *           learn               the rule until a whole pass changes nothing, 50 passes at most
 *   figures z, out              of the inputs on show
 *           z00 to z11, out00 to out11    of each row of two inputs, x1 first
 *           right               rows of the gate that come out right, of 4
 *           best                the most of them since the page was opened, of that gate
 *           steps, changes      of the rule: rows that it saw, and that it changed something at
 *           settled             1: it saw all four rows in turn, and changed nothing
 *           passes              through the four rows
 */
#ifndef APP_STAGE_PERCEPTRON_STAGE_H
#define APP_STAGE_PERCEPTRON_STAGE_H

#include "app/stage/stage.h"

struct nn_work;

enum { PERCEPTRON_INPUTS_MAX = 3, PERCEPTRON_ROWS = 4 };
enum perceptron_gate {
    PERCEPTRON_NO_GATE = -1,
    PERCEPTRON_AND,
    PERCEPTRON_OR,
    PERCEPTRON_NAND,
    PERCEPTRON_XOR,
    PERCEPTRON_GATES,
};

struct perceptron_stage {
    struct stage stage;
    const struct kern *kern;
    int inputs;
    struct nn *net;
    struct nn_work *work;
    float weights[PERCEPTRON_INPUTS_MAX], bias; /* of the network, as they were set or learnt */
    float x[PERCEPTRON_INPUTS_MAX];
    enum perceptron_gate gate;
    int best;
    int steps, changes, unchanged; /* unchanged: rows in turn at which the rule changed nothing */

    /* What the network makes of it, kept up to date. */
    float z, out;
    float row_z[PERCEPTRON_ROWS], row_out[PERCEPTRON_ROWS]; /* of two inputs: 00, 01, 10, 11 */
    int right;
};

extern const struct stage_kind perceptron_stage_kind;

/* The inputs of a row of the truth table, and what a gate makes of them. */
void perceptron_stage_row(int row, float x[2]);
float perceptron_stage_wanted(enum perceptron_gate gate, int row);
const char *perceptron_stage_gate_name(enum perceptron_gate gate);

#endif
