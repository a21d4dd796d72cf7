/* surface.h -- the cost of a real network on real images, as a surface over a plane through its
 * weights.
 *
 * The plane has its middle at the weights that the network has, and two directions; a point (x, y)
 * stands for the weights  w + x d1 + y d2.  Its height is the mean quadratic cost of the images
 * there, and gradient descent on it is that of a function of two variables:
 *
 *     slope = (dC/dw . d1, dC/dw . d2)        (x, y) <- (x, y) - eta slope
 *
 * A surface is only read once it is made; who asks for its height brings a struct surface_at, one
 * for each thread.
 */
#ifndef LESSON_SURFACE_H
#define LESSON_SURFACE_H

#include <stdbool.h>
#include <stdint.h>

struct dataset;
struct err;
struct kern;
struct nn;
struct surface;
struct surface_at;

enum surface_plane {
    SURFACE_RANDOM,  /* two random directions through all weights, in each layer as long as the
                      * layer's own weights, at right angles to one another */
    SURFACE_WEIGHTS, /* two single weights, the strongest of one output; 1 stands for 10 */
    SURFACE_PLANES,
};

/* Of the first `count` images of the set, or all it has. Copies what it needs. NULL with a
 * sentence. */
struct surface *surface_new(const struct nn *net, const struct dataset *set, uint32_t count,
                            enum surface_plane plane, uint64_t seed, struct err *err);
void surface_free(struct surface *surface); /* NULL is fine */

uint32_t surface_images(const struct surface *surface);

struct surface_at *surface_at_new(const struct surface *surface, const struct kern *kern,
                                  struct err *err);
void surface_at_free(struct surface_at *at); /* NULL is fine */

/* The mean cost there. */
double surface_cost(const struct surface *surface, struct surface_at *at, double x, double y);

/* The same, and the slope along each direction. */
double surface_slope(const struct surface *surface, struct surface_at *at, double x, double y,
                     double slope[2]);

/* The slope as `count` of the images have it, from number `first` on and round: a mini-batch's. */
void surface_slope_of(const struct surface *surface, struct surface_at *at, double x, double y,
                      uint32_t first, uint32_t count, double slope[2]);

#endif
