/* simd_conv_pool.h -- a convolution, relu and max-pooling by two in one. Part of simd.h.
 *
 * Two rows of the convolution are computed at a time and pooled while they are in the first-level
 * cache, so the results before pooling, four times as many, never reach memory. The pass back needs
 * only to know which pixel of each window won: three quarters of the gradient before pooling, and
 * all that relu cut off, are zeros, and are neither written nor looked at.
 */

static int32_t *past(int32_t *won, size_t len)
{
    return won ? won + len : NULL;
}

/* ---- forward, channels in a vector --------------------------------------------------------- */

/* Which of four is `top`, the first of them, or KERN_NONE where none is above zero. */
INLINE vi which_won(const vf *of, vf top)
{
    vi third = (of[2] != top) & 1, second = (of[1] != top) & (1 + third);
    vi first = (of[0] != top) & (1 + second), alive = top > 0.0f;
    return (alive & first) | (~alive & KERN_NONE);
}

INLINE vf relu_of(vf x)
{
    return larger(x, (vf){0});
}

/* Two rows of sums, [2][out_cols][row], to one of y and won, [out_cols / 2][out]. */
static void pool_two_rows(const struct kern_conv *s, const float *sums, int row, int channels,
                          float *y, int32_t *won)
{
    size_t down = (size_t)s->out_cols * row;
    for (int c = 0; c < s->out_cols / 2; c++, sums += 2 * row, y += s->out, won = past(won, s->out))
        for (int v = 0; v < channels; v += W) {
            const float *at = sums + v;
            vf of[4] = {load(at), load(at + row), load(at + down), load(at + down + row)};
            vf top = larger(larger(of[0], of[1]), larger(of[2], of[3]));
            store_most(y + v, relu_of(top), channels - v);
            if (won)
                store_most((float *)(void *)(won + v), (vf)which_won(of, top), channels - v);
        }
}

/* One panel of output channels of one image. */
static void conv_pool_panel(const struct kern_conv *s, const float *image, const float *panel,
                            const float *bias, int channels, float *y, int32_t *won, float *sums)
{
    struct padded p = padded_size(s);
    int row = packed_row(channels);
    struct operand a = {.row = (ptrdiff_t)s->stride * s->in,
                        .step = 1,
                        .segment = (ptrdiff_t)p.row,
                        .len = s->k_cols * s->in,
                        .segments = s->k_rows};
    struct target c = {.row = row, .cols = row, .bias = bias};
    size_t y_row = (size_t)(s->out_cols / 2) * s->out;
    for (int r = 0; r + 2 <= s->out_rows; r += 2, y += y_row, won = past(won, y_row)) {
        for (int i = 0; i < 2; i++) {
            a.at = image + (size_t)(r + i) * s->stride * p.row;
            c.at = sums + (size_t)i * s->out_cols * row;
            panel_rows(s->out_cols, a, panel, row, c);
        }
        pool_two_rows(s, sums, row, channels, y, won);
    }
}

static void conv_pool_channels(const struct kern_conv *s, const float *x, const float *w,
                               const float *bias, float *y, int32_t *won, float *scratch)
{
    int depth = s->k_rows * s->k_cols * s->in;
    size_t y_len = (size_t)(s->out_rows / 2) * (s->out_cols / 2) * s->out;
    float *sums = pack_panels(depth, s->out, w, scratch);
    float *room = sums + 2 * (size_t)s->out_cols * TILE_COLS;
    for (int i = 0; i < s->count; i++, y += y_len, won = past(won, y_len)) {
        const float *image = padded_image(s, x, i, room), *panel = scratch;
        for (int j = 0; j < s->out; j += TILE_COLS) {
            int channels = panel_cols(s->out, j);
            float some_bias[TILE_COLS] = {0};
            if (bias)
                memcpy(some_bias, bias + j, (size_t)channels * sizeof *bias);
            conv_pool_panel(s, image, panel, some_bias, channels, y + j, past(won, j), sums);
            panel += (size_t)depth * packed_row(channels);
        }
    }
}

/* ---- forward, columns in a vector ---------------------------------------------------------- */

/* A few channels leave most of a vector empty. Where the input has one channel the pixels of a row
 * lie side by side, and a vector holds W columns of one output channel instead. */

enum { PLANES = 6 }; /* output channels at a time: two rows of each are sums in registers */

static bool pays_by_columns(const struct kern_conv *s)
{
    return s->in == 1 && s->stride == 1 && s->out < W && s->out_cols >= W;
}

INLINE int plane_row(const struct kern_conv *s)
{
    return (s->out_cols + 2 * W - 1) / (2 * W) * 2 * W;
}

