/* simd_winograd.h -- 3x3 convolutions of stride 1 by Winograd's F(2x2, 3x3). Part of simd.h.
 *
 * Lavin and Gray (2016): a tile of 2x2 outputs needs a 4x4 tile of the input. With the constant
 * matrices B, G and A,
 *
 *   y = A^T ( (G w G^T) . (B^T x B) ) A        (. is element by element, summed over channels)
 *
 * so a tile takes 16 multiplications a pair of channels instead of 36. Each of the 16 places is a
 * product of matrices, tiles by channels, and the transformations are additions and halvings. It is
 * as exact as the direct way but for a rounding or two.
 *
 * A 2x2 tile of the output is also a window of max-pooling by two, which is thus done in registers.
 */

enum { PLACES = 16 };

/* Tiles that are multiplied at a time, more where a row has more: enough rows for products of
 * several whole tiles of sums, and few enough for the cache. */
enum { TILES = 24 };

struct winograd {
    int rows, cols;      /* tiles of an image */
    int rows_at_once;    /* rows of tiles that make one product, so that it has enough rows */
    struct padded image; /* as the tiles read it */
    size_t u_len;        /* floats of u, */
    size_t v_len, m_len; /* of a place of v and m; not all on the same lines of the cache */
    float *u;            /* weights: [place][panel][in][columns of the panel] */
    float *v, *m;        /* inputs and products: [place][tile][in], [place][tile][out] */
    float *room;         /* for the image */
};

static bool suits_winograd(const struct kern_conv *s)
{
    return s->k_rows == 3 && s->k_cols == 3 && s->stride == 1 && s->pad <= 2 && s->in % W == 0 &&
           s->out % W == 0 && s->out_rows >= 4 && s->out_cols >= 4;
}

/* Tiles for rows x cols outputs, without room yet. */
static struct winograd measure_winograd(const struct kern_conv *s, int rows, int cols)
{
    struct winograd g = {.rows = (rows + 1) / 2, .cols = (cols + 1) / 2};
    g.rows_at_once = TILES / g.cols > 1 ? TILES / g.cols : 1;
    g.image = (struct padded){.rows = 2 * g.rows + 2, .cols = 2 * g.cols + 2};
    if (g.image.rows < s->rows + s->pad)
        g.image.rows = s->rows + s->pad;
    if (g.image.cols < s->cols + s->pad)
        g.image.cols = s->cols + s->pad;
    g.image.row = (size_t)g.image.cols * s->in;
    g.image.len = g.image.rows * g.image.row;
    size_t tiles = (size_t)g.rows_at_once * g.cols;
    g.v_len = tiles * s->in + W;
    g.m_len = tiles * s->out + W;
    g.u_len = (size_t)PLACES * s->in * s->out;
    return g;
}

static size_t winograd_scratch(const struct kern_conv *s, int rows, int cols)
{
    struct winograd g = measure_winograd(s, rows, cols);
    return g.u_len + PLACES * (g.v_len + g.m_len) + g.image.len;
}

static struct winograd cut_winograd(const struct kern_conv *s, int rows, int cols, float *scratch)
{
    struct winograd g = measure_winograd(s, rows, cols);
    g.u = scratch;
    g.v = g.u + g.u_len;
    g.m = g.v + PLACES * g.v_len;
    g.room = g.m + PLACES * g.m_len;
    return g;
}

/* ---- the three transformations ------------------------------------------------------------- */

/* One dimension of each: to = G of, B^T of and A^T of. */
INLINE void times_g(const vf of[3], vf to[4])
{
    vf ends = of[0] + of[2];
    to[0] = of[0];
    to[1] = (ends + of[1]) * 0.5f;
    to[2] = (ends - of[1]) * 0.5f;
    to[3] = of[2];
}

INLINE void times_b(const vf of[4], vf to[4])
{
    to[0] = of[0] - of[2];
    to[1] = of[1] + of[2];
    to[2] = of[2] - of[1];
    to[3] = of[1] - of[3];
}

INLINE void times_a(const vf of[4], vf to[2])
{
    to[0] = of[0] + of[1] + of[2];
    to[1] = of[1] - of[2] - of[3];
}

/* w[3][3][in][out], of which weight (row, col) begins at row * w_row + col * w_col: for the pass
 * back the kernel is turned round. */
