/* simd_tile.h -- the register tile, and matrix products made of it. Part of simd.h.
 *
 * Everything heavy is one tile: TALL x 1 or WIDE x 2 vectors of sums kept in registers while it
 * walks along the shared dimension. Per step it loads one or two vectors of b and spreads a float
 * of a for each row, so that the multipliers hardly wait for loads. b is cut into panels as wide as
 * a tile, packed and padded with zeros where need be; a is read where it lies, its rows evenly
 * apart or at places that a list gives, which lets a convolution be the same product (simd_conv.h).
 */
enum {
    TILE_VECTORS = 2,
    TILE_COLS = TILE_VECTORS * W,
    DEPTH = 256, /* of a packed panel: DEPTH * TILE_COLS floats stay in the first-level cache */
};

/* a(r, k) of a product: row r, and step k of `segments` runs of `len` steps. */
struct operand {
    const float *at;
    ptrdiff_t row, step, segment; /* floats from one to the next */
    const uint32_t *rows_at; /* floats from `at` to each row where they are scattered, else NULL;
                              * a padded image has less than 2^32 floats */
    int len, segments;
};

struct target {
    float *at;
    ptrdiff_t row;
    int cols;          /* of the tile, at most TILE_COLS */
    const float *bias; /* [cols], or NULL */
    bool add;          /* to what is there, rather than to the bias */
};

INLINE vf first_sum(const struct target *c, int r, int v)
{
    int left = c->cols - v * W;
    const float *from = c->add ? c->at + r * c->row + v * W : c->bias ? c->bias + v * W : NULL;
    if (!from || left <= 0)
        return (vf){0};
    return left >= W ? load(from) : load_part(from, left);
}

/* Rows of a that are as far apart as the next are addressed in groups, as x86 can: group,
 * group + row, + 2 row and + 3 row, of which the last takes another register. One base for all rows
 * would take a register for each. Scattered rows do need one each, but share an index. */
enum { ROW_GROUP = 4 };

struct tile_rows {
    const float *at[TALL > WIDE ? TALL : WIDE]; /* scattered: of each row, else of each group */
    ptrdiff_t row, row3, index;
};

INLINE struct tile_rows begin_rows(const int rows, const bool scattered, const struct operand *a)
{
    struct tile_rows to = {.row = a->row, .row3 = settled_step(3 * a->row)};
    if (scattered)
        UNROLL for (int r = 0; r < rows; r++)
            to.at[r] = settled(a->at + a->rows_at[r]);
    return to;
}

INLINE void begin_segment(const int rows, const bool scattered, const struct operand *a, int s,
                          struct tile_rows *to)
{
    to->index = s * a->segment;
    if (!scattered)
        UNROLL for (int g = 0; g < (rows + ROW_GROUP - 1) / ROW_GROUP; g++)
            to->at[g] = a->at + to->index + g * ROW_GROUP * to->row;
}

INLINE float of_row(const bool scattered, const struct tile_rows *rows, const int r)
{
    const float *group = rows->at[r / ROW_GROUP];
    return scattered                    ? rows->at[r][rows->index]
           : r % ROW_GROUP == 3 ? group[rows->row3]
                                        : group[r % ROW_GROUP * rows->row];
}

INLINE void next_step(const int rows, const bool scattered, ptrdiff_t step, struct tile_rows *to)
{
    if (scattered)
        to->index = settled_step(to->index + step);
    else
        UNROLL for (int g = 0; g < (rows + ROW_GROUP - 1) / ROW_GROUP; g++)
            to->at[g] = settled(to->at[g] + step);
}

INLINE void tile(const int rows, const bool scattered, const int vectors, const struct operand *a,
                 const float *b, ptrdiff_t b_row, const struct target *c)
{
    vf sum[TALL > WIDE ? TALL : WIDE][TILE_VECTORS];
    UNROLL for (int r = 0; r < rows; r++)
        UNROLL for (int v = 0; v < vectors; v++)
            sum[r][v] = first_sum(c, r, v);
    const ptrdiff_t step = a->step;
    struct tile_rows from = begin_rows(rows, scattered, a);
    for (int s = 0; s < a->segments; s++) {
        begin_segment(rows, scattered, a, s, &from);
        for (int k = 0; k < a->len; k++, b += b_row) {
            vf panel[TILE_VECTORS];
            UNROLL for (int v = 0; v < vectors; v++)
                panel[v] = load(b + v * W);
            UNROLL for (int r = 0; r < rows; r++) {
                vf x = spread(of_row(scattered, &from, r));
                UNROLL for (int v = 0; v < vectors; v++)
                    sum[r][v] += x * panel[v];
            }
            next_step(rows, scattered, step, &from);
        }
    }
    UNROLL for (int r = 0; r < rows; r++)
        UNROLL for (int v = 0; v < vectors; v++)
            store_most(c->at + r * c->row + v * W, sum[r][v], c->cols - v * W);
}

