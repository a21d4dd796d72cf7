/* backprop_words.h -- what a number of the lesson on backpropagation came from, written out. */
#ifndef APP_LEARN_BACKPROP_WORDS_H
#define APP_LEARN_BACKPROP_WORDS_H

#include <stddef.h>

struct backprop_stage;

/* "δ(o1) = (0.620 − 1.000) × 0.235 = −0.089 (BP1)"; "" where nothing is looked at. Returns text. */
char *backprop_words(const struct backprop_stage *stage, char *text, size_t room);

#endif
