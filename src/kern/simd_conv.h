/* simd_conv.h -- convolutions. Part of simd.h.
 *
 * Images are row by row, pixel by pixel, channel by channel (NHWC). So the window of an output
 * pixel is k_rows runs of k_cols * in floats that lie together, and the window of the next pixel
 * begins stride * in floats on. A convolution is therefore a product whose left operand has a
 * window for a row, wherever in the image it begins (struct operand), and no window is ever copied
 * out.
 *
 * After max-pooling three quarters of the gradient dy are zeros, and after relu more. Both passes
 * back have a second form for that, which visits only what is not zero.
 */

/* ---- forward ------------------------------------------------------------------------------- */

INLINE int window_len(const struct kern_conv *s)
{
    return s->k_rows * s->k_cols * s->in;
}

/* All panels of w[window][out], one after the other. Returns where they end. */
static float *pack_panels(const struct kern_conv *s, const float *w, float *packed)
{
    int depth = window_len(s);
    for (int j = 0; j < s->out; j += TILE_COLS) {
        int cols = panel_cols(s->out, j);
        if (!s->same_weights)
            pack(depth, cols, w + j, s->out, packed);
        packed += (size_t)depth * packed_row(cols);
    }
    return packed;
}

static size_t panels_len(const struct kern_conv *s)
{
    size_t len = 0;
    for (int j = 0; j < s->out; j += TILE_COLS)
        len += (size_t)window_len(s) * packed_row(panel_cols(s->out, j));
    return len;
}

/* Where in the padded image the windows of `rows` rows of output pixels begin. */
static void place_windows(const struct kern_conv *s, int rows, uint32_t *windows)
{
    size_t down = s->stride * padded_size(s).row, right = (size_t)s->stride * s->in;
    for (int r = 0; r < rows; r++)
        for (int c = 0; c < s->out_cols; c++)
            *windows++ = (uint32_t)(r * down + c * right);
}

/* Windows as the rows of a product; `at` is to be set to an image, or to where in it they begin. */
static struct operand window_operand(const struct kern_conv *s, const uint32_t *windows)
{
    return (struct operand){.rows_at = windows,
                            .step = 1,
                            .segment = (ptrdiff_t)padded_size(s).row,
                            .len = s->k_cols * s->in,
                            .segments = s->k_rows};
}

/* Panels of weights, a padded image, and where its windows begin. */
static size_t forward_scratch(const struct kern_conv *s)
{
    if (suits_winograd(s))
        return winograd_scratch(s, s->out_rows, s->out_cols);
    return panels_len(s) + padded_size(s).len + (size_t)s->out_rows * s->out_cols;
}

static void conv(const struct kern_conv *s, const float *x, const float *w, const float *bias,
                 float *y, float *scratch)
{
    if (suits_winograd(s)) {
        winograd_conv(s, x, w, bias, y, scratch);
        return;
    }
#ifdef NARROW
    if (s->out <= W / 2) {
        NARROW.conv(s, x, w, bias, y, scratch);
        return;
    }
#endif
    int pixels = s->out_rows * s->out_cols;
    struct padded p = padded_size(s);
    float *room = pack_panels(s, w, scratch);
    uint32_t *windows = (uint32_t *)(void *)(room + p.len);
    place_windows(s, s->out_rows, windows);
    struct operand a = window_operand(s, windows);
    for (int i = 0; i < s->count; i++, y += (size_t)pixels * s->out) {
        const float *panel = scratch;
        a.at = padded_image(s, x, i, room);
        for (int j = 0; j < s->out; j += TILE_COLS) {
            struct target c = {.at = y + j,
                               .row = s->out,
                               .cols = panel_cols(s->out, j),
                               .bias = bias ? bias + j : NULL};
            panel_rows(pixels, a, panel, packed_row(c.cols), c);
            panel += (size_t)window_len(s) * packed_row(c.cols);
        }
    }
}

/* ---- a window as vectors ------------------------------------------------------------------- */

/* A window cut into vectors, each of its runs by itself. The last of a run reaches past its end, so
 * images that are read by vectors have room for one more at their end. What it reads there is not
 * used, and what it adds there is 0. (Were it moved back into the run, loads would often straddle
 * two vectors just stored, and wait for both to arrive in the cache.) */
struct window_cut {
    int run;     /* floats: k_cols * in */
    int per_run; /* vectors */
    int count;   /* vectors of a window */
    size_t row;  /* floats from one run to the next */
};

static struct window_cut cut_window(const struct kern_conv *s)
{
    struct window_cut cut = {.run = s->k_cols * s->in, .row = padded_size(s).row};
    cut.per_run = (cut.run + W - 1) / W;
    cut.count = s->k_rows * cut.per_run;
    return cut;
}

