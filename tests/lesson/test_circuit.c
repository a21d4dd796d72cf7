/* SPDX-License-Identifier: MIT */
/* Circuits of NAND gates: as networks they say what Boolean algebra says. */
#include <check.h>
#include <stdint.h>
#include <string.h>

#include "base/err.h"
#include "base/rng.h"
#include "kern/kern.h"
#include "lesson/circuit.h"
#include "lesson/circuit_goal.h"
#include "nn/nn.h"
#include "suite.h"

enum { TRIES = 200, WIRES = 60 };

static struct err err;

/* What a source is, by && and ! alone. */
static bool value_of(const struct circuit *circuit, int source, int row)
{
    int gate = circuit_source_gate(source);
    if (source == CIRCUIT_NOTHING)
        return false;
    if (gate < 0)
        return row >> (circuit->inputs - 1 - source) & 1;
    return !(value_of(circuit, circuit->from[gate][0], row) &&
             value_of(circuit, circuit->from[gate][1], row));
}

/* How often the network of those sources says something else than they are. */
static int count_wrong(const struct circuit *circuit, const int *sources, int count)
{
    struct circuit_plan plan;
    float x[CIRCUIT_ROWS_MAX * CIRCUIT_INPUTS_MAX];
    int wrong = 0, rows = circuit_rows(circuit);
    circuit_make_plan(circuit, sources, count, &plan);
    struct nn *net = circuit_network(circuit, &plan, &err);
    ck_assert_msg(net != NULL, "%s", err.text);
    struct nn_work *work = nn_work_new(net, kern_best(), CIRCUIT_ROWS_MAX, false, &err);
    for (int row = 0; row < rows; row++)
        circuit_row(circuit, row, x + row * circuit->inputs);
    const float *y = nn_predict(net, work, x, rows);
    for (int row = 0; row < rows; row++)
        for (int i = 0; i < count; i++)
            wrong += y[row * count + i] != (float)value_of(circuit, sources[i], row);
    nn_work_free(work);
    nn_free(net);
    return wrong;
}

static int count_errors(const struct circuit *circuit, enum circuit_goal goal)
{
    int errors = 0;
    for (int row = 0; row < circuit_rows(circuit); row++)
        for (int i = 0; i < circuit->outputs; i++)
            errors += value_of(circuit, circuit->output[i], row) != circuit_wanted(goal, row, i);
    return errors;
}

static struct circuit begin(enum circuit_goal goal, int gates)
{
    struct circuit circuit;
    circuit_begin(&circuit, circuit_goal_words(goal)->inputs, circuit_goal_words(goal)->outputs);
    circuit_resize(&circuit, gates);
    return circuit;
}

static int source(const struct circuit *circuit, const char *name)
{
    int found;
    ck_assert_msg(circuit_parse(circuit, name, &found, &err), "%s", err.text);
    return found;
}

static void wire(struct circuit *circuit, int gate, const char *a, const char *b)
{
    ck_assert(circuit_wire(circuit, gate - 1, 0, source(circuit, a), &err));
    ck_assert(circuit_wire(circuit, gate - 1, 1, source(circuit, b), &err));
}

/* XOR of two sources in gates first to first + 3. */
static void wire_xor(struct circuit *circuit, int first, const char *a, const char *b)
{
    char names[3][CIRCUIT_NAME_MAX];
    for (int i = 0; i < 3; i++)
        circuit_name(circuit_gate_source(first - 1 + i), names[i]);
    wire(circuit, first, a, b);
    wire(circuit, first + 1, a, names[0]);
    wire(circuit, first + 2, b, names[0]);
    wire(circuit, first + 3, names[1], names[2]);
}

static void check_does(struct circuit *circuit, enum circuit_goal goal, const char *const *outputs)
{
    ck_assert_int_gt(count_errors(circuit, goal), 0);
    for (int i = 0; i < circuit->outputs; i++)
        circuit->output[i] = source(circuit, outputs[i]);
    ck_assert_int_eq(count_errors(circuit, goal), 0);
    ck_assert_int_eq(count_wrong(circuit, circuit->output, circuit->outputs), 0);
}

START_TEST(four_gates_are_xor_and_five_a_half_adder)
{
    struct circuit circuit = begin(CIRCUIT_XOR, 4);
    wire_xor(&circuit, 1, "x1", "x2");
    check_does(&circuit, CIRCUIT_XOR, (const char *const[]){"g4"});
    circuit = begin(CIRCUIT_HALF, 5);
    wire_xor(&circuit, 1, "x1", "x2");
    wire(&circuit, 5, "g1", "g1");
    check_does(&circuit, CIRCUIT_HALF, (const char *const[]){"g5", "g4"});
}
END_TEST

START_TEST(nine_gates_are_a_full_adder)
{
    struct circuit circuit = begin(CIRCUIT_FULL, 9);
    wire_xor(&circuit, 1, "x1", "x2");
    wire_xor(&circuit, 5, "g4", "x3");
    wire(&circuit, 9, "g1", "g5");
    check_does(&circuit, CIRCUIT_FULL, (const char *const[]){"g9", "g8"});
}
END_TEST

START_TEST(fourteen_gates_add_two_bits_and_two_bits)
{
    struct circuit circuit = begin(CIRCUIT_ADD, 14);
    wire_xor(&circuit, 1, "x2", "x4");
    wire(&circuit, 5, "g1", "g1");
    wire_xor(&circuit, 6, "x1", "x3");
    wire_xor(&circuit, 10, "g9", "g5");
    wire(&circuit, 14, "g6", "g10");
    check_does(&circuit, CIRCUIT_ADD, (const char *const[]){"g14", "g13", "g4"});
}
END_TEST