/* W columns of two rows of `planes` channels: sums[plane][2][plane_row]. */
INLINE void sum_columns(const int planes, const struct kern_conv *s, const float *image,
                        const float *w, const float *bias, float *sums)
{
    size_t row = padded_size(s).row, sums_row = (size_t)plane_row(s);
    vf sum[2][PLANES];
    UNROLL for (int o = 0; o < planes; o++)
        sum[0][o] = sum[1][o] = spread(bias ? bias[o] : 0);
    for (int k = 0; k < s->k_rows; k++, image += row)
        for (int c = 0; c < s->k_cols; c++, w += s->out) {
            vf upper = load(image + c), lower = load(image + row + c);
            UNROLL for (int o = 0; o < planes; o++) {
                vf weight = spread(w[o]);
                sum[0][o] += upper * weight;
                sum[1][o] += lower * weight;
            }
        }
    UNROLL for (int o = 0; o < planes; o++) {
        store(sums + 2 * o * sums_row, sum[0][o]);
        store(sums + (2 * o + 1) * sums_row, sum[1][o]);
    }
}

static void sum_plane_columns(int planes, const struct kern_conv *s, const float *image,
                              const float *w, const float *bias, float *sums)
{
    switch (planes) {
    case 1: sum_columns(1, s, image, w, bias, sums); break;
    case 2: sum_columns(2, s, image, w, bias, sums); break;
    case 3: sum_columns(3, s, image, w, bias, sums); break;
    case 4: sum_columns(4, s, image, w, bias, sums); break;
    case 5: sum_columns(5, s, image, w, bias, sums); break;
    default: sum_columns(PLANES, s, image, w, bias, sums); break;
    }
}

/* Two rows of all channels; the last W columns may lie over those before them. */
static void sum_two_rows(const struct kern_conv *s, const float *image, const float *w,
                         const float *bias, float *sums)
{
    for (int o = 0; o < s->out; o += PLANES) {
        int planes = s->out - o < PLANES ? s->out - o : PLANES;
        float *to = sums + (size_t)o * 2 * plane_row(s);
        for (int c = 0; c < s->out_cols; c += W) {
            int col = c + W <= s->out_cols ? c : s->out_cols - W;
            sum_plane_columns(planes, s, image + col, w + o, bias ? bias + o : NULL, to + col);
        }
    }
}

/* One pooled row of one channel, from two rows of sums. */
INLINE void pool_plane(const struct kern_conv *s, const float *sums, float *y, float *won)
{
    int row = plane_row(s);
    for (int c = 0; c < row / 2; c += W) {
        vf of[4];
        for (int r = 0; r < 2; r++) {
            vf left = load(sums + r * row + 2 * c), right = load(sums + r * row + 2 * c + W);
            of[2 * r] = __builtin_shufflevector(left, right, EVEN_LANES);
            of[2 * r + 1] = __builtin_shufflevector(left, right, ODD_LANES);
        }
        vf top = larger(larger(of[0], of[1]), larger(of[2], of[3]));
        store(y + c, relu_of(top));
        store(won + c, (vf)which_won(of, top));
    }
}

/* to[columns][planes] from[planes][row] */
INLINE void interleave(int planes, int columns, const float *from, int row, float *to)
{
    for (int c = 0; c < columns; c++, to += planes)
        for (int o = 0; o < planes; o++)
            to[o] = from[(size_t)o * row + c];
}

static void conv_pool_columns(const struct kern_conv *s, const float *x, const float *w,
                              const float *bias, float *y, int32_t *won, float *scratch)
{
    struct padded p = padded_size(s);
    int row = plane_row(s);
    size_t y_row = (size_t)(s->out_cols / 2) * s->out;
    float *sums = scratch, *tops = sums + (size_t)s->out * 2 * row;
    float *winners = tops + (size_t)s->out * row / 2, *room = winners + (size_t)s->out * row / 2;
    for (int i = 0; i < s->count; i++) {
        const float *image = padded_image(s, x, i, room);
        for (int r = 0; r + 2 <= s->out_rows; r += 2, y += y_row, won = past(won, y_row)) {
            sum_two_rows(s, image + r * p.row, w, bias, sums);
            for (int o = 0; o < s->out; o++)
                pool_plane(s, sums + (size_t)o * 2 * row, tops + o * (size_t)row / 2,
                           winners + o * (size_t)row / 2);
            interleave(s->out, s->out_cols / 2, tops, row / 2, y);
            if (won)
                interleave(s->out, s->out_cols / 2, winners, row / 2, (float *)(void *)won);
        }
    }
}

