/* seven.h -- ink to fit, and what is measured of a picture of 28x28. */
#ifndef TESTS_INK_SEVEN_H
#define TESTS_INK_SEVEN_H

#include <stdint.h>

#include "ink/stroke.h"

/* A seven with its bar, from (0, 0) to (60, 100), times scale, moved. */
struct ink draw_seven(float scale, float x, float y);

/* Of what is not paper. */
struct extent {
    int rows, cols, brightest;
};
struct extent measure_extent(const uint8_t *pixels);

#endif
