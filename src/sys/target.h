/* target.h -- plain memory to paint into, and the rectangles of it, both in pixels. */
#ifndef SYS_TARGET_H
#define SYS_TARGET_H

#include <stdint.h>

/* Pixels are 0xAARRGGBB, opaque; rows are `stride` pixels apart. */
struct paint_target {
    uint32_t *pixels;
    int width, height, stride;
};

struct paint_rect {
    int x, y, w, h;
};

#endif
