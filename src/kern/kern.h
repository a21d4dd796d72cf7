/* kern.h -- the few loops where the time goes, one table of them for each instruction set.
 *
 * A table is chosen once, when the program starts, by what the CPU can do. Plain C (kern_c.c)
 * defines the right answer; every other table is compared with it in tests. The functions know
 * floats and counts only. Matrices are row by row, packed unless a row stride is given. No two
 * arguments may overlap unless a comment says so.
 */
#ifndef KERN_KERN_H
#define KERN_KERN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* A convolution of images [rows][cols][in] with a kernel [k_rows][k_cols][in][out]; the images of
 * the result have out_rows x out_cols = (rows + 2 pad - k_rows) / stride + 1 and so on. */
struct kern_conv {
    int count; /* images */
    int rows, cols, in, out;
    int k_rows, k_cols, stride, pad;
    int out_rows, out_cols;
    /* As in the last call forward with the same sizes but for `count`, of which nothing else has
     * used the scratch since: they are laid out in it already. */
    bool same_weights;
};

enum { KERN_BUNDLE = 5, KERN_STRIP = 1024, KERN_VECTOR_MAX = 16 };

/* A few samples at a time, without the columns where all of them are zero: column number i of those
 * left meets the weights that begin at[i] floats from the first, and value[s][i] is sample s there.
 * Images of digits are 81 % paper, and four of them still have two thirds of their paper in common;
 * so each row of weights is fetched once for four samples. */
struct kern_bundle {
    int samples, count; /* 1 .. KERN_BUNDLE, 0 .. KERN_STRIP */
    uint32_t at[KERN_STRIP + KERN_VECTOR_MAX];
    float value[KERN_BUNDLE][KERN_STRIP + KERN_VECTOR_MAX];
};

/* One step of Adam over many weights. `fix1` and `fix2` are 1 / (1 - beta^step). */
struct kern_adam {
    float rate, beta1, beta2, epsilon, decay, l2, fix1, fix2;
    float scale; /* the gradient is multiplied by this first (1 / mini-batch) */
};

enum { KERN_NONE = 4 };

struct kern {
    const char *name;

    /* c[m][n] = a[m][k] b[k][n] + bias[n]    (bias may be NULL) */
    void (*gemm_nn)(int m, int n, int k, const float *a, const float *b, const float *bias,
                    float *c);
    /* c[m][n] = a^T b,    a[k][m], b[k][n]: a weight's gradient */
    void (*gemm_tn)(int m, int n, int k, const float *a, const float *b, float *c);
    /* c[m][n] = a b^T,    a[m][k], b[n][k]: an input's gradient */
    void (*gemm_nt)(int m, int n, int k, const float *a, const float *b, float *c);

    /* Fills a bundle from columns 0 .. len - 1 (at most KERN_STRIP) of a few samples; `row` is the
     * distance between the weights of one column and the next. Bytes are multiplied by `scale`. */
    void (*bundle)(int samples, int len, const float *x, size_t x_row, int row,
                   struct kern_bundle *bundle);
    void (*bundle_bytes)(int samples, int len, const uint8_t *const x[KERN_BUNDLE], float scale,
                         int row, struct kern_bundle *bundle);
    /* For each sample c[n] = from[n] + sum of value * w[at .. at + n); samples of c and of `from`
     * are c_row and from_row apart; from may be NULL (zeros) or c. */
    void (*bundle_nn)(const struct kern_bundle *bundle, int n, const float *w, const float *from,
                      size_t from_row, float *c, size_t c_row);
    /* w[at .. at + n) += sum over the samples of value * b[n]; samples of b are b_row apart. */
    void (*bundle_tn)(const struct kern_bundle *bundle, int n, const float *b, size_t b_row,
                      float *w);

