/* simd_conv_pool.h -- a convolution, relu and max-pooling by two in one. Part of simd.h.
 *
 * Two rows of the convolution are computed at a time and pooled while they are in the first-level
 * cache, so the results before pooling, four times as many, never reach memory. The pass back needs
 * only to know which pixel of each window won: three quarters of the gradient before pooling, and
 * all that relu cut off, are zeros, and are neither written nor looked at.
 */

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
static void conv_pool_panel(const struct kern_conv *s, struct operand windows, const float *panel,
                            const float *bias, int channels, float *y, int32_t *won, float *sums)
{
    int row = packed_row(channels);
    struct target c = {.at = sums, .row = row, .cols = row, .bias = bias};
    size_t down = 2 * s->stride * padded_size(s).row, y_row = (size_t)(s->out_cols / 2) * s->out;
    for (int r = 0; r + 2 <= s->out_rows; r += 2, y += y_row, won = past(won, y_row)) {
        panel_rows(2 * s->out_cols, windows, panel, row, c);
        pool_two_rows(s, sums, row, channels, y, won);
        windows.at += down;
    }
}

/* Panels of weights, two rows of sums, where two rows of windows begin, and a padded image. */
static size_t pool_channels_scratch(const struct kern_conv *s)
{
    return panels_len(s) + 2 * (size_t)s->out_cols * (TILE_COLS + 1) + padded_size(s).len;
}

