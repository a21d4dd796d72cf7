/* inside.h -- what the programs have in common; for their writers alone. */
#ifndef PROGRAM_INSIDE_H
#define PROGRAM_INSIDE_H

#include <stdbool.h>

#include "nn/nn.h"

struct buffer;
struct err;
struct recipe;

enum layer_kind { LAYER_DENSE, LAYER_CONV, LAYER_MAXPOOL, LAYER_DROPOUT };

/* A layer as its words say it. */
struct program_layer {
    enum layer_kind kind;
    struct nn_shape in, out;
    int rows, cols; /* of a conv's kernel, or a pool's window */
    int stride, pad;
    bool norm;
    float dropped;
    char activation[16]; /* "sigmoid"; "": none */
};

struct program_layer program_layer(const struct nn *net, int i);

/* Whether layer i is given maps with rows and columns, and not one list of numbers, as a framework
 * tells them apart; and for i past the last, whether the network ends so. */
bool program_gets_maps(const struct nn *net, int i);

/* The lines of Python that read MNIST from a folder: x 0 to 1 [count][784], labels. */
void program_add_reading(struct buffer *out);

/* Takes away what the recipe does not learn from, of x and labels. */
void program_add_split(struct buffer *out, const struct recipe *recipe);

/* What a program in Python does of a recipe. */
struct program_means {
    bool l2;            /* it regularises, where the optimiser is not Adam */
    bool decays_biases; /* with the weights */
    const char
        *starting; /* whose own start the weights have; NULL: by the book or as the recipe's */
};

/* Comments in Python on what is left out, or is not quite the recipe's. */
void program_add_missing(struct buffer *out, const struct recipe *recipe,
                         const struct program_means *means);

/* "0.03", as both C and Python read it. */
struct program_number {
    char text[32];
};
struct program_number program_number(float value);

bool program_write_numpy(struct buffer *out, const struct recipe *recipe, const struct nn *net,
                         struct err *err);
void program_write_c(struct buffer *out, const struct recipe *recipe);
void program_write_torch(struct buffer *out, const struct recipe *recipe, const struct nn *net);
void program_write_keras(struct buffer *out, const struct recipe *recipe, const struct nn *net);

#endif
