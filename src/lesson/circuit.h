/* circuit.h -- NAND gates and the wires between them, and what they are as one network of nn/.
 *
 * A gate is a perceptron: weights -2 and -2, bias 3. Each of its two pins is wired to an input, to
 * another gate, or to nothing, which is a 0. No wire may close a loop. The network has a layer for
 * each step of the longest way from an input to an output; a value that is needed again further on
 * goes through the layers between by perceptrons of weight 2 and bias -1, which pass it on.
 */
#ifndef LESSON_CIRCUIT_H
#define LESSON_CIRCUIT_H

#include <stdbool.h>

struct err;
struct nn;

enum {
    CIRCUIT_INPUTS_MAX = 4,
    CIRCUIT_GATES_MAX = 20,
    CIRCUIT_OUTPUTS_MAX = 3,
    CIRCUIT_PINS = 2,
    CIRCUIT_ROWS_MAX = 1 << CIRCUIT_INPUTS_MAX,
    CIRCUIT_SOURCES = CIRCUIT_INPUTS_MAX + CIRCUIT_GATES_MAX, /* and the widest layer */
    CIRCUIT_NAME_MAX = 8,
};

/* Where a value comes from: an input, 0 to CIRCUIT_INPUTS_MAX - 1; a gate, from CIRCUIT_INPUTS_MAX
 * on; or nothing. */
enum { CIRCUIT_NOTHING = -1 };

struct circuit {
    int inputs, gates, outputs;
    int from[CIRCUIT_GATES_MAX][CIRCUIT_PINS]; /* sources */
    int output[CIRCUIT_OUTPUTS_MAX];           /* sources: gates, or nothing */
};

/* So many inputs and outputs, no gate yet. */
void circuit_begin(struct circuit *circuit, int inputs, int outputs);

/* So many gates. New ones are not wired; those that go take their wires with them. */
void circuit_resize(struct circuit *circuit, int gates);

/* Wires a pin of a gate, counted from 0. False with a sentence, and nothing changed: it would close
 * a loop. */
bool circuit_wire(struct circuit *circuit, int gate, int pin, int source, struct err *err);

/* "x1" is the first input, "g1" the first gate, "none" nothing. The sentence says what there is. */
bool circuit_parse(const struct circuit *circuit, const char *text, int *source, struct err *err);
void circuit_name(int source, char name[CIRCUIT_NAME_MAX]);

int circuit_gate_source(int gate);  /* the source that a gate is */
int circuit_source_gate(int source); /* -1: it is none */

/* How many gates lie on the longest way to each gate, itself counted: 1 behind inputs alone. */
void circuit_depths(const struct circuit *circuit, int depths[CIRCUIT_GATES_MAX]);

/* The inputs of a row of the truth table: the first of them is the highest bit. */
int circuit_rows(const struct circuit *circuit);
void circuit_row(const struct circuit *circuit, int row, float x[CIRCUIT_INPUTS_MAX]);

/* ---- as one network -------------------------------------------------------------------------- */

/* Which value each perceptron of each layer holds; layer 0 is the inputs. */
struct circuit_plan {
    int layers;
    int width[CIRCUIT_GATES_MAX + 1];
    int source[CIRCUIT_GATES_MAX + 1][CIRCUIT_SOURCES];
};

/* Of the network that gives those sources, at most CIRCUIT_SOURCES, in that order. Only what they
 * need is in it. */
void circuit_make_plan(const struct circuit *circuit, const int *sources, int count,
                       struct circuit_plan *plan);

/* The network of that plan: `dense WIDTH step` for each layer. Nothing is a perceptron that always
 * says 0. NULL with a sentence: no memory. */
struct nn *circuit_network(const struct circuit *circuit, const struct circuit_plan *plan,
                           struct err *err);

#endif
