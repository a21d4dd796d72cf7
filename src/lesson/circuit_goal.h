/* circuit_goal.h -- what a circuit (circuit.h) is to do: a gate, or to add. */
#ifndef LESSON_CIRCUIT_GOAL_H
#define LESSON_CIRCUIT_GOAL_H

#include "lesson/circuit.h"

enum circuit_goal {
    CIRCUIT_NOT,  /* of x1, whatever x2 is */
    CIRCUIT_XOR,
    CIRCUIT_HALF, /* x1 + x2: sum, carry */
    CIRCUIT_FULL, /* x1 + x2 + x3: sum, carry */
    CIRCUIT_ADD,  /* two bits x1 x2 plus two bits x3 x4: s2, s1, s0 */
    CIRCUIT_GOALS,
};

struct circuit_goal_words {
    const char *name; /* "half": its figure is "half-errors" */
    int inputs, outputs;
    const char *output[CIRCUIT_OUTPUTS_MAX]; /* "sum" */
};
const struct circuit_goal_words *circuit_goal_words(enum circuit_goal goal);

/* What that output is to be in that row of the truth table: 0 or 1. */
int circuit_wanted(enum circuit_goal goal, int row, int output);

#endif