typedef void tile_fn(const struct operand *a, const float *b, ptrdiff_t b_row,
                     const struct target *c);

/* The tiles of `rows` rows: evenly apart and scattered. */
#define TILE(rows, vectors)                                                                        \
    static void tile_##rows##_##vectors(const struct operand *a, const float *b, ptrdiff_t b_row,  \
                                        const struct target *c)                                    \
    {                                                                                              \
        tile(rows, false, vectors, a, b, b_row, c);                                                \
    }                                                                                              \
    static void scattered_##rows##_##vectors(const struct operand *a, const float *b,              \
                                             ptrdiff_t b_row, const struct target *c)              \
    {                                                                                              \
        tile(rows, true, vectors, a, b, b_row, c);                                                 \
    }

TILE(1, 1) TILE(2, 1) TILE(3, 1) TILE(4, 1) TILE(5, 1) TILE(6, 1)
TILE(7, 1) TILE(8, 1) TILE(9, 1) TILE(10, 1) TILE(11, 1) TILE(12, 1)
TILE(1, 2) TILE(2, 2) TILE(3, 2) TILE(4, 2) TILE(5, 2) TILE(6, 2)
#if TALL > 12
TILE(13, 1) TILE(14, 1)
#define TILES_TO_14(name) , name##_13_1, name##_14_1
#else
#define TILES_TO_14(name)
#endif
#if WIDE > 6
TILE(7, 2) TILE(8, 2) TILE(9, 2) TILE(10, 2) TILE(11, 2) TILE(12, 2)
#define WIDE_TO_12(name)                                                                           \
    , name##_7_2, name##_8_2, name##_9_2, name##_10_2, name##_11_2, name##_12_2
#else
#define WIDE_TO_12(name)
#endif
#define TALL_TILES(name)                                                                           \
    {                                                                                              \
        NULL, name##_1_1, name##_2_1, name##_3_1, name##_4_1, name##_5_1, name##_6_1, name##_7_1,  \
            name##_8_1, name##_9_1, name##_10_1, name##_11_1, name##_12_1 TILES_TO_14(name)        \
    }
#define WIDE_TILES(name)                                                                           \
    {                                                                                              \
        NULL, name##_1_2, name##_2_2, name##_3_2, name##_4_2, name##_5_2,                          \
            name##_6_2 WIDE_TO_12(name)                                                            \
    }
static tile_fn *const tall_tiles[2][TALL + 1] = {TALL_TILES(tile), TALL_TILES(scattered)};
static tile_fn *const wide_tiles[2][WIDE + 1] = {WIDE_TILES(tile), WIDE_TILES(scattered)};

/* `rows` rows of one panel, cut into tiles of nearly the same height. Mostly that is a single one,
 * often of little work: it should cost no divisions. */
INLINE void panel_rows(int rows, struct operand a, const float *b, ptrdiff_t b_row, struct target c)
{
    bool wide = c.cols > W, scattered = a.rows_at != NULL;
    tile_fn *const *tiles = wide ? wide_tiles[scattered] : tall_tiles[scattered];
    int most = wide ? WIDE : TALL;
    for (int count = rows <= most ? 1 : (rows + most - 1) / most; count > 1; count--) {
        int now = (rows + count - 1) / count;
        tiles[now](&a, b, b_row, &c);
        if (scattered)
            a.rows_at += now;
        else
            a.at += now * a.row;
        c.at += now * c.row;
        rows -= now;
    }
    tiles[rows](&a, b, b_row, &c);
}

/* How wide the panel is that begins at column `at` of n, and its row in memory when packed. */
INLINE int panel_cols(int n, int at)
{
    return n - at < TILE_COLS ? n - at : TILE_COLS;
}

INLINE int packed_row(int cols)
{
    return cols > W ? TILE_COLS : W;
}

INLINE vf load_most(const float *p, int n)
{
    return n >= W ? load(p) : load_part(p, n);
}