/* Where vector v begins, in its run. */
INLINE int vector_in_run(const struct window_cut *cut, int v)
{
    return v % cut->per_run * W;
}

/* ... and in the padded image, from the window's first float. */
INLINE size_t vector_at(const struct window_cut *cut, int v)
{
    return v / cut->per_run * cut->row + (size_t)vector_in_run(cut, v);
}

/* How many vectors from vector v on are summed up next, so that all groups are nearly alike. */
INLINE int even_group(int count, int v)
{
    int groups = (count - v + GROUP - 1) / GROUP;
    return (count - v + groups - 1) / groups;
}

/* How many lanes of vector v are inside the run. */
INLINE int lanes_in_run(const struct window_cut *cut, int v)
{
    int left = cut->run - vector_in_run(cut, v);
    return left < W ? left : W;
}

/* ---- the weights' gradient ----------------------------------------------------------------- */

/* Where in the padded image weight (row, column, channel) of the kernel meets the first window. */
static void place_weights(const struct kern_conv *s, uint32_t *weights)
{
    size_t row = padded_size(s).row;
    for (int r = 0; r < s->k_rows; r++)
        for (int k = 0; k < s->k_cols * s->in; k++)
            *weights++ = (uint32_t)(r * row + k);
}

/* A padded image, a packed panel of dy, and where the weights meet the image. */
static size_t weights_dense_scratch(const struct kern_conv *s)
{
    return padded_size(s).len + (size_t)s->out_rows * s->out_cols * TILE_COLS + window_len(s);
}

static void conv_weights_dense(const struct kern_conv *s, const float *x, const float *dy,
                               float *dw, float *scratch)
{
    int pixels = s->out_rows * s->out_cols;
    struct padded p = padded_size(s);
    float *room = scratch, *packed = room + p.len;
    uint32_t *weights = (uint32_t *)(void *)(packed + (size_t)pixels * TILE_COLS);
    place_weights(s, weights);
    struct operand a = {.rows_at = weights,
                        .step = (ptrdiff_t)s->stride * s->in,
                        .segment = (ptrdiff_t)(s->stride * p.row),
                        .len = s->out_cols,
                        .segments = s->out_rows};
    for (int i = 0; i < s->count; i++) {
        a.at = padded_image(s, x, i, room);
        for (int j = 0; j < s->out; j += TILE_COLS) {
            struct target to = {
                .at = dw + j, .row = s->out, .cols = panel_cols(s->out, j), .add = i > 0};
            const float *panel = dy + (size_t)i * pixels * s->out + j;
            int row = s->out;
            if (to.cols % W != 0) { /* whole vectors can be read where they lie */
                pack(pixels, to.cols, panel, s->out, packed);
                panel = packed;
                row = packed_row(to.cols);
            }
            panel_rows(window_len(s), a, panel, row, to);
        }
    }
}

/* Where a float of dy stands: its channel, and the window that it meets. */
struct place {
    uint32_t channel, window;
};

static void fill_places(const struct kern_conv *s, struct place *places)
{
    size_t row = padded_size(s).row;
    for (int r = 0; r < s->out_rows; r++)
        for (int c = 0; c < s->out_cols; c++) {
            size_t window = (size_t)r * s->stride * row + (size_t)c * s->stride * s->in;
            for (int o = 0; o < s->out; o++)
                *places++ = (struct place){(uint32_t)o, (uint32_t)window};
        }
}

/* Scratch of the sparse form, cut from the caller's. */
struct conv_lists {
    struct place *places;     /* [out_rows][out_cols][out] */
    struct meetings all;      /* of an image, in the order of dy; then by channel: */
    struct meetings channels; /* [out][pixels] */
    int *counts;              /* [out] */
};

static struct conv_lists cut_lists(const struct kern_conv *s, float *scratch)
{
    size_t len = (size_t)s->out_rows * s->out_cols * s->out;
    uint32_t *words = (uint32_t *)(void *)scratch;
    return (struct conv_lists){
        .places = (struct place *)(void *)words,
        .all = {words + 2 * len, scratch + 3 * len + W},
        .channels = {words + 4 * len + 2 * W, scratch + 5 * len + 2 * W},
        .counts = (int *)(void *)(words + 6 * len + 2 * W),
    };
}

static size_t lists_len(const struct kern_conv *s)
{
    return (size_t)s->out * (6 * (size_t)s->out_rows * s->out_cols + 1) + 2 * W;
}

/* Lists by channel where dy of one image is not zero, and the windows that it meets there. */
static void list_channels(const struct kern_conv *s, const float *dy, struct conv_lists *l)
{
    size_t pixels = (size_t)s->out_rows * s->out_cols;
    int count = list_row(dy, (int)pixels * s->out, 0, 1, l->all);
    memset(l->counts, 0, (size_t)s->out * sizeof *l->counts);
    for (int i = 0; i < count; i++) {
        struct place place = l->places[l->all.at[i]];
        size_t to = place.channel * pixels + (size_t)l->counts[place.channel]++;
        l->channels.at[to] = place.window;
        l->channels.value[to] = l->all.value[i];
    }
}

