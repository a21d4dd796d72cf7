/* simd_rows.h -- sums over columns, activations and pooling. Part of simd.h. */

/* ---- sums over columns --------------------------------------------------------------------- */

/* Both functions sum x, and x * y too where y is given. */

/* Rows narrower than a vector: all floats in one go. After lcm(n, W) floats the same column is at
 * the same lane again, so that many vectors of sums are enough; they are folded at the end. */
INLINE void narrow_sums(int m, int n, const float *x, const float *y, float *sum, float *dot)
{
    int period = n;
    while (period % 2 == 0 && period * W / 2 % n == 0)
        period /= 2; /* vectors in which the columns come round again */
    vf sums[W] = {0}, dots[W] = {0};
    size_t len = (size_t)m * n, i = 0;
    for (; i + (size_t)period * W <= len; i += (size_t)period * W)
        for (int v = 0; v < period; v++) {
            vf now = load(x + i + v * W);
            sums[v] += now;
            if (y)
                dots[v] += now * load(y + i + v * W);
        }
    for (int j = 0; j < n; j++)
        sum[j] = 0;
    for (int k = 0; k < period * W; k++)
        sum[k % n] += sums[k / W][k % W];
    for (size_t k = i; k < len; k++)
        sum[k % n] += x[k];
    if (!y)
        return;
    for (int j = 0; j < n; j++)
        dot[j] = 0;
    for (int k = 0; k < period * W; k++)
        dot[k % n] += dots[k / W][k % W];
    for (size_t k = i; k < len; k++)
        dot[k % n] += x[k] * y[k];
}

/* Four chains of additions hide their delay. */
INLINE void wide_sums(int m, int n, const float *x, const float *y, float *sum, float *dot)
{
    for (int j = 0; j < n; j += W) {
        int column = j + W <= n ? j : n - W; /* the last may overlap the one before it */
        size_t at = (size_t)column, row = (size_t)n;
        vf sums[4] = {0}, dots[4] = {0};
        for (int i = 0; i < m; i += 4, at += 4 * row)
            UNROLL for (int k = 0; k < 4; k++)
                if (i + k < m) {
                    vf now = load(x + at + k * row);
                    sums[k] += now;
                    if (y)
                        dots[k] += now * load(y + at + k * row);
                }
        store(sum + column, (sums[0] + sums[1]) + (sums[2] + sums[3]));
        if (y)
            store(dot + column, (dots[0] + dots[1]) + (dots[2] + dots[3]));
    }
}

static void column_sums(int m, int n, const float *x, float *sum)
{
    if (n < W)
        narrow_sums(m, n, x, NULL, sum, NULL);
    else
        wide_sums(m, n, x, NULL, sum, NULL);
}

static void column_dots(int m, int n, const float *x, const float *y, float *sum, float *dot)
{
    if (n < W)
        narrow_sums(m, n, x, y, sum, dot);
    else
        wide_sums(m, n, x, y, sum, dot);
}

/* ---- activations --------------------------------------------------------------------------- */

/* e^x: 2^n times a polynomial of the rest, |rest| <= ln 2 / 2 (coefficients after Cephes' expf);
 * within 2 units in the last place. x is kept where the result is a normal float. */
INLINE vf exp_of(vf x)
{
    x = pick(x < -87.0f, spread(-87.0f), x);
    x = pick(x > 88.0f, spread(88.0f), x);
    const vf round = spread(12582912.0f); /* 1.5 * 2^23: adding it leaves no place for fractions */
    vf n = x * 1.44269504f + round;
    vi exponent = (vi)n << 23;
    n -= round;
    vf r = x - n * 0.693359375f;
    r += n * 2.12194440e-4f;
    vf p = r * 1.9875691500e-4f + 1.3981999507e-3f;
    p = p * r + 8.3334519073e-3f;
    p = p * r + 4.1665795894e-2f;
    p = p * r + 1.6666665459e-1f;
    p = p * r + 5.0000001201e-1f;
    p = p * r * r + r + 1.0f;
    return (vf)((vi)p + exponent);
}

INLINE vf sigmoid_of(vf x)
{
    return 1.0f / (1.0f + exp_of(-x));
}

/* tanh x = 2 sigmoid(2 x) - 1 */
INLINE vf tanh_of(vf x)
{
    return 2.0f * sigmoid_of(2.0f * x) - 1.0f;
}

static void sigmoid(size_t len, float *y)
{
    size_t i = 0;
    for (; i + W <= len; i += W)
        store(y + i, sigmoid_of(load(y + i)));
    store_part(y + i, sigmoid_of(load_part(y + i, (int)(len - i))), (int)(len - i));
}