/* Any wires that are not refused; every gate, and nothing, is an output. */
START_TEST(any_circuit_says_as_a_network_what_its_gates_say)
{
    struct rng rng = rng_new(5, 0);
    int refused = 0, wrong = 0;
    for (int t = 0; t < TRIES; t++) {
        struct circuit circuit;
        int sources[CIRCUIT_SOURCES] = {CIRCUIT_NOTHING}, count = 1;
        circuit_begin(&circuit, 1 + t % CIRCUIT_INPUTS_MAX, 1);
        circuit_resize(&circuit, 1 + t % CIRCUIT_GATES_MAX);
        for (int i = 0; i < WIRES; i++) {
            int from = (int)rng_below(&rng, CIRCUIT_SOURCES + 1) - 1;
            int gate = (int)rng_below(&rng, (uint32_t)circuit.gates);
            bool there = circuit_source_gate(from) >= 0
                             ? circuit_source_gate(from) < circuit.gates
                             : from < circuit.inputs;
            refused += there && !circuit_wire(&circuit, gate, i % CIRCUIT_PINS, from, &err);
        }
        for (int i = 0; i < circuit.gates; i++)
            sources[count++] = circuit_gate_source(i);
        wrong += count_wrong(&circuit, sources, count);
        wrong += count_wrong(&circuit, sources, 1);
        wrong += count_wrong(&circuit, sources + 1, 1);
    }
    ck_assert_int_eq(wrong, 0);
    ck_assert_int_gt(refused, TRIES);
}
END_TEST

START_TEST(a_wire_that_closes_a_loop_is_refused)
{
    struct circuit circuit = begin(CIRCUIT_XOR, 3);
    wire(&circuit, 2, "g1", "x1");
    wire(&circuit, 3, "g2", "x2");
    struct circuit before = circuit;
    ck_assert(!circuit_wire(&circuit, 0, 0, circuit_gate_source(2), &err));
    ck_assert_str_eq(err.text, "A wire from g3 to g1 would close a loop: what a gate says would "
                               "hang on itself.");
    ck_assert(!circuit_wire(&circuit, 1, 1, circuit_gate_source(1), &err));
    ck_assert_mem_eq(&circuit, &before, sizeof circuit);
    ck_assert(circuit_wire(&circuit, 2, 1, circuit_gate_source(0), &err));
}
END_TEST

START_TEST(a_gate_that_goes_takes_its_wires_along)
{
    struct circuit circuit = begin(CIRCUIT_XOR, 3);
    int found;
    wire(&circuit, 2, "g3", "x1");
    circuit.output[0] = source(&circuit, "g3");
    circuit_resize(&circuit, 2);
    ck_assert_int_eq(circuit.from[1][0], CIRCUIT_NOTHING);
    ck_assert_int_eq(circuit.from[1][1], source(&circuit, "x1"));
    ck_assert_int_eq(circuit.output[0], CIRCUIT_NOTHING);
    ck_assert(!circuit_parse(&circuit, "g3", &found, &err));
    ck_assert(strstr(err.text, "g1 to g2") != NULL);
    ck_assert(!circuit_parse(&circuit, "x3", &found, &err));
}
END_TEST

/* A gate of the middle, and the value that waits for it. */
START_TEST(the_network_has_the_weights_of_the_book)
{
    struct circuit circuit = begin(CIRCUIT_XOR, 2);
    struct circuit_plan plan;
    float weight, bias;
    struct nn_term terms[CIRCUIT_SOURCES];
    wire(&circuit, 1, "x1", "x1");
    wire(&circuit, 2, "g1", "x2");
    circuit.output[0] = source(&circuit, "g2");
    circuit_make_plan(&circuit, circuit.output, 1, &plan);
    ck_assert_int_eq(plan.layers, 2);
    ck_assert_int_eq(plan.width[1], 2);
    struct nn *net = circuit_network(&circuit, &plan, &err);
    static const float wanted[2][3] = {{0, 2, -1}, {-4, 0, 3}}; /* x2 goes on; g1 */
    for (int i = 0; i < 2; i++) {
        nn_neuron(net, 0, i, terms, CIRCUIT_SOURCES, &bias);
        for (int k = 0; k < 2; k++) {
            ck_assert(nn_weight(net, 0, i, k, &weight));
            ck_assert_float_eq(weight, wanted[i][k]);
        }
        ck_assert_float_eq(bias, wanted[i][2]);
    }
    nn_neuron(net, 1, 0, terms, CIRCUIT_SOURCES, &bias);
    ck_assert_float_eq(terms[0].weight, -2);
    ck_assert_float_eq(terms[1].weight, -2);
    ck_assert_float_eq(bias, 3);
    nn_free(net);
}
END_TEST

Suite *make_suite(void)
{
    Suite *suite = suite_create("circuit");
    TCase *tcase = tcase_create("circuit");
    tcase_add_test(tcase, four_gates_are_xor_and_five_a_half_adder);
    tcase_add_test(tcase, nine_gates_are_a_full_adder);
    tcase_add_test(tcase, fourteen_gates_add_two_bits_and_two_bits);
    tcase_add_test(tcase, any_circuit_says_as_a_network_what_its_gates_say);
    tcase_add_test(tcase, a_wire_that_closes_a_loop_is_refused);
    tcase_add_test(tcase, a_gate_that_goes_takes_its_wires_along);
    tcase_add_test(tcase, the_network_has_the_weights_of_the_book);
    suite_add_tcase(suite, tcase);
    return suite;
}
