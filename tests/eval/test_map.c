/* SPDX-License-Identifier: MIT */
/* Laying rows out in two dimensions: principal components against the covariance written down and
 * turned by Jacobi's method, and the neighbour embedding against what it is for. */
#include <check.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/err.h"
#include "base/rng.h"
#include "eval/embedding.h"
#include "eval/projection.h"
#include "kern/kern.h"
#include "par/pool.h"
#include "suite.h"

enum { ROWS = 300, LEN = 12, GROUPS = 5, NEAR = 5 };

static struct err err;

/* Groups of rows, each around a centre of its own; the coordinates have their own scales. */
static void make_rows(float rows[ROWS][LEN])
{
    struct rng rng = rng_new(7, 0);
    float centres[GROUPS][LEN];
    for (int g = 0; g < GROUPS; g++)
        for (int j = 0; j < LEN; j++)
            centres[g][j] = 4 * rng_normal(&rng);
    for (int i = 0; i < ROWS; i++)
        for (int j = 0; j < LEN; j++)
            rows[i][j] = 3 + centres[i % GROUPS][j] + (0.2f + 0.1f * (float)j) * rng_normal(&rng);
}

/* ---- principal components -------------------------------------------------------------------- */

static void write_covariance(float rows[ROWS][LEN], double c[LEN][LEN])
{
    double mean[LEN] = {0};
    memset(c, 0, sizeof(double) * LEN * LEN);
    for (int i = 0; i < ROWS; i++)
        for (int j = 0; j < LEN; j++)
            mean[j] += (double)rows[i][j] / ROWS;
    for (int i = 0; i < ROWS; i++)
        for (int j = 0; j < LEN; j++)
            for (int k = 0; k < LEN; k++)
                c[j][k] +=
                    ((double)rows[i][j] - mean[j]) * ((double)rows[i][k] - mean[k]) / (ROWS - 1);
}

/* Turns the plane of p and q so that c[p][q] becomes 0. v: the directions, in columns. */
static void turn_plane(double c[LEN][LEN], double v[LEN][LEN], int p, int q)
{
    double angle = 0.5 * atan2(2 * c[p][q], c[q][q] - c[p][p]), s = sin(angle), o = cos(angle);
    for (int i = 0; i < LEN; i++) {
        double a = c[i][p], b = c[i][q];
        c[i][p] = o * a - s * b;
        c[i][q] = s * a + o * b;
    }
    for (int i = 0; i < LEN; i++) {
        double a = c[p][i], b = c[q][i];
        c[p][i] = o * a - s * b;
        c[q][i] = s * a + o * b;
        a = v[i][p], b = v[i][q];
        v[i][p] = o * a - s * b;
        v[i][q] = s * a + o * b;
    }
}

START_TEST(the_axes_are_the_first_two_directions_of_the_covariance)
{
    static float rows[ROWS][LEN];
    double c[LEN][LEN], v[LEN][LEN] = {{0}}, whole = 0;
    struct projection flat;
    make_rows(rows);
    write_covariance(rows, c);
    for (int i = 0; i < LEN; i++)
        v[i][i] = 1;
    for (int sweep = 0; sweep < 30; sweep++)
        for (int p = 0; p < LEN; p++)
            for (int q = p + 1; q < LEN; q++)
                turn_plane(c, v, p, q);
    ck_assert(projection_find(rows[0], ROWS, LEN, kern_best(), &flat, &err));
    double before = INFINITY;
    for (int axis = 0; axis < PROJECTION_AXES; axis++) {
        int largest = -1;
        double along = 0;
        for (int i = 0; i < LEN; i++)
            if (c[i][i] < before && (largest < 0 || c[i][i] > c[largest][largest]))
                largest = i;
        before = c[largest][largest];
        for (int j = 0; j < LEN; j++)
            along += v[j][largest] * (double)flat.axes[axis * LEN + j];
        ck_assert_double_eq_tol(fabs(along), 1, 1e-5);
        ck_assert_double_eq_tol(flat.variance[axis] / before, 1, 1e-4);
    }
    for (int i = 0; i < LEN; i++)
        whole += c[i][i];
    ck_assert_double_eq_tol(flat.whole / whole, 1, 1e-4);
    projection_clear(&flat);
}
END_TEST

START_TEST(places_have_the_mean_in_the_middle_and_their_axes_at_right_angles)
{
    static float rows[ROWS][LEN];
    double sum[2] = {0}, squares[2] = {0}, both = 0;
    struct projection flat;
    make_rows(rows);
    ck_assert(projection_find(rows[0], ROWS, LEN, kern_best(), &flat, &err));
    for (int i = 0; i < ROWS; i++) {
        float xy[2];
        projection_place(&flat, rows[i], xy);
        for (int axis = 0; axis < 2; axis++) {
            sum[axis] += (double)xy[axis];
            squares[axis] += (double)(xy[axis] * xy[axis]);
        }
        both += (double)(xy[0] * xy[1]);
    }
    for (int axis = 0; axis < 2; axis++) {
        ck_assert_double_eq_tol(sum[axis] / ROWS, 0, 1e-4);
        ck_assert_double_eq_tol(squares[axis] / (ROWS - 1) / flat.variance[axis], 1, 1e-4);
    }
    ck_assert_double_eq_tol(both / sqrt(squares[0] * squares[1]), 0, 1e-3);
    ck_assert_double_gt(flat.variance[0], flat.variance[1]);
    projection_clear(&flat);
}
END_TEST