static void tanh_all(size_t len, float *y)
{
    size_t i = 0;
    for (; i + W <= len; i += W)
        store(y + i, tanh_of(load(y + i)));
    store_part(y + i, tanh_of(load_part(y + i, (int)(len - i))), (int)(len - i));
}

/* ---- pooling by two ------------------------------------------------------------------------ */

/* Where the four pixels of a window stand, in floats: row by row. */
struct window {
    size_t at[4];
};

INLINE struct window window_at(int cols, int channels, int row, int col)
{
    size_t first = ((size_t)row * cols + col) * channels, down = (size_t)cols * channels;
    return (struct window){{first, first + channels, first + down, first + down + channels}};
}

INLINE vf larger(vf a, vf b)
{
    return pick(a > b, a, b);
}

/* A pixel's channels are taken W at a time. The last vector of a pixel reaches into the pixels that
 * come next: what it writes there is overwritten by theirs, since windows go from left to right.
 * Only where that is not so is a vector cut short: near the end of a row, whose next row is written
 * already, and where a pixel has several vectors. */
INLINE bool reaches_past(size_t at, size_t end)
{
    return at + W > end;
}

static void maxpool_2(int rows, int cols, int channels, const float *x, float *y)
{
    int out_rows = rows / 2, out_cols = cols / 2;
    size_t x_len = (size_t)rows * cols * channels, y_row = (size_t)out_cols * channels;
    for (int r = 0; r < out_rows; r++, y += y_row)
        for (int c = 0; c < out_cols; c++) {
            struct window w = window_at(cols, channels, 2 * r, 2 * c);
            for (int j = 0; j < channels; j += W) {
                int left = channels - j;
                vf v[4];
                for (int i = 0; i < 4; i++) {
                    const float *from = x + w.at[i] + j;
                    bool cut = reaches_past(w.at[i] + j, x_len);
                    v[i] = cut ? load_part(from, left < W ? left : W) : load(from);
                }
                vf top = larger(larger(v[0], v[1]), larger(v[2], v[3]));
                size_t to = (size_t)c * channels + j;
                store_most(y + to, top, reaches_past(to, y_row) ? left : W);
            }
        }
}

/* The first of the window that has the highest value gets dy, the others nothing. */
static void maxpool_back_2(int rows, int cols, int channels, const float *x, const float *y,
                           const float *dy, float *dx)
{
    int out_rows = rows / 2, out_cols = cols / 2;
    size_t x_row = (size_t)cols * channels, x_len = (size_t)rows * x_row;
    size_t y_len = (size_t)out_rows * out_cols * channels;
    for (int r = 0; r < out_rows; r++)
        for (int c = 0; c < out_cols; c++) {
            struct window w = window_at(cols, channels, 2 * r, 2 * c);
            for (int j = 0; j < channels; j += W) {
                int left = channels - j < W ? channels - j : W;
                size_t from = ((size_t)r * out_cols + c) * channels + j;
                bool short_y = reaches_past(from, y_len);
                vf top = short_y ? load_part(y + from, left) : load(y + from);
                vf give = short_y ? load_part(dy + from, left) : load(dy + from);
                for (int i = 0; i < 4; i++) {
                    size_t at = w.at[i] + j, row_end = (2 * (size_t)r + i / 2 + 1) * x_row;
                    vf value = reaches_past(at, x_len) ? load_part(x + at, left) : load(x + at);
                    vi won = value == top;
                    bool cut = channels > W || reaches_past(at, row_end);
                    store_most(dx + at, pick(won, give, (vf){0}), cut ? left : W);
                    give = pick(won, (vf){0}, give);
                }
            }
        }
}

/* Odd sizes leave a last row or column that is in no window. */
static void clear_left_over(int rows, int cols, int channels, float *dx)
{
    size_t row = (size_t)cols * channels;
    if (cols % 2)
        for (int r = 0; r < rows; r++)
            memset(dx + (r + 1) * row - channels, 0, (size_t)channels * sizeof *dx);
    if (rows % 2)
        memset(dx + (rows - 1) * row, 0, row * sizeof *dx);
}

static void maxpool(int rows, int cols, int channels, int size, int stride, const float *x,
                    float *y)
{
    if (size == 2 && stride == 2)
        maxpool_2(rows, cols, channels, x, y);
    else
        maxpool_any(rows, cols, channels, size, stride, x, y);
}

static void maxpool_back(int rows, int cols, int channels, int size, int stride, const float *x,
                         const float *y, const float *dy, float *dx)
{
    if (size != 2 || stride != 2) {
        maxpool_back_any(rows, cols, channels, size, stride, x, y, dy, dx);
        return;
    }
    maxpool_back_2(rows, cols, channels, x, y, dy, dx);
    clear_left_over(rows, cols, channels, dx);
}
