/* gates.h -- the book's first networks: perceptrons that compute.
 *
 * They are ordinary networks of step layers, in the same words as any other, with weights set by
 * hand; nobody trains them.
 */
#ifndef TESTS_NN_GATES_H
#define TESTS_NN_GATES_H

struct err;
struct nn;

enum gate { GATE_AND, GATE_OR, GATE_NAND };

/* "input 2, dense 1 step". NAND has the book's weights -2, -2 and bias 3. */
struct nn *gate_new(enum gate gate, struct err *err);

/* x1, x2 -> sum, carry, out of five NANDs (the book's second figure of them). Neurons with weight 2
 * and bias -1 hand a bit on to the next layer unchanged. */
struct nn *gate_half_adder(struct err *err);

#endif
