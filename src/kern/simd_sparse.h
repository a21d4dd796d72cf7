/* simd_sparse.h -- products with a left side of which most is zero: images of digits are 81 %
 * paper. Part of simd.h. Only what is not zero is visited; the other side's rows, which are dense,
 * are summed up in registers, a group of vectors at a time. */

enum {
    GROUP = 12,         /* vectors that are summed up in registers at a time */
    LIST_COLUMNS = 128, /* columns of a that are listed at a time */
    LIST_ROWS = 64,     /* and rows */
};

/* Fewer than four in ten are not zero. */
static bool mostly_zero(size_t len, const float *x)
{
    size_t count = 0;
    for (size_t i = 0; i < len; i++)
        count += x[i] != 0;
    return count * 10 < len * 4;
}

/* How many of `left` vectors are summed up next. The last one may overlap the one before it, and
 * both must begin from the same sums; so it never is a group by itself. */
INLINE int group_size(int left)
{
    return left <= GROUP ? left : left == GROUP + 1 ? GROUP - 1 : GROUP;
}

/* What is not zero: its value, and where what it is multiplied with begins, in floats from a base.
 */
struct meetings {
    uint32_t *at;
    float *value;
};

/* Calls FN(vectors, ...) with a constant number of vectors, so that their sums stay in registers.
 */
#define WITH_CONSTANT(vectors, FN, ...)                                                            \
    switch (vectors) {                                                                             \
    case 1: FN(1, __VA_ARGS__); break;                                                             \
    case 2: FN(2, __VA_ARGS__); break;                                                             \
    case 3: FN(3, __VA_ARGS__); break;                                                             \
    case 4: FN(4, __VA_ARGS__); break;                                                             \
    case 5: FN(5, __VA_ARGS__); break;                                                             \
    case 6: FN(6, __VA_ARGS__); break;                                                             \
    case 7: FN(7, __VA_ARGS__); break;                                                             \
    case 8: FN(8, __VA_ARGS__); break;                                                             \
    case 9: FN(9, __VA_ARGS__); break;                                                             \
    case 10: FN(10, __VA_ARGS__); break;                                                           \
    case 11: FN(11, __VA_ARGS__); break;                                                           \
    default: FN(GROUP, __VA_ARGS__); break;                                                        \
    }

/* to[v] = from[v] + sum over the meetings of value * base[meeting + at[v]]; from NULL is 0. */
INLINE void sum_meetings(const int vectors, const float *base, const size_t *at,
                         struct meetings list, int count, const float *from, const size_t *to_at,
                         float *to)
{
    vf sum[GROUP];
    UNROLL for (int v = 0; v < vectors; v++)
        sum[v] = from ? load(from + to_at[v]) : (vf){0};
    for (int i = 0; i < count; i++) {
        const float *row = base + list.at[i];
        vf value = spread(list.value[i]);
        UNROLL for (int v = 0; v < vectors; v++)
            sum[v] += value * load(row + at[v]);
    }
    UNROLL for (int v = 0; v < vectors; v++)
        store(to + to_at[v], sum[v]);
}

/* A row of n floats as vectors; the last may lie over the one before it, so that none reads past
 * the row. */
INLINE int row_vectors(int n)
{
    return (n + W - 1) / W;
}

INLINE size_t row_vector_at(int n, int v)
{
    return (size_t)(v * W + W <= n ? v * W : n - W);
}

/* Lists what is not zero in x[0 .. len): number i meets what begins at (first + i) *
 * row. Returns how many there are; the list needs room for W more. A loop over the lanes that are
 * not zero would take a turn that no processor foresees at nearly every vector; so the lanes are
 * packed by one permutation (compress). */
static int list_row(const float *x, int len, int first, int row, struct meetings list)
{
    vi lane;
    for (int i = 0; i < W; i++)
        lane[i] = i;
    int count = 0;
    for (int k = 0; k < len; k += W) {
        vf v = k + W <= len ? load(x + k) : load_part(x + k, len - k);
        vi at = (lane + (first + k)) * row;
        count += compress_pairs(v != 0.0f, at, v, list.at + count, list.value + count);
    }
    return count;
}

