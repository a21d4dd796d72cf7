/* gates_stage.h -- NAND gates that are wired by hand, and the network that they are
 * (lesson/circuit.h), which fills in the truth table.
 *
 *   set     goal                what the gates are to do: 0 NOT, 1 XOR, 2 a half adder, 3 a full
 *                               adder, 4 two bits plus two bits; takes all gates away
 *           gates               how many there are, 0 to 20
 *           g1a g1b g2a ...     where a pin of a gate is wired to: x1, g3 or none
 *           out                 the gate that is the output of NOT and XOR: g4 or none
 *           sum, carry          those of the adders of one bit
 *           s2 s1 s0            those of two bits plus two bits
 *           x1 to x4            the inputs on show, 0 or 1; together also as row
 *           from                where a wire that is being laid begins: x1, g3 or none
 *           add, remove, clear  one gate more; the last one gone; all wires gone
 *           view                0 the gates, 1 the matrices of the network
 *           numbers             1: weights and biases stand at the gates
 *   figures out, sum ...        of the inputs on show; NAN where no gate is that output
 *           out00, sum011 ...   of each row
 *           x1 to x4, row, goal, gates
 *           wired               gates of which both pins are wired
 *           errors              rows of the truth table that are wrong
 *           not-errors, xor-errors, half-errors, full-errors, add-errors
 *                               the same of that goal; NAN of another
 *           layers, neurons, weights    of the network; weights without biases
 *           passing             perceptrons that only pass a value on
 */
#ifndef APP_STAGE_GATES_STAGE_H
#define APP_STAGE_GATES_STAGE_H

#include "app/stage/stage.h"
#include "lesson/circuit.h"
#include "lesson/circuit_goal.h"

struct nn_work;

struct gates_stage {
    struct stage stage;
    const struct kern *kern;
    enum circuit_goal goal;
    struct circuit circuit;
    int row;  /* of the truth table: the inputs on show */
    int from; /* a source, or CIRCUIT_NOTHING */
    bool network, numbers;

    /* The network, and what it says. */
    struct circuit_plan plan;
    struct nn *net;
    struct nn_work *work;
    float outputs[CIRCUIT_ROWS_MAX][CIRCUIT_OUTPUTS_MAX];
    float gates[CIRCUIT_ROWS_MAX][CIRCUIT_GATES_MAX];     /* of the one that gives every gate */
    float layers[CIRCUIT_GATES_MAX + 1][CIRCUIT_SOURCES]; /* each perceptron, of the row on show */
};

extern const struct stage_kind gates_stage_kind;

const char *gates_stage_goal_name(enum circuit_goal goal); /* for people */

/* What a source says in the row on show; nothing is 0. */
bool gates_stage_value(const struct gates_stage *stage, int source);

/* Whether all outputs of that row are as wanted. */
bool gates_stage_right(const struct gates_stage *stage, int row);

/* Writes "g1a", the name of a pin. */
void gates_stage_pin(int gate, int pin, char name[STAGE_NAME_MAX]);

#endif