static void transform_weights(const struct kern_conv *s, const float *w, ptrdiff_t w_row,
                              ptrdiff_t w_col, struct winograd *g)
{
    size_t place = (size_t)s->in * s->out;
    for (int j = 0; j < s->out; j += W) {
        int panel = j / TILE_COLS * TILE_COLS, row = packed_row(panel_cols(s->out, panel));
        for (int i = 0; i < s->in; i++) {
            const float *from = w + (size_t)i * s->out + j;
            float *to = g->u + (size_t)panel * s->in + (size_t)i * row + j - panel;
            vf rows[4][3]; /* after the first dimension */
            UNROLL for (int c = 0; c < 3; c++) {
                vf of[3], by[4];
                UNROLL for (int r = 0; r < 3; r++)
                    of[r] = load(from + r * w_row + c * w_col);
                times_g(of, by);
                UNROLL for (int r = 0; r < 4; r++)
                    rows[r][c] = by[r];
            }
            UNROLL for (int r = 0; r < 4; r++) {
                vf by[4];
                times_g(rows[r], by);
                UNROLL for (int c = 0; c < 4; c++)
                    store(to + (4 * r + c) * place, by[c]);
            }
        }
    }
}

/* B^T times one column of a tile. */
INLINE void load_column(const float *at, size_t row, vf to[4])
{
    const vf of[4] = {load(at), load(at + row), load(at + 2 * row), load(at + 3 * row)};
    times_b(of, to);
}

/* A row of tiles. Neighbours share two of their four columns. */
static void transform_row(const struct winograd *g, int in, const float *image, float *v)
{
    size_t row = g->image.row;
    for (int j = 0; j < in; j += W) {
        const float *at = image + j;
        float *to = v + j;
        vf columns[4][4];
        load_column(at, row, columns[0]);
        load_column(at + in, row, columns[1]);
        for (int t = 0; t < g->cols; t++, to += in) {
            at += 2 * in;
            load_column(at, row, columns[2]);
            load_column(at + in, row, columns[3]);
            UNROLL for (int r = 0; r < 4; r++) {
                const vf of[4] = {columns[0][r], columns[1][r], columns[2][r], columns[3][r]};
                vf by[4];
                times_b(of, by);
                UNROLL for (int c = 0; c < 4; c++)
                    store(to + (4 * r + c) * g->v_len, by[c]);
                columns[0][r] = columns[2][r];
                columns[1][r] = columns[3][r];
            }
        }
    }
}

/* W channels of one tile of outputs: row by row in y[4]. */
INLINE void transform_product(const struct winograd *g, const float *m, vf bias, vf y[4])
{
    vf rows[2][4];
    UNROLL for (int c = 0; c < 4; c++) {
        vf of[4], by[2];
        UNROLL for (int r = 0; r < 4; r++)
            of[r] = load(m + (4 * r + c) * g->m_len);
        times_a(of, by);
        rows[0][c] = by[0];
        rows[1][c] = by[1];
    }
    UNROLL for (int r = 0; r < 2; r++) {
        times_a(rows[r], y + 2 * r);
        y[2 * r] += bias;
        y[2 * r + 1] += bias;
    }
}

/* ---- whole convolutions -------------------------------------------------------------------- */

/* The products of `rows` rows of tiles, from row `first` of the image on. */
static void multiply_tiles(const struct kern_conv *s, const struct winograd *g,
                           const float *image, int first, int rows)
{
    for (int r = 0; r < rows; r++)
        transform_row(g, s->in, image + 2 * (first + r) * g->image.row,
                      g->v + (size_t)r * g->cols * s->in);
    for (int p = 0; p < PLACES; p++) {
        struct operand a = {.at = g->v + p * g->v_len, .row = s->in, .step = 1, .len = s->in,
                            .segments = 1};
        const float *panel = g->u + (size_t)p * s->in * s->out;
        for (int j = 0; j < s->out; j += TILE_COLS) {
            int cols = panel_cols(s->out, j);
            struct target c = {.at = g->m + p * g->m_len + j, .row = s->out, .cols = cols};
            panel_rows(rows * g->cols, a, panel, packed_row(cols), c);
            panel += (size_t)cols * s->in;
        }
    }
}

/* One tile to its four pixels, or those of them that the image has. */
static void store_tile(const struct kern_conv *s, const struct winograd *g, const float *m,
                       const float *bias, int row, int col, float *y)
{
    bool right = 2 * col + 1 < s->out_cols, below = 2 * row + 1 < s->out_rows;
    size_t down = (size_t)s->out_cols * s->out;
    y += 2 * (size_t)row * down + 2 * (size_t)col * s->out;
    for (int j = 0; j < s->out; j += W, y += W) {
        vf pixel[4];
        transform_product(g, m + j, bias ? load(bias + j) : (vf){0}, pixel);
        store(y, pixel[0]);
        if (right)
            store(y + s->out, pixel[1]);
        if (below)
            store(y + down, pixel[2]);
        if (right && below)
            store(y + down + s->out, pixel[3]);
    }
}

