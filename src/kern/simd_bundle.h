/* simd_bundle.h -- products of a few samples at a time that are mostly zero, such as images of
 * digits, with rows of weights. Part of simd.h.
 *
 * A row of weights is fetched once for all samples of a bundle, and what is summed up stays in
 * registers: for 784-100-10, whose weights do not fit in L1, that is what counts. */

/* Vectors that are summed up at a time for each sample: as many sums as in a tile. One more where
 * the last of a row, which may lie over the one before it, would be left by itself (see slice). */
enum {
    BUNDLE_VECTORS = 2 * WIDE / KERN_BUNDLE,
    BUNDLE_VECTORS_MAX = BUNDLE_VECTORS > 2 ? BUNDLE_VECTORS : 3,
};

/* n bytes and zeros. */
INLINE vi load_bytes_part(const uint8_t *p, int n)
{
    uint8_t bytes[W] = {0};
    memcpy(bytes, p, (size_t)n);
    return load_bytes(bytes);
}

/* Adds to the bundle what of W columns any sample has; `at` is where their weights begin. Returns
 * how many the bundle has then. */
INLINE int take_columns(const int samples, vi any, vi at, const vf *x, struct kern_bundle *bundle,
                        int count)
{
    struct chosen lanes = choose(any);
    compress(lanes, (vf)at, bundle->at + count);
    UNROLL for (int s = 0; s < samples; s++)
        compress(lanes, x[s], bundle->value[s] + count);
    return count + lanes.count;
}

INLINE vi first_columns(int row)
{
    vi at;
    for (int i = 0; i < W; i++)
        at[i] = i * row;
    return at;
}

/* The count is kept in a register until the end: in memory it would be waited for at each turn. */
INLINE void fill_bundle(const int samples, int len, const float *x, size_t x_row, int row,
                        struct kern_bundle *bundle)
{
    vi at = first_columns(row);
    int count = 0;
    for (int k = 0; k < len; k += W, at += W * row) {
        vf v[KERN_BUNDLE];
        vi any = {0};
        UNROLL for (int s = 0; s < samples; s++) {
            const float *from = x + s * x_row + k;
            v[s] = k + W <= len ? load(from) : load_part(from, len - k);
            any |= v[s] != 0.0f;
        }
        count = take_columns(samples, any, at, v, bundle, count);
    }
    bundle->count = count;
}

INLINE void fill_bundle_bytes(const int samples, int len, const uint8_t *const x[KERN_BUNDLE],
                              float scale, int row, struct kern_bundle *bundle)
{
    const uint8_t *from[KERN_BUNDLE];
    UNROLL for (int s = 0; s < samples; s++)
        from[s] = x[s];
    vi at = first_columns(row);
    int count = 0;
    for (int k = 0; k < len; k += W, at += W * row) {
        vf v[KERN_BUNDLE];
        vi any = {0};
        UNROLL for (int s = 0; s < samples; s++) {
            vi bytes = k + W <= len ? load_bytes(from[s] + k)
                                    : load_bytes_part(from[s] + k, len - k);
            any |= bytes;
            v[s] = __builtin_convertvector(bytes, vf) * scale;
        }
        count = take_columns(samples, any != 0, at, v, bundle, count);
    }
    bundle->count = count;
}

/* Calls FN(samples, ...) with a constant number of samples. */
#define WITH_SAMPLES(samples, FN, ...)                                                             \
    switch (samples) {                                                                             \
    case 1: FN(1, __VA_ARGS__); break;                                                             \
    case 2: FN(2, __VA_ARGS__); break;                                                             \
    case 3: FN(3, __VA_ARGS__); break;                                                             \
    case 4: FN(4, __VA_ARGS__); break;                                                             \
    default: FN(KERN_BUNDLE, __VA_ARGS__); break;                                                  \
    }

static void bundle(int samples, int len, const float *x, size_t x_row, int row,
                   struct kern_bundle *bundle)
{
    bundle->samples = samples;
    WITH_SAMPLES(samples, fill_bundle, len, x, x_row, row, bundle)
}

static void bundle_bytes(int samples, int len, const uint8_t *const x[KERN_BUNDLE], float scale,
                         int row, struct kern_bundle *bundle)
{
    bundle->samples = samples;
    WITH_SAMPLES(samples, fill_bundle_bytes, len, x, scale, row, bundle)
}

/* A few vectors of a row, the last of them where it ends: it may lie over the one before it, so
 * that nothing past the row is touched. Both of them must begin from the same numbers, and so are
 * of one slice. */
struct slice {
    size_t at, last; /* of the first vector, and of the last from there */
};