/* c[m][n] = a b + bias, a few rows of a at a time. */
static void sparse_nn(int m, int n, int k, const float *a, const float *b, const float *bias,
                      float *c)
{
    struct kern_bundle list;
    for (int i = 0; i < m; i += KERN_BUNDLE, c += (size_t)KERN_BUNDLE * n)
        for (int strip = 0; strip < k; strip += KERN_STRIP) {
            int samples = m - i < KERN_BUNDLE ? m - i : KERN_BUNDLE;
            int len = k - strip < KERN_STRIP ? k - strip : KERN_STRIP;
            bundle(samples, len, a + (size_t)i * k + strip, (size_t)k, n, &list);
            bundle_nn(&list, n, b + (size_t)strip * n, strip ? c : bias, strip ? (size_t)n : 0, c,
                      (size_t)n);
        }
}

/* c[m][n] = a^T b, a few samples at a time: for small mini-batches, which leave most of c zero. */
static void sparse_tn_by_row(int m, int n, int k, const float *a, const float *b, float *c)
{
    struct kern_bundle list;
    memset(c, 0, (size_t)m * n * sizeof *c);
    for (int i = 0; i < k; i += KERN_BUNDLE)
        for (int strip = 0; strip < m; strip += KERN_STRIP) {
            int samples = k - i < KERN_BUNDLE ? k - i : KERN_BUNDLE;
            int len = m - strip < KERN_STRIP ? m - strip : KERN_STRIP;
            bundle(samples, len, a + (size_t)i * m + strip, (size_t)m, n, &list);
            bundle_tn(&list, n, b + (size_t)i * n, (size_t)n, c + (size_t)strip * n);
        }
}

/* The samples at which each column of a is not zero. */
struct column_lists {
    uint32_t at[LIST_COLUMNS][LIST_ROWS];
    float value[LIST_COLUMNS][LIST_ROWS];
    int counts[LIST_COLUMNS];
};

static void list_columns(int rows, int columns, int a_row, const float *a, int b_row,
                         struct column_lists *lists)
{
    uint32_t column[LIST_COLUMNS + W];
    float value[LIST_COLUMNS + W];
    memset(lists->counts, 0, sizeof lists->counts);
    for (int i = 0; i < rows; i++, a += a_row) {
        int count = list_row(a, columns, 0, 1, (struct meetings){column, value});
        for (int e = 0; e < count; e++) {
            int j = (int)column[e], n = lists->counts[j]++;
            lists->at[j][n] = (uint32_t)(i * b_row);
            lists->value[j][n] = value[e];
        }
    }
}

/* c[m][n] = a^T b, column by column of a: each row of c is written once for LIST_ROWS samples. */
static void sparse_tn_by_column(int m, int n, int k, const float *a, const float *b, float *c)
{
    struct column_lists lists;
    for (int first = 0; first < k; first += LIST_ROWS)
        for (int j = 0; j < m; j += LIST_COLUMNS) {
            int columns = m - j < LIST_COLUMNS ? m - j : LIST_COLUMNS;
            list_columns(k - first < LIST_ROWS ? k - first : LIST_ROWS, columns, m,
                         a + (size_t)first * m + j, n, &lists);
            for (int v = 0, vectors; v < row_vectors(n); v += vectors) {
                vectors = group_size(row_vectors(n) - v);
                size_t at[GROUP];
                for (int g = 0; g < vectors; g++)
                    at[g] = row_vector_at(n, v + g);
                for (int i = 0; i < columns; i++) {
                    struct meetings list = {lists.at[i], lists.value[i]};
                    float *to = c + (size_t)(j + i) * n;
                    WITH_CONSTANT(vectors, sum_meetings, b + (size_t)first * n, at, list,
                                  lists.counts[i], first ? to : NULL, at, to)
                }
            }
        }
}

static void sparse_tn(int m, int n, int k, const float *a, const float *b, float *c)
{
    enum { FEW = 64 }; /* samples; with more, c is too often fetched and stored */
    if (k <= FEW)
        sparse_tn_by_row(m, n, k, a, b, c);
    else
        sparse_tn_by_column(m, n, k, a, b, c);
}

/* Whether a product is worth listing what is not zero in a. */
static bool pays_to_list(int n, size_t a_len, const float *a)
{
    return n >= W && mostly_zero(a_len, a);
}
