/* program.h -- a network and the recipe of its training as a program that anyone can run elsewhere:
 * with numpy and nothing else, with PyTorch, with Keras, or in C with parts of this project.
 *
 * Each is one whole file that reads MNIST's IDX files from a folder, trains, and prints the
 * accuracy after each epoch. It says in comments what of the recipe it leaves out (augmentation,
 * smoothing, averaging, digits that are mixed in).
 */
#ifndef PROGRAM_PROGRAM_H
#define PROGRAM_PROGRAM_H

#include <stddef.h>

struct err;
struct recipe;

enum program_kind { PROGRAM_NUMPY, PROGRAM_C, PROGRAM_TORCH, PROGRAM_KERAS, PROGRAM_KINDS };

const char *program_name(enum program_kind kind);  /* "numpy", "c", "torch", "keras" */
const char *program_title(enum program_kind kind); /* for people */
const char *program_file(enum program_kind kind);  /* "reader_torch.py" */

/* The program, which the caller frees. NULL with a sentence: the recipe is not sound, memory is
 * short, or that program cannot have such a network (numpy: dense layers of sigmoid neurons and
 * plain gradient descent alone). */
char *program_write(enum program_kind kind, const struct recipe *recipe, struct err *err);

/* Lines that say something: neither blank nor a comment alone. */
int program_lines(enum program_kind kind, const char *text);

#endif