/* One tile to its pooled pixel. */
static void pool_tile(const struct kern_conv *s, const struct winograd *g, const float *m,
                      const float *bias, float *y, int32_t *won)
{
    for (int j = 0; j < s->out; j += W) {
        vf of[4];
        transform_product(g, m + j, bias ? load(bias + j) : (vf){0}, of);
        vf top = larger(larger(of[0], of[1]), larger(of[2], of[3]));
        store(y + j, relu_of(top));
        if (won)
            store((float *)(void *)(won + j), (vf)which_won(of, top));
    }
}

/* Weights are transformed already. `pooled`: y and won as in conv_pool. */
INLINE void winograd_images(const bool pooled, const struct kern_conv *s,
                            const struct winograd *g, const float *x, const float *bias, float *y,
                            int32_t *won)
{
    size_t y_len = pooled ? (size_t)g->rows * g->cols * s->out
                          : (size_t)s->out_rows * s->out_cols * s->out;
    for (int i = 0; i < s->count; i++, y += y_len) {
        pad_into(s, x, i, g->image, g->room);
        for (int first = 0; first < g->rows; first += g->rows_at_once) {
            int rows = g->rows - first < g->rows_at_once ? g->rows - first : g->rows_at_once;
            multiply_tiles(s, g, g->room, first, rows);
            for (int t = 0; t < rows * g->cols; t++) {
                const float *m = g->m + (size_t)t * s->out;
                size_t at = (size_t)(first * g->cols + t) * s->out;
                if (pooled)
                    pool_tile(s, g, m, bias, y + at, past(won, i * y_len + at));
                else
                    store_tile(s, g, m, bias, first + t / g->cols, t % g->cols, y);
            }
        }
    }
}

static void transform_once(const struct kern_conv *s, const float *w, struct winograd *g)
{
    ptrdiff_t pair = (ptrdiff_t)s->in * s->out;
    if (!s->same_weights)
        transform_weights(s, w, 3 * pair, pair, g);
}

static void winograd_conv(const struct kern_conv *s, const float *x, const float *w,
                          const float *bias, float *y, float *scratch)
{
    struct winograd g = cut_winograd(s, s->out_rows, s->out_cols, scratch);
    transform_once(s, w, &g);
    winograd_images(false, s, &g, x, bias, y, NULL);
}

static void winograd_conv_pool(const struct kern_conv *s, const float *x, const float *w,
                               const float *bias, float *y, int32_t *won, float *scratch)
{
    struct winograd g = cut_winograd(s, s->out_rows / 2 * 2, s->out_cols / 2 * 2, scratch);
    transform_once(s, w, &g);
    winograd_images(true, s, &g, x, bias, y, won);
}

/* dx is a convolution of dy with the kernel turned round and its channels exchanged. */
static struct kern_conv turn_round(const struct kern_conv *s)
{
    return (struct kern_conv){
        .count = s->count, .rows = s->out_rows, .cols = s->out_cols, .in = s->out, .out = s->in,
        .k_rows = 3, .k_cols = 3, .stride = 1, .pad = 2 - s->pad,
        .out_rows = s->rows, .out_cols = s->cols};
}

/* The exchanged weights stand before the rest. */
static size_t winograd_conv_input_scratch(const struct kern_conv *s)
{
    struct kern_conv back = turn_round(s);
    return 9 * (size_t)s->in * s->out + winograd_scratch(&back, s->rows, s->cols);
}

static void winograd_conv_input(const struct kern_conv *s, const float *dy, const float *w,
                                float *dx, float *scratch)
{
    struct kern_conv back = turn_round(s);
    ptrdiff_t pair = (ptrdiff_t)s->in * s->out;
    float *exchanged = scratch;
    for (int place = 0; place < 9; place++)
        for (int i = 0; i < s->in; i++)
            for (int o = 0; o < s->out; o++)
                exchanged[place * pair + (size_t)o * s->in + i] =
                    w[place * pair + (size_t)i * s->out + o];
    struct winograd g = cut_winograd(&back, s->rows, s->cols, scratch + 9 * pair);
    transform_weights(&back, exchanged + 8 * pair, -3 * pair, -pair, &g);
    winograd_images(false, &back, &g, dy, NULL, dx, NULL);
}