static void conv_pool(const struct kern_conv *s, const float *x, const float *w, const float *bias,
                      float *y, int32_t *won, float *scratch)
{
    if (pays_by_columns(s)) {
        conv_pool_columns(s, x, w, bias, y, won, scratch);
        return;
    }
#ifdef NARROW
    if (s->out <= W / 2) {
        NARROW.conv_pool(s, x, w, bias, y, won, scratch);
        return;
    }
#endif
    conv_pool_channels(s, x, w, bias, y, won, scratch);
}

/* ---- back ---------------------------------------------------------------------------------- */

/* What the winners of one image pass back, channel by channel: where in the padded image the window
 * of each begins, and its dy. Zeros follow each list up to a whole vector. */
struct winners {
    size_t row; /* of a channel's list: pooled pixels and a vector */
    uint32_t *at;
    float *value;
    int *counts;
};

/* How far the window of pixel `i` of a pooling window is from that of its first. */
static size_t window_step(const struct kern_conv *s, int i)
{
    return (size_t)s->stride * ((size_t)(i / 2) * padded_size(s).row + (size_t)(i % 2) * s->in);
}

/* Where the window of each pooled pixel's first pixel begins. */
static void fill_firsts(const struct kern_conv *s, uint32_t *first)
{
    size_t right = 2 * window_step(s, 1), down = 2 * window_step(s, 2);
    for (int r = 0; r < s->out_rows / 2; r++)
        for (int c = 0; c < s->out_cols / 2; c++)
            *first++ = (uint32_t)(r * down + c * right);
}

/* rows[W][W] to its columns: each round of zipping the first half with the second brings one bit of
 * a row's number into the lanes' numbers. */
INLINE void transpose(vf *rows)
{
    for (int round = 1; round < W; round *= 2) {
        vf zipped[W];
        UNROLL for (int i = 0; i < W / 2; i++) {
            zipped[2 * i] = __builtin_shufflevector(rows[i], rows[i + W / 2], ZIP_FIRST);
            zipped[2 * i + 1] = __builtin_shufflevector(rows[i], rows[i + W / 2], ZIP_SECOND);
        }
        UNROLL for (int i = 0; i < W; i++)
            rows[i] = zipped[i];
    }
}

/* Column by column what `rows` x `columns` floats hold that begin at `from`, row_len floats apart;
 * `fill` where there is none. */
INLINE void load_columns(const float *from, int rows, int columns, size_t row_len, vf fill,
                         vf *column)
{
    for (int i = 0; i < W; i++)
        column[i] = i >= rows      ? fill
                    : columns == W ? load(from + i * row_len)
                                   : load_part(from + i * row_len, columns);
    transpose(column);
}

/* W pixels of W channels at a time: both are transposed in registers, and the lanes of those that
 * won nothing are left out by one permutation. */
static void list_winners(const struct kern_conv *s, const int32_t *won, const float *dy,
                         const uint32_t *first, struct winners *l)
{
    int pixels = s->out_rows / 2 * (s->out_cols / 2), right = (int)window_step(s, 1);
    int down = (int)window_step(s, 2);
    size_t out = (size_t)s->out;
    memset(l->counts, 0, out * sizeof *l->counts);
    for (int p = 0; p < pixels; p += W) {
        int rows = pixels - p < W ? pixels - p : W;
        vi at_first = (vi)load((const float *)(const void *)(first + p));
        for (int j = 0; j < s->out; j += W) {
            int channels = s->out - j < W ? s->out - j : W;
            vf value[W], which[W];
            load_columns(dy + p * out + j, rows, channels, out, (vf){0}, value);
            load_columns((const float *)(const void *)(won + p * out + j), rows, channels, out,
                         (vf)((vi){0} + KERN_NONE), which);
            for (int i = 0; i < channels; i++) {
                size_t to = (j + i) * l->row + (size_t)l->counts[j + i];
                vi pixel = (vi)which[i];
                vi at = at_first + (pixel & 1) * right + (pixel >> 1) * down;
                l->counts[j + i] +=
                    compress(pixel != KERN_NONE, at, value[i], l->at + to, l->value + to);
            }
        }
    }
    for (int o = 0; o < s->out; o++)
        store(l->value + o * l->row + l->counts[o], (vf){0});
}

/* sums[out][vectors][W] += x dy */
static void add_winners(const struct kern_conv *s, const struct window_cut *cut,
                        const struct winners *l, const float *image, float *sums)
{
    for (int v = 0, vectors; v < cut->count; v += vectors) {
        vectors = even_group(cut->count, v);
        size_t at[GROUP], sum_at[GROUP];
        for (int k = 0; k < vectors; k++) {
            at[k] = vector_at(cut, v + k);
            sum_at[k] = (size_t)k * W;
        }
        for (int o = 0; o < s->out; o++) {
            float *to = sums + ((size_t)o * cut->count + v) * W;
            struct meetings list = {l->at + o * l->row, l->value + o * l->row};
            WITH_CONSTANT(vectors, sum_meetings, image, at, list, l->counts[o], to, sum_at, to)
        }
    }
}