/* packed[k][packed_row] = b[k][j] for j < cols, then zeros. */
INLINE void pack(int depth, int cols, const float *b, ptrdiff_t b_row, float *restrict packed)
{
    int row = packed_row(cols);
    for (int k = 0; k < depth; k++, packed += row, b += b_row)
        for (int j = 0; j < row; j += W)
            store(packed + j, cols > j ? load_most(b + j, cols - j) : (vf){0});
}

/* packed[k][packed_row] = b[j][k] for j < cols, then zeros, by squares of W x W. */
static void pack_columns(int depth, int cols, const float *b, ptrdiff_t b_row,
                         float *restrict packed)
{
    int row = packed_row(cols);
    for (int k = 0; k < depth; k += W) {
        int steps = depth - k < W ? depth - k : W;
        for (int j = 0; j < row; j += W) {
            vf square[W];
            for (int i = 0; i < W; i++)
                square[i] = j + i < cols ? load_most(b + (j + i) * b_row + k, steps) : (vf){0};
            transpose(square);
            for (int i = 0; i < steps; i++)
                store(packed + (k + i) * row + j, square[i]);
        }
    }
}

/* c[m][n] = a(m, k) b(k, n) + bias, panel by panel, DEPTH steps at a time. Whole vectors of b are
 * read where they lie: packing them costs more than a few tiles gain. */
static void product(int m, int n, int depth, struct operand a, const float *b, ptrdiff_t b_row,
                    ptrdiff_t b_col, const float *bias, float *c)
{
    _Alignas(64) float packed[DEPTH * TILE_COLS];
    for (int j = 0; j < n; j += TILE_COLS) {
        struct target target = {
            .at = c + j, .row = n, .cols = panel_cols(n, j), .bias = bias ? bias + j : NULL};
        bool whole = b_col == 1 && target.cols % W == 0;
        struct operand part = a;
        for (int k = 0; k < depth; k += DEPTH, part.at += DEPTH * a.step) {
            const float *from = b + k * b_row + j * b_col;
            part.len = depth - k < DEPTH ? depth - k : DEPTH;
            target.add = k > 0;
            if (b_col != 1)
                pack_columns(part.len, target.cols, from, b_col, packed);
            else if (!whole)
                pack(part.len, target.cols, from, b_row, packed);
            if (whole)
                panel_rows(m, part, from, b_row, target);
            else
                panel_rows(m, part, packed, packed_row(target.cols), target);
        }
    }
}

/* A single image is a single row. Packing b would then cost as much as multiplying with it; it is
 * streamed instead, and its rows that meet a zero are left out. */
enum { FEW_ROWS = 2 };

/* One row of a times a b narrower than a vector: four chains of sums hide their delay. */
static void row_product(int n, int k, const float *a, const float *b, const float *bias, float *c)
{
    vf sum[4] = {bias ? load_part(bias, n) : (vf){0}};
    int i = 0;
    for (; i + 4 + W < k; i += 4) /* what is read past these rows is still in b, and not stored */
        UNROLL for (int v = 0; v < 4; v++)
            sum[v] += spread(a[i + v]) * load(b + (i + v) * n);
    for (; i < k; i++)
        sum[0] += spread(a[i]) * load_part(b + i * n, n);
    store_part(c, (sum[0] + sum[1]) + (sum[2] + sum[3]), n);
}

static void gemm_nn(int m, int n, int k, const float *a, const float *b, const float *bias,
                    float *c)
{
    struct operand rows = {.at = a, .row = k, .step = 1, .segments = 1};
    if (m <= FEW_ROWS && n < W)
        for (int i = 0; i < m; i++)
            row_product(n, k, a + (size_t)i * k, b, bias, c + (size_t)i * n);
    else if ((m <= FEW_ROWS && n >= W) || pays_to_list(n, (size_t)m * k, a))
        sparse_nn(m, n, k, a, b, bias, c);
    else
        product(m, n, k, rows, b, n, 1, bias, c);
}

static void gemm_tn(int m, int n, int k, const float *a, const float *b, float *c)
{
    struct operand columns = {.at = a, .row = 1, .step = m, .segments = 1};
    if (pays_to_list(n, (size_t)m * k, a))
        sparse_tn(m, n, k, a, b, c);
    else
        product(m, n, k, columns, b, n, 1, NULL, c);
}

static void gemm_nt(int m, int n, int k, const float *a, const float *b, float *c)
{
    struct operand rows = {.at = a, .row = k, .step = 1, .segments = 1};
    product(m, n, k, rows, b, 1, k, NULL, c);
}
