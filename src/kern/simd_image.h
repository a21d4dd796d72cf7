/* simd_image.h -- what all convolutions share: the padded image, and the end of pooling by two.
 * Part of simd.h. */

/* ---- padding ------------------------------------------------------------------------------- */

/* The padded image that a convolution reads. */
struct padded {
    int rows, cols;
    size_t row, len; /* floats */
};

static struct padded padded_size(const struct kern_conv *s)
{
    struct padded p = {.rows = s->rows + 2 * s->pad, .cols = s->cols + 2 * s->pad};
    p.row = (size_t)p.cols * s->in;
    p.len = p.rows * p.row;
    return p;
}

static const float *image_at(const struct kern_conv *s, const float *x, int i)
{
    return x + (size_t)i * s->rows * s->cols * s->in;
}

/* Copies image i of x into `room`, shaped as `p`: s->pad rows and columns of zeros before it, and
 * what is left of p after it. */
static void pad_into(const struct kern_conv *s, const float *x, int i, struct padded p, float *room)
{
    size_t inner = (size_t)s->cols * s->in, side = (size_t)s->pad * s->in;
    const float *from = image_at(s, x, i);
    float *to = room + s->pad * p.row;
    memset(room, 0, s->pad * p.row * sizeof *room);
    for (int r = 0; r < s->rows; r++, from += inner, to += p.row) {
        memset(to, 0, side * sizeof *to);
        memcpy(to + side, from, inner * sizeof *to);
        memset(to + side + inner, 0, (p.row - side - inner) * sizeof *to);
    }
    memset(to, 0, (p.rows - s->pad - s->rows) * p.row * sizeof *to);
}

static void pad_image(const struct kern_conv *s, const float *x, int i, float *room)
{
    pad_into(s, x, i, padded_size(s), room);
}

static const float *padded_image(const struct kern_conv *s, const float *x, int i, float *room)
{
    if (s->pad == 0)
        return image_at(s, x, i);
    pad_image(s, x, i, room);
    return room;
}

/* The larger of two lengths of scratch. */
static size_t longer(size_t a, size_t b)
{
    return a > b ? a : b;
}

/* ---- relu and pooling by two ---------------------------------------------------------------- */

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

static int32_t *past(int32_t *won, size_t len)
{
    return won ? won + len : NULL;
}