/* dw[window][out] from sums[out][vectors][W]. */
static void spread_sums(const struct kern_conv *s, const struct window_cut *cut, const float *sums,
                        float *dw)
{
    for (int o = 0; o < s->out; o++)
        for (int v = 0; v < cut->count; v++, sums += W) {
            size_t first = (size_t)(v / cut->per_run) * cut->run + vector_in_run(cut, v);
            for (int lane = 0; lane < lanes_in_run(cut, v); lane++)
                dw[(first + lane) * s->out + o] = sums[lane];
        }
}

/* A padded image and a vector, the sums, and the lists. */
static size_t weights_sparse_scratch(const struct kern_conv *s)
{
    return padded_size(s).len + W + (size_t)s->out * cut_window(s).count * W + lists_len(s);
}

static void conv_weights_sparse(const struct kern_conv *s, const float *x, const float *dy,
                                float *dw, float *scratch)
{
    struct window_cut cut = cut_window(s);
    size_t pixels = (size_t)s->out_rows * s->out_cols, sums_len = (size_t)s->out * cut.count * W;
    float *room = scratch, *sums = room + padded_size(s).len + W;
    struct conv_lists lists = cut_lists(s, sums + sums_len);
    fill_places(s, lists.places);
    memset(sums, 0, sums_len * sizeof *sums);
    memset(room + padded_size(s).len, 0, W * sizeof *room);
    for (int i = 0; i < s->count; i++) {
        pad_image(s, x, i, room);
        list_channels(s, dy + (size_t)i * pixels * s->out, &lists);
        for (int v = 0, vectors; v < cut.count; v += vectors) {
            vectors = even_group(cut.count, v);
            size_t at[GROUP], sum_at[GROUP];
            for (int k = 0; k < vectors; k++) {
                at[k] = vector_at(&cut, v + k);
                sum_at[k] = (size_t)k * W;
            }
            for (int o = 0; o < s->out; o++) {
                float *to = sums + ((size_t)o * cut.count + v) * W;
                struct meetings list = {lists.channels.at + o * pixels,
                                        lists.channels.value + o * pixels};
                WITH_CONSTANT(vectors, sum_meetings, room, at, list, lists.counts[o], to, sum_at,
                              to)
            }
        }
    }
    spread_sums(s, &cut, sums, dw);
}

static void conv_weights(const struct kern_conv *s, const float *x, const float *dy, float *dw,
                         float *scratch)
{
    if (mostly_zero((size_t)s->count * s->out_rows * s->out_cols * s->out, dy)) {
        conv_weights_sparse(s, x, dy, dw, scratch);
        return;
    }
#ifdef NARROW
    if (s->out <= W / 2) {
        NARROW.conv_weights(s, x, dy, dw, scratch);
        return;
    }
#endif
    conv_weights_dense(s, x, dy, dw, scratch);
}

/* ---- the input's gradient ------------------------------------------------------------------ */

/* Each output pixel adds dy[out] w^T[out][window] to its window of dx. w^T is cut into vectors like
 * the window, with zeros past the end of each run; channels are channel_len floats apart. */
static void pack_windows(const struct kern_conv *s, const struct window_cut *cut, const float *w,
                         size_t channel_len, float *packed)
{
    for (int o = 0; o < s->out; o++, packed += channel_len - (size_t)cut->count * W)
        for (int v = 0; v < cut->count; v++, packed += W) {
            size_t first = (size_t)(v / cut->per_run) * cut->run + vector_in_run(cut, v);
            for (int lane = 0; lane < W; lane++)
                packed[lane] = lane < lanes_in_run(cut, v) ? w[(first + lane) * s->out + o] : 0;
        }
}

/* One pixel: the channels whose dy is not zero, in registers, then into the window. */
INLINE void add_window(const int vectors, int out, const float *dy, const float *packed,
                       size_t packed_row_len, const size_t *at, float *window)
{
    vf sum[GROUP] = {{0}};
    for (int j = 0; j < out; j += W) {
        vf v = j + W <= out ? load(dy + j) : load_part(dy + j, out - j);
        for (unsigned lanes = LANES(v != 0.0f); lanes; lanes &= lanes - 1) {
            int o = j + __builtin_ctz(lanes);
            const float *w = settled(packed + (size_t)o * packed_row_len);
            vf d = spread(dy[o]);
            UNROLL for (int k = 0; k < vectors; k++)
                sum[k] += d * load(w + k * W);
        }
    }
    UNROLL for (int k = 0; k < vectors; k++)
        store(window + at[k], load(window + at[k]) + sum[k]);
}