START_TEST(rows_without_any_difference_have_a_place_too)
{
    float rows[4][3] = {{1, 2, 3}, {1, 2, 3}, {1, 2, 3}, {1, 2, 3}}, xy[2];
    for (uint32_t count = 0; count <= 4; count += 2) {
        struct projection flat;
        ck_assert(projection_find(rows[0], count, 3, kern_best(), &flat, &err));
        projection_place(&flat, rows[0], xy);
        ck_assert(isfinite(xy[0]) && isfinite(xy[1]));
        ck_assert_double_eq(flat.variance[0], 0);
        projection_clear(&flat);
    }
}
END_TEST

/* ---- neighbours ------------------------------------------------------------------------------ */

/* How many of the nearest in the plane are of the same group. */
static double part_of_own(const float *xy)
{
    int own = 0;
    for (int i = 0; i < ROWS; i++) {
        bool taken[ROWS] = {false};
        taken[i] = true;
        for (int n = 0; n < NEAR; n++) {
            int best = -1;
            float least = INFINITY;
            for (int j = 0; j < ROWS; j++) {
                float dx = xy[2 * i] - xy[2 * j], dy = xy[2 * i + 1] - xy[2 * j + 1];
                if (!taken[j] && dx * dx + dy * dy < least) {
                    least = dx * dx + dy * dy;
                    best = j;
                }
            }
            taken[best] = true;
            own += best % GROUPS == i % GROUPS;
        }
    }
    return (double)own / (ROWS * NEAR);
}

static void begin_anywhere(float *xy)
{
    struct rng rng = rng_new(9, 0);
    for (int i = 0; i < 2 * ROWS; i++)
        xy[i] = rng_normal(&rng);
}

static void embed(const struct kern *kern, int threads, float *xy)
{
    static float rows[ROWS][LEN];
    struct pool *pool = pool_new(threads, false, &err);
    make_rows(rows);
    begin_anywhere(xy);
    ck_assert(embedding_find(
        &(struct embedding_setup){rows[0], ROWS, LEN, 20, kern, pool, NULL, NULL}, xy, &err));
    pool_free(pool);
}

START_TEST(neighbours_stay_neighbours)
{
    float xy[2 * ROWS], mean[2] = {0};
    begin_anywhere(xy);
    ck_assert_double_lt(part_of_own(xy), 0.3);
    embed(kern_best(), 1, xy);
    ck_assert_double_gt(part_of_own(xy), 0.98);
    for (int i = 0; i < ROWS; i++) {
        ck_assert(isfinite(xy[2 * i]) && isfinite(xy[2 * i + 1]));
        mean[0] += xy[2 * i] / ROWS;
        mean[1] += xy[2 * i + 1] / ROWS;
    }
    ck_assert_float_eq_tol(mean[0], 0, 1e-3);
    ck_assert_float_eq_tol(mean[1], 0, 1e-3);
}
END_TEST

START_TEST(the_embedding_is_the_same_for_any_number_of_threads)
{
    float one[2 * ROWS], three[2 * ROWS];
    embed(kern_best(), 1, one);
    embed(kern_best(), 3, three);
    ck_assert_mem_eq(one, three, sizeof one);
}
END_TEST

static bool stop_third(void *user, double part, const float *xy)
{
    int *calls = user;
    ck_assert(part >= 0 && part < 1);
    ck_assert(isfinite(xy[0]));
    return ++*calls < 3;
}

START_TEST(an_embedding_gives_up_when_told_to)
{
    static float rows[ROWS][LEN];
    float xy[2 * ROWS];
    int calls = 0;
    struct pool *pool = pool_new(1, false, &err);
    make_rows(rows);
    begin_anywhere(xy);
    ck_assert(!embedding_find(
        &(struct embedding_setup){rows[0], ROWS, LEN, 20, kern_best(), pool, stop_third, &calls},
        xy, &err));
    ck_assert_str_eq(err.text, "");
    ck_assert_int_eq(calls, 3);
    pool_free(pool);
}
END_TEST

START_TEST(a_few_rows_are_embedded_too)
{
    float rows[3][2] = {{1, 2}, {1, 2}, {5, 1}};
    struct pool *pool = pool_new(1, false, &err);
    for (uint32_t count = 0; count <= 3; count++) {
        float xy[6] = {1, 2, 3, 4, 5, 6};
        ck_assert(embedding_find(
            &(struct embedding_setup){rows[0], count, 2, 30, kern_best(), pool, NULL, NULL}, xy,
            &err));
        for (uint32_t i = 0; i < 2 * count; i++)
            ck_assert(isfinite(xy[i]));
    }
    pool_free(pool);
}
END_TEST

Suite *make_suite(void)
{
    Suite *suite = suite_create("map");
    TCase *tests = tcase_create("map");
    tcase_set_timeout(tests, 60);
    tcase_add_test(tests, the_axes_are_the_first_two_directions_of_the_covariance);
    tcase_add_test(tests, places_have_the_mean_in_the_middle_and_their_axes_at_right_angles);
    tcase_add_test(tests, rows_without_any_difference_have_a_place_too);
    tcase_add_test(tests, neighbours_stay_neighbours);
    tcase_add_test(tests, the_embedding_is_the_same_for_any_number_of_threads);
    tcase_add_test(tests, an_embedding_gives_up_when_told_to);
    tcase_add_test(tests, a_few_rows_are_embedded_too);
    suite_add_tcase(suite, tests);
    return suite;
}