static void add_bias(const struct kern_conv *s, const struct winners *l, float *db)
{
    for (int o = 0; o < s->out; o++) {
        vf sum = {0};
        for (int i = 0; i < l->counts[o]; i += W)
            sum += load(l->value + o * l->row + i);
        for (int i = 0; i < W; i++)
            db[o] += sum[i];
    }
}

/* The channels of which pixel `which` won, in registers, then into the window. */
INLINE void add_won_window(const int vectors, int out, const float *dy, const int32_t *won,
                           int which, const float *packed, size_t packed_row_len,
                           const size_t *at, float *window)
{
    vf sum[GROUP] = {{0}};
    for (int j = 0; j < out; j += W) {
        const float *from = (const float *)(const void *)(won + j);
        vi mine = (vi)(j + W <= out ? load(from) : load_part(from, out - j)) == which;
        unsigned lanes = LANES(mine);
        if (j + W > out)
            lanes &= (1u << (out - j)) - 1;
        for (; lanes; lanes &= lanes - 1) {
            int o = j + __builtin_ctz(lanes);
            const float *w = packed + (size_t)o * packed_row_len;
            vf d = spread(dy[o]);
            UNROLL for (int k = 0; k < vectors; k++)
                sum[k] += d * load(w + k * W);
        }
    }
    UNROLL for (int k = 0; k < vectors; k++)
        store(window + at[k], load(window + at[k]) + sum[k]);
}

/* Down the columns, as in add_windows. */
INLINE void add_won_windows(const int vectors, const struct kern_conv *s, const int32_t *won,
                            const float *dy, const float *packed, size_t packed_row_len,
                            const size_t *at, float *room)
{
    size_t right = window_step(s, 1), down = window_step(s, 2);
    for (int c = 0; c < s->out_cols / 2 * 2; c++)
        for (int r = 0; r < s->out_rows / 2 * 2; r++) {
            size_t from = (size_t)(r / 2 * (s->out_cols / 2) + c / 2) * s->out;
            add_won_window(vectors, s->out, dy + from, won + from, r % 2 * 2 + c % 2, packed,
                           packed_row_len, at, room + r * down + c * right);
        }
}

/* dx of one image, in its padded room. */
static void spread_winners(const struct kern_conv *s, const struct window_cut *cut,
                           const int32_t *won, const float *dy, const float *packed, float *room)
{
    memset(room, 0, (padded_size(s).len + W) * sizeof *room);
    for (int v = 0, vectors; v < cut->count; v += vectors) {
        vectors = even_group(cut->count, v);
        size_t at[GROUP], row = (size_t)cut->count * W;
        for (int k = 0; k < vectors; k++)
            at[k] = vector_at(cut, v + k);
        WITH_CONSTANT(vectors, add_won_windows, s, won, dy, packed + (size_t)v * W, row, at, room)
    }
}

static void conv_pool_back(const struct kern_conv *s, const float *x, const float *w,
                           const int32_t *won, const float *dy, float *dw, float *db, float *dx,
                           float *scratch)
{
    struct window_cut cut = cut_window(s);
    size_t pixels = (size_t)(s->out_rows / 2) * (s->out_cols / 2), y_len = pixels * s->out;
    size_t image_len = padded_size(s).len + W, sums_len = (size_t)s->out * cut.count * W;
    float *image = scratch, *room = image + image_len, *sums = room + image_len;
    float *packed = sums + sums_len, *lists = packed + sums_len;
    struct winners l = {.row = pixels + W, .value = lists};
    l.at = (uint32_t *)(void *)(lists + s->out * l.row);
    l.counts = (int *)(void *)(l.at + s->out * l.row);
    uint32_t *first = (uint32_t *)(l.counts + s->out);
    memset(sums, 0, sums_len * sizeof *sums);
    memset(image + image_len - W, 0, W * sizeof *image);
    memset(db, 0, (size_t)s->out * sizeof *db);
    fill_firsts(s, first);
    if (dx)
        pack_windows(s, &cut, w, packed);
    for (int i = 0; i < s->count; i++, won += y_len, dy += y_len) {
        pad_image(s, x, i, image);
        list_winners(s, won, dy, first, &l);
        add_winners(s, &cut, &l, image, sums);
        add_bias(s, &l, db);
        if (!dx)
            continue;
        spread_winners(s, &cut, won, dy, packed, room);
        take_out_of_room(s, room, dx, i);
    }
    spread_sums(s, &cut, sums, dw);
}