    /* Floats of scratch that the three convolution functions need. */
    size_t (*conv_scratch)(const struct kern_conv *s);
    /* y = x * w + bias    (bias may be NULL) */
    void (*conv)(const struct kern_conv *s, const float *x, const float *w, const float *bias,
                 float *y, float *scratch);
    /* dw[k_rows][k_cols][in][out] = sum over images and places of x dy */
    void (*conv_weights)(const struct kern_conv *s, const float *x, const float *dy, float *dw,
                         float *scratch);
    /* dx = what each input would change of the cost, through every place that it reaches */
    void (*conv_input)(const struct kern_conv *s, const float *dy, const float *w, float *dx,
                       float *scratch);

    /* A convolution, then relu, then the maximum of each 2 x 2 window of pixels (an odd last row or
     * column is left out): y[count][out_rows / 2][out_cols / 2][out]. won, of the same shape, says
     * for the pass back which pixel of the window had the maximum first, 0 to 3 row by row, or
     * KERN_NONE where relu let nothing through; NULL while predicting. scratch here and in
     * conv_pool_back has conv_pool_scratch() floats. */
    size_t (*conv_pool_scratch)(const struct kern_conv *s);
    void (*conv_pool)(const struct kern_conv *s, const float *x, const float *w, const float *bias,
                      float *y, int32_t *won, float *scratch);
    /* Back from dy, of y's shape, to dw as in conv_weights, db[out], and dx as in conv_input (not
     * wanted where NULL). */
    void (*conv_pool_back)(const struct kern_conv *s, const float *x, const float *w,
                           const int32_t *won, const float *dy, float *dw, float *db, float *dx,
                           float *scratch);

    /* sum[n] = column sums of x[m][n];  dot[n] = column sums of x * y, in the same go */
    void (*column_sums)(int m, int n, const float *x, float *sum);
    void (*column_dots)(int m, int n, const float *x, const float *y, float *sum, float *dot);
    /* y[m][n] = x * scale[n] + shift[n] */
    void (*scale_shift)(int m, int n, const float *x, const float *scale, const float *shift,
                        float *y);
    /* dx[m][n] = dy * a[n] + x * b[n] + c[n]: batch norm backwards; dx may be dy */
    void (*norm_input)(int m, int n, const float *dy, const float *x, const float *a,
                       const float *b, const float *c, float *dx);

    /* Activations in place, and their slopes: dy *= slope at the output y. */
    void (*relu)(size_t len, float *y);
    void (*relu_back)(size_t len, const float *y, float *dy);
    void (*sigmoid)(size_t len, float *y);
    void (*tanh)(size_t len, float *y);

    /* Max over size x size windows of x[rows][cols][channels] of one image, `stride` apart, and
     * back: each dy goes to the first of its window that has the highest value. */
    void (*maxpool)(int rows, int cols, int channels, int size, int stride, const float *x,
                    float *y);
    void (*maxpool_back)(int rows, int cols, int channels, int size, int stride, const float *x,
                         const float *y, const float *dy, float *dx);

    /* x = scale * bytes */
    void (*from_bytes)(size_t len, const uint8_t *bytes, float scale, float *x);

    /* y += x;   y += a * x;   x *= a, over len floats */
    void (*add)(size_t len, const float *x, float *y);
    void (*add_scaled)(size_t len, float a, const float *x, float *y);
    void (*scale)(size_t len, float a, float *x);
    /* w: weights, g: gradient (read only), m, v: Adam's moments */
    void (*adam)(size_t len, const struct kern_adam *how, const float *g, float *w, float *m,
                 float *v);
};

/* From now on numbers too small for a normal float (below 1e-38) are 0 in this thread and in those
 * that it starts. The slopes of saturated neurons are such numbers, and processors take a hundred
 * times as long for each of them. */
void kern_flush_tiny(void);

/* The table for this CPU. Lives for ever. */
const struct kern *kern_best(void);

/* The table of that name ("c", "avx2", "avx512", "neon"), or NULL where this build or this CPU does
 * not have it. */
const struct kern *kern_find(const char *name);

/* The tables that this CPU can run: kern_at(0) is plain C; NULL after the last. */
const struct kern *kern_at(int i);

#endif