static void conv_pool_channels(const struct kern_conv *s, const float *x, const float *w,
                               const float *bias, float *y, int32_t *won, float *scratch)
{
    size_t y_len = (size_t)(s->out_rows / 2) * (s->out_cols / 2) * s->out;
    float *sums = pack_panels(s, w, scratch);
    uint32_t *windows = (uint32_t *)(void *)(sums + 2 * (size_t)s->out_cols * TILE_COLS);
    float *room = (float *)(void *)(windows + 2 * (size_t)s->out_cols);
    place_windows(s, 2, windows);
    struct operand a = window_operand(s, windows);
    for (int i = 0; i < s->count; i++, y += y_len, won = past(won, y_len)) {
        const float *panel = scratch;
        a.at = padded_image(s, x, i, room);
        for (int j = 0; j < s->out; j += TILE_COLS) {
            int channels = panel_cols(s->out, j);
            float some_bias[TILE_COLS] = {0};
            if (bias)
                memcpy(some_bias, bias + j, (size_t)channels * sizeof *bias);
            conv_pool_panel(s, a, panel, some_bias, channels, y + j, past(won, j), sums);
            panel += (size_t)window_len(s) * packed_row(channels);
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

/* One pooled row of up to W channels and columns, from two rows of sums, to to[columns][channels]:
 * the maxima or, as `winners`, which they were. Whole vectors are stored, each over what the one
 * before it put past its channels, but for those that would go past the `room` floats from `to`. */
INLINE void pool_planes(const bool winners, const struct kern_conv *s, int columns,
                        const float *sums, float *to, size_t room)
{
    int row = plane_row(s);
    vf pooled[W];
    for (int o = 0; o < W; o++) {
        if (o >= s->out) {
            pooled[o] = (vf){0};
            continue;
        }
        vf of[4];
        for (int r = 0; r < 2; r++) {
            const float *from = sums + (size_t)(2 * o + r) * row;
            vf left = load(from), right = load(from + W);
            of[2 * r] = __builtin_shufflevector(left, right, EVEN_LANES);
            of[2 * r + 1] = __builtin_shufflevector(left, right, ODD_LANES);
        }
        vf top = larger(larger(of[0], of[1]), larger(of[2], of[3]));
        pooled[o] = winners ? (vf)which_won(of, top) : relu_of(top);
    }
    transpose(pooled);
    for (int c = 0; c < columns; c++)
        store_most(to + c * s->out, pooled[c], (size_t)(c * s->out + W) <= room ? W : s->out);
}

/* All of a pooled row of fewer than W channels; `room` floats are left of y. */
static void pool_plane_row(const struct kern_conv *s, const float *sums, float *y, int32_t *won,
                           size_t room)
{
    int cols = s->out_cols / 2;
    for (int c = 0; c < cols; c += W) {
        int columns = cols - c < W ? cols - c : W;
        size_t at = (size_t)c * s->out;
        pool_planes(false, s, columns, sums + 2 * c, y + at, room - at);
        if (won)
            pool_planes(true, s, columns, sums + 2 * c, (float *)(void *)won + at, room - at);
    }
}

/* Two rows of sums for each channel, and a padded image. */
static size_t pool_columns_scratch(const struct kern_conv *s)
{
    return (size_t)s->out * 2 * plane_row(s) + padded_size(s).len;
}

static void conv_pool_columns(const struct kern_conv *s, const float *x, const float *w,
                              const float *bias, float *y, int32_t *won, float *scratch)
{
    struct padded p = padded_size(s);
    size_t y_row = (size_t)(s->out_cols / 2) * s->out;
    float *sums = scratch, *room = sums + (size_t)s->out * 2 * plane_row(s);
    const float *end = y + s->count * (s->out_rows / 2) * y_row;
    for (int i = 0; i < s->count; i++) {
        const float *image = padded_image(s, x, i, room);
        for (int r = 0; r + 2 <= s->out_rows; r += 2, y += y_row, won = past(won, y_row)) {
            sum_two_rows(s, image + r * p.row, w, bias, sums);
            pool_plane_row(s, sums, y, won, (size_t)(end - y));
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
    if (suits_winograd(s))
        winograd_conv_pool(s, x, w, bias, y, won, scratch);
    else
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
                    compress_pairs(pixel != KERN_NONE, at, value[i], l->at + to, l->value + to);
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

/* Two pixels of a pooling window, one below the other, are passed back together: the rows of their
 * windows make one of k_rows + stride rows, which stays in registers while what each channel gives
 * is added up. Fewer and longer sums mean fewer loops whose end no processor foresees. A channel's
 * weights have `stride` rows of zeros above and below, so that they fit either pixel. */
struct pair_cut {
    struct window_cut window;
    int count;      /* vectors of the two windows */
    size_t row;     /* floats of a row of weights, */
    size_t channel; /* and of all rows of a channel */
};

static struct pair_cut cut_pair(const struct kern_conv *s)
{
    struct pair_cut cut = {.window = cut_window(s)};
    cut.count = (s->k_rows + s->stride) * cut.window.per_run;
    cut.row = (size_t)cut.window.per_run * W;
    cut.channel = (size_t)(s->k_rows + 2 * s->stride) * cut.row;
    return cut;
}

static void pack_pairs(const struct kern_conv *s, const struct pair_cut *cut, const float *w,
                       float *packed)
{
    memset(packed, 0, s->out * cut->channel * sizeof *packed);
    pack_windows(s, &cut->window, w, cut->channel, packed + s->stride * cut->row);
}

/* Lists the channels that one of two pixels won, those on `side` of the pooling window: their dy,
 * and where their weights begin. */
INLINE int list_pair(const struct kern_conv *s, const struct pair_cut *cut, const int32_t *won,
                     const float *dy, int side, struct meetings list)
{
    vi lane, step = (vi){0} + (int)cut->channel, below = (vi){0} + (int)(s->stride * cut->row);
    for (int i = 0; i < W; i++)
        lane[i] = i;
    int count = 0;
    for (int j = 0; j < s->out; j += W) {
        const float *from = (const float *)(const void *)(won + j);
        int left = s->out - j;
        vf value = left >= W ? load(dy + j) : load_part(dy + j, left);
        vi which = (vi)(left >= W ? load(from) : load_part(from, left));
        vi mine = ((which & 1) == side) & (which != KERN_NONE) & (value != 0.0f);
        vi at = (lane + j) * step + (1 - (which >> 1)) * below;
        count += compress_pairs(mine, at, value, list.at + count, list.value + count);
    }
    return count;
}

/* window[at] += sum over the meetings of value * packed[meeting] */
INLINE void add_pair(const int vectors, const float *packed,
                     struct meetings list, int count, const size_t *at, float *window)
{
    vf sum[GROUP];
    UNROLL for (int v = 0; v < vectors; v++)
        sum[v] = load(window + at[v]);
    for (int i = 0; i < count; i++) {
        const float *w = settled(packed + list.at[i]);
        vf value = spread(list.value[i]);
        UNROLL for (int v = 0; v < vectors; v++)
            sum[v] += value * load(w + v * W);
    }
    UNROLL for (int v = 0; v < vectors; v++)
        store(window + at[v], sum[v]);
}

/* Down the columns, as in add_windows. */
INLINE void add_pairs(const int vectors, const struct kern_conv *s, const struct pair_cut *cut,
                      const int32_t *won, const float *dy, const float *packed, const size_t *at,
                      struct meetings list, float *room)
{
    size_t right = window_step(s, 1), down = 2 * window_step(s, 2);
    int cols = s->out_cols / 2;
    for (int c = 0; c < 2 * cols; c++)
        for (int r = 0; r < s->out_rows / 2; r++) {
            size_t from = (size_t)(r * cols + c / 2) * s->out;
            int count = list_pair(s, cut, won + from, dy + from, c % 2, list);
            add_pair(vectors, packed, list, count, at, room + r * down + c * right);
        }
}

/* dx of one image, in its padded room. */
static void spread_winners(const struct kern_conv *s, const struct pair_cut *cut,
                           const int32_t *won, const float *dy, const float *packed,
                           struct meetings list, float *room)
{
    memset(room, 0, (padded_size(s).len + W) * sizeof *room);
    for (int v = 0, vectors; v < cut->count; v += vectors) {
        vectors = even_group(cut->count, v);
        size_t at[GROUP];
        for (int k = 0; k < vectors; k++)
            at[k] = vector_at(&cut->window, v + k);
        WITH_CONSTANT(vectors, add_pairs, s, cut, won, dy, packed + v * W, at, list, room)
    }
}

/* What conv_pool_back cuts from its scratch. */
struct pool_back {
    struct winners winners;
    struct meetings pair;      /* [out] and a vector */
    uint32_t *first;           /* [pooled pixels] and a vector */
    float *image, *room;       /* padded, and a vector */
    float *sums;               /* [out][window] */
    float *packed;             /* [out][window with rows of zeros] */
};

static size_t pool_back_scratch(const struct kern_conv *s)
{
    struct pair_cut cut = cut_pair(s);
    size_t pixels = (size_t)(s->out_rows / 2) * (s->out_cols / 2), out = (size_t)s->out;
    size_t images = 2 * (padded_size(s).len + W);
    size_t weights = out * cut.window.count * W + out * cut.channel;
    size_t lists = 2 * (out * (pixels + W) + out + W);
    return images + weights + lists + pixels + W + out;
}

static struct pool_back cut_pool_back(const struct kern_conv *s, const struct pair_cut *cut,
                                      float *scratch)
{
    size_t pixels = (size_t)(s->out_rows / 2) * (s->out_cols / 2), out = (size_t)s->out;
    size_t image_len = padded_size(s).len + W;
    struct pool_back b = {.image = scratch, .winners = {.row = pixels + W}};
    b.room = b.image + image_len;
    b.sums = b.room + image_len;
    b.packed = b.sums + out * cut->window.count * W;
    b.winners.value = b.packed + out * cut->channel;
    b.pair.value = b.winners.value + out * b.winners.row;
    uint32_t *words = (uint32_t *)(void *)(b.pair.value + out + W);
    b.winners.at = words;
    b.pair.at = b.winners.at + out * b.winners.row;
    b.first = b.pair.at + out + W;
    b.winners.counts = (int *)(void *)(b.first + pixels + W);
    return b;
}

static void conv_pool_back(const struct kern_conv *s, const float *x, const float *w,
                           const int32_t *won, const float *dy, float *dw, float *db, float *dx,
                           float *scratch)
{
    struct pair_cut cut = cut_pair(s);
    struct pool_back b = cut_pool_back(s, &cut, scratch);
    size_t y_len = (size_t)(s->out_rows / 2) * (s->out_cols / 2) * s->out;
    memset(b.sums, 0, (size_t)s->out * cut.window.count * W * sizeof *b.sums);
    memset(b.image + padded_size(s).len, 0, W * sizeof *b.image);
    memset(db, 0, (size_t)s->out * sizeof *db);
    fill_firsts(s, b.first);
    if (dx)
        pack_pairs(s, &cut, w, b.packed);
    for (int i = 0; i < s->count; i++, won += y_len, dy += y_len) {
        pad_image(s, x, i, b.image);
        list_winners(s, won, dy, b.first, &b.winners);
        add_winners(s, &cut.window, &b.winners, b.image, b.sums);
        add_bias(s, &b.winners, db);
        if (!dx)
            continue;
        spread_winners(s, &cut, won, dy, b.packed, b.pair, b.room);
        take_out_of_room(s, b.room, dx, i);
    }
    spread_sums(s, &cut.window, b.sums, dw);
}

/* ---- both ---------------------------------------------------------------------------------- */

static size_t conv_pool_scratch(const struct kern_conv *s)
{
    size_t len = longer(pool_back_scratch(s), pool_channels_scratch(s));
    if (pays_by_columns(s))
        len = longer(len, pool_columns_scratch(s));
    if (suits_winograd(s))
        len = longer(len, winograd_scratch(s, s->out_rows / 2 * 2, s->out_cols / 2 * 2));
#ifdef NARROW
    len = longer(len, NARROW.conv_pool_scratch(s));
#endif
    return len;
}