/* Down the columns, so that a vector that was just stored is next loaded as a whole: the window to
 * the right would overlap it in part, and wait until it is in the cache. */
INLINE void add_windows(const int vectors, const struct kern_conv *s, const float *dy,
                        const float *packed, size_t packed_row_len, const size_t *at, float *room)
{
    size_t down = s->stride * padded_size(s).row, right = (size_t)s->stride * s->in;
    for (int c = 0; c < s->out_cols; c++)
        for (int r = 0; r < s->out_rows; r++)
            add_window(vectors, s->out, dy + ((size_t)r * s->out_cols + c) * s->out, packed,
                       packed_row_len, at, room + r * down + c * right);
}

static void conv_input_sparse(const struct kern_conv *s, const struct window_cut *cut,
                              const float *dy, const float *packed, float *room)
{
    for (int v = 0, vectors; v < cut->count; v += vectors) {
        vectors = even_group(cut->count, v);
        size_t at[GROUP], row = (size_t)cut->count * W;
        for (int k = 0; k < vectors; k++)
            at[k] = vector_at(cut, v + k);
        WITH_CONSTANT(vectors, add_windows, s, dy, packed + (size_t)v * W, row, at, room)
    }
}

/* All channels, as a product of all pixels, two vectors of the window at a time. */
static void conv_input_dense(const struct kern_conv *s, const struct window_cut *cut,
                             const float *dy, const float *packed, float *product_room,
                             float *room)
{
    size_t row = padded_size(s).row, step = (size_t)s->stride * s->in;
    struct operand a = {.at = dy, .row = s->out, .step = 1, .len = s->out, .segments = 1};
    for (int v = 0; v < cut->count; v += TILE_VECTORS) {
        int vectors = cut->count - v < TILE_VECTORS ? cut->count - v : TILE_VECTORS;
        struct target c = {.at = product_room, .row = vectors * W, .cols = vectors * W};
        panel_rows(s->out_rows * s->out_cols, a, packed + (size_t)v * W,
                   (ptrdiff_t)cut->count * W, c);
        for (int k = 0; k < vectors; k++) {
            const float *from = product_room + k * W;
            for (int r = 0; r < s->out_rows; r++) {
                float *to = room + (size_t)r * s->stride * row + vector_at(cut, v + k);
                for (int i = 0; i < s->out_cols; i++, to += step, from += c.row)
                    store(to, load(to) + load(from));
            }
        }
    }
}

/* Image i of dx from its padded room. */
static void take_out_of_room(const struct kern_conv *s, const float *room, float *dx, int i)
{
    struct padded p = padded_size(s);
    size_t inner = (size_t)s->cols * s->in;
    for (int r = 0; r < s->rows; r++)
        memcpy(dx + ((size_t)i * s->rows + r) * inner,
               room + (r + s->pad) * p.row + (size_t)s->pad * s->in, inner * sizeof *dx);
}

/* A padded image and a vector, w^T in vectors, and two vectors of a product for each pixel. */
static size_t input_scratch(const struct kern_conv *s)
{
    size_t direct = padded_size(s).len + W + (size_t)s->out * cut_window(s).count * W +
                    (size_t)s->out_rows * s->out_cols * TILE_COLS;
    return suits_winograd(s) ? longer(direct, winograd_conv_input_scratch(s)) : direct;
}

static void conv_input(const struct kern_conv *s, const float *dy, const float *w, float *dx,
                       float *scratch)
{
    size_t pixels = (size_t)s->out_rows * s->out_cols * s->out;
    struct padded p = padded_size(s);
    struct window_cut cut = cut_window(s);
    float *room = scratch, *packed = room + p.len + W;
    float *product_room = packed + (size_t)s->out * cut.count * W;
    bool sparse = mostly_zero(s->count * pixels, dy);
    if (!sparse && suits_winograd(s)) {
        winograd_conv_input(s, dy, w, dx, scratch);
        return;
    }
    pack_windows(s, &cut, w, (size_t)cut.count * W, packed);
    for (int i = 0; i < s->count; i++) {
        memset(room, 0, (p.len + W) * sizeof *room);
        if (sparse)
            conv_input_sparse(s, &cut, dy + i * pixels, packed, room);
        else
            conv_input_dense(s, &cut, dy + i * pixels, packed, product_room, room);
        take_out_of_room(s, room, dx, i);
    }
}

/* ---- all three ----------------------------------------------------------------------------- */

static size_t conv_scratch(const struct kern_conv *s)
{
    size_t len = longer(forward_scratch(s), input_scratch(s));
    len = longer(len, longer(weights_dense_scratch(s), weights_sparse_scratch(s)));
#ifdef NARROW
    len = longer(len, NARROW.conv_scratch(s));
#endif
    return len;
}