INLINE size_t slice_at(const int vectors, struct slice slice, int v)
{
    return v + 1 < vectors ? (size_t)(v * W) : slice.last;
}

INLINE void sum_slice(const int samples, const int vectors, const struct kern_bundle *bundle,
                      struct slice slice, const float *w, const float *from, size_t from_row,
                      float *c, size_t c_row)
{
    vf sum[KERN_BUNDLE][BUNDLE_VECTORS_MAX];
    UNROLL for (int s = 0; s < samples; s++)
        UNROLL for (int v = 0; v < vectors; v++)
            sum[s][v] = from ? load(from + s * from_row + slice_at(vectors, slice, v)) : (vf){0};
    int count = bundle->count;
    for (int i = 0; i < count; i++) {
        const float *row = w + bundle->at[i];
        UNROLL for (int v = 0; v < vectors; v++) {
            vf weights = load(row + slice_at(vectors, slice, v));
            UNROLL for (int s = 0; s < samples; s++)
                sum[s][v] += bundle->value[s][i] * weights;
        }
    }
    UNROLL for (int s = 0; s < samples; s++)
        UNROLL for (int v = 0; v < vectors; v++)
            store(c + s * c_row + slice_at(vectors, slice, v), sum[s][v]);
}

/* All weights of a row are loaded before any is stored: two vectors may overlap. */
INLINE void add_slice(const int samples, const int vectors, const struct kern_bundle *bundle,
                      struct slice slice, const float *b, size_t b_row, float *w)
{
    vf slope[KERN_BUNDLE][BUNDLE_VECTORS_MAX];
    UNROLL for (int s = 0; s < samples; s++)
        UNROLL for (int v = 0; v < vectors; v++)
            slope[s][v] = load(b + s * b_row + slice_at(vectors, slice, v));
    int count = bundle->count;
    for (int i = 0; i < count; i++) {
        float *row = w + bundle->at[i];
        vf weights[BUNDLE_VECTORS_MAX];
        UNROLL for (int v = 0; v < vectors; v++) {
            weights[v] = load(row + slice_at(vectors, slice, v));
            UNROLL for (int s = 0; s < samples; s++)
                weights[v] += bundle->value[s][i] * slope[s][v];
        }
        UNROLL for (int v = 0; v < vectors; v++)
            store(row + slice_at(vectors, slice, v), weights[v]);
    }
}

/* FN(samples, vectors, ...) with both constant. */
#define WITH_BOTH(samples, vectors, FN, ...)                                                       \
    switch (vectors) {                                                                             \
    case 1: WITH_SAMPLES(samples, FN, 1, __VA_ARGS__) break;                                       \
    case 2: WITH_SAMPLES(samples, FN, 2, __VA_ARGS__) break;                                       \
    case 3: WITH_SAMPLES(samples, FN, 3, __VA_ARGS__) break;                                       \
    default: WITH_SAMPLES(samples, FN, BUNDLE_VECTORS_MAX, __VA_ARGS__) break;                     \
    }
_Static_assert(BUNDLE_VECTORS_MAX <= 4, "WITH_BOTH needs a case for each number of vectors");

/* Cuts a row of n floats into slices of nearly the same width. */
INLINE int slice_vectors(int left)
{
    int slices = (left + BUNDLE_VECTORS - 1) / BUNDLE_VECTORS;
    int vectors = (left + slices - 1) / slices;
    return left - vectors == 1 ? left : vectors;
}

INLINE struct slice cut_slice(int n, int first, int vectors)
{
    int end = (first + vectors) * W < n ? (first + vectors) * W : n;
    return (struct slice){(size_t)(first * W), (size_t)(end - W - first * W)};
}

static void bundle_nn(const struct kern_bundle *bundle, int n, const float *w, const float *from,
                      size_t from_row, float *c, size_t c_row)
{
    int all = (n + W - 1) / W;
    for (int v = 0, vectors; v < all; v += vectors) {
        vectors = slice_vectors(all - v);
        struct slice slice = cut_slice(n, v, vectors);
        const float *begin = from ? from + slice.at : NULL;
        WITH_BOTH(bundle->samples, vectors, sum_slice, bundle, slice, w + slice.at, begin, from_row,
                  c + slice.at, c_row)
    }
}

static void bundle_tn(const struct kern_bundle *bundle, int n, const float *b, size_t b_row,
                      float *w)
{
    int all = (n + W - 1) / W;
    for (int v = 0, vectors; v < all; v += vectors) {
        vectors = slice_vectors(all - v);
        struct slice slice = cut_slice(n, v, vectors);
        WITH_BOTH(bundle->samples, vectors, add_slice, bundle, slice, b + slice.at, b_row,
                  w + slice.at)
    }
}
