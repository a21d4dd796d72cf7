/* SPDX-License-Identifier: MIT */
/* When an answer is sure: the arithmetic against numbers worked out by hand, and what the shipped
 * model makes of digits and of scrawls that its makers never saw. */
#include <check.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/err.h"
#include "base/rng.h"
#include "data/dataset.h"
#include "data/find.h"
#include "data/outliers.h"
#include "eval/calibrate.h"
#include "eval/evaluate.h"
#include "eval/verdict.h"
#include "ink/fit.h"
#include "ink/stroke.h"
#include "kern/kern.h"
#include "model/builtin.h"
#include "model/model.h"
#include "nn/nn.h"
#include "suite.h"
#include "train/rule.h"

static struct nn *softmax_net(void)
{
    struct nn *net = nn_new("dense 10 softmax", NULL);
    ck_assert_ptr_nonnull(net);
    return net;
}

/* Probability p for digit a, q for digit b, and the rest shared by the others. */
static void spread_out(float *out, int a, float p, int b, float q)
{
    for (int i = 0; i < 10; i++)
        out[i] = (1 - p - q) / 8;
    out[a] = p;
    out[b] = q;
}

static struct verdict_probabilities make_answer(int a, float p, int b, float q)
{
    struct nn *net = softmax_net();
    float out[10];
    spread_out(out, a, p, b, q);
    struct verdict_probabilities answer = verdict_read(net, out, 1);
    nn_free(net);
    return answer;
}

/* ---- verdicts ------------------------------------------------------------------------------ */

START_TEST(spread_is_the_number_of_digits_that_share_an_answer)
{
    struct verdict_probabilities one = make_answer(3, 1, 5, 0), two = make_answer(3, 0.5f, 5, 0.5f),
                                 even = make_answer(3, 0.1f, 5, 0.1f);
    ck_assert_double_eq_tol(verdict_spread(&one), 1, 1e-6);
    ck_assert_double_eq_tol(verdict_spread(&two), 2, 1e-6);
    ck_assert_double_eq_tol(verdict_spread(&even), 10, 1e-5);
    ck_assert_double_eq_tol(verdict_rest(&two), 0, 1e-6);
    ck_assert_double_eq_tol(verdict_rest(&even), 0.8, 1e-6);
}
END_TEST

START_TEST(the_second_is_the_likeliest_of_the_others)
{
    struct verdict_probabilities answer = make_answer(9, 0.6f, 4, 0.3f);
    ck_assert_int_eq(answer.best, 9);
    ck_assert_int_eq(answer.second, 4);
    answer = make_answer(0, 0.6f, 1, 0.3f);
    ck_assert_int_eq(answer.best, 0);
    ck_assert_int_eq(answer.second, 1);
}
END_TEST

START_TEST(outputs_that_are_no_numbers_say_nothing)
{
    struct nn *linear = nn_new("784-10", NULL);
    const float gone[2][10] = {{NAN, 1, 2}, {INFINITY, INFINITY}};
    for (int i = 0; i < 2; i++) {
        struct verdict_probabilities answer = verdict_read(linear, gone[i], 1);
        for (int digit = 0; digit < 10; digit++)
            ck_assert_float_eq_tol(answer.of[digit], 0.1f, 1e-6f);
        ck_assert_int_eq(verdict_judge(&verdict_usual, &answer), VERDICT_NO_DIGIT);
    }
    const uint8_t labels[2] = {0, 1};
    struct calibrate_answers answers = {gone[0], labels, 2};
    struct calibrate_report report = calibrate_measure(linear, &verdict_usual, &answers);
    ck_assert_uint_eq(report.count[VERDICT_NO_DIGIT], 2);
    nn_free(linear);
}
END_TEST

START_TEST(an_answer_is_sure_or_torn_between_two_or_spread_over_all)
{
    struct verdict_rule rule = {.temperature = 1, .sure = 0.8, .spread = 2.5, .rest = 0.3};
    struct verdict_probabilities sure = make_answer(1, 0.95f, 7, 0.03f),
                                 torn = make_answer(4, 0.55f, 9, 0.42f),
                                 even = make_answer(4, 0.3f, 9, 0.2f),
                                 wide = make_answer(4, 0.81f, 9, 0.01f);
    ck_assert_int_eq(verdict_judge(&rule, &sure), VERDICT_SURE);
    ck_assert_int_eq(verdict_judge(&rule, &torn), VERDICT_DOUBTFUL);
    ck_assert_int_eq(verdict_judge(&rule, &even), VERDICT_NO_DIGIT);
    rule.spread = 2.4; /* e to 0.900, the entropy of 0.81, 0.01 and eight times 0.0225, is 2.46 */
    ck_assert_int_eq(verdict_judge(&rule, &wide), VERDICT_DOUBTFUL);
    rule.spread = 2.5;
    ck_assert_int_eq(verdict_judge(&rule, &wide), VERDICT_SURE);
}
END_TEST

START_TEST(a_rule_is_kept_in_a_record_and_nonsense_is_not_believed)
{
    struct record record = {0};
    struct verdict_rule rule = {.temperature = 0.7, .sure = 0.75, .spread = 1.9, .rest = 0.25};
    struct verdict_rule read = rule_read(&record);
    ck_assert_mem_eq(&read, &verdict_usual, sizeof read);
    ck_assert(rule_write(&rule, &record, NULL));
    read = rule_read(&record);
    ck_assert_mem_eq(&read, &rule, sizeof read);
    ck_assert(record_set(&record, MODEL_TEMPERATURE, "-1", NULL));
    ck_assert(record_set(&record, MODEL_SURE, "often", NULL));
    ck_assert(record_set(&record, MODEL_SPREAD, "0", NULL));
    ck_assert(record_set(&record, MODEL_REST, "7", NULL));
    read = rule_read(&record);
    ck_assert_mem_eq(&read, &verdict_usual, sizeof read);
    record_clear(&record);
}
END_TEST

START_TEST(a_poor_network_and_one_without_a_rule_guess)
{
    struct record record = {0};
    ck_assert(rule_guesses(&record));
    ck_assert(record_set_number(&record, MODEL_TEST_ACCURACY, 0.99, NULL));
    ck_assert(rule_guesses(&record));
    ck_assert(rule_write(&verdict_usual, &record, NULL));
    ck_assert(!rule_guesses(&record));
    ck_assert(record_set_number(&record, MODEL_TEST_ACCURACY, 0.109, NULL));
    ck_assert(record_set_number(&record, MODEL_VALID_ACCURACY, 0.95, NULL));
    ck_assert(rule_guesses(&record)); /* the test images know it better */
    record_clear(&record);
    ck_assert(rule_write(&verdict_usual, &record, NULL));
    ck_assert(record_set_number(&record, MODEL_VALID_ACCURACY, 0.8999, NULL));
    ck_assert(rule_guesses(&record));
    record_clear(&record);
}
END_TEST

START_TEST(what_is_said_of_an_answer_says_whether_it_is_a_guess)
{
    ck_assert_str_eq(verdict_words(VERDICT_SURE, false, 7, 5).text, "7");
    ck_assert_str_eq(verdict_words(VERDICT_DOUBTFUL, false, 7, 5).text, "7 or 5?");
    ck_assert_str_eq(verdict_words(VERDICT_NO_DIGIT, false, 7, 5).text, "no digit?");
    ck_assert_str_eq(verdict_words(VERDICT_SURE, true, 7, 5).text, "a guess: 7");
    ck_assert_str_eq(verdict_words(VERDICT_DOUBTFUL, true, 7, 5).text, "7 or 5? a guess");
    for (int verdict = 0; verdict < VERDICT_COUNT; verdict++) {
        ck_assert_int_ne(verdict_of_guess((enum verdict)verdict), VERDICT_NO_DIGIT);
        ck_assert_str_eq(verdict_name((enum verdict)verdict, true), "guess");
    }
}
END_TEST

START_TEST(no_percentage_is_a_hundred)
{
    static const struct {
        double part;
        const char *text;
    } cases[] = {{1, "> 99.9 %"}, {0.99999, "> 99.9 %"}, {0.9995, "> 99.9 %"}, {0.9994, "99.9 %"},
                 {0.5, "50.0 %"}, {0.0004, "0.0 %"},     {0, "0.0 %"}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        ck_assert_str_eq(verdict_percent(cases[i].part).text, cases[i].text);
}
END_TEST

/* ---- calibration --------------------------------------------------------------------------- */

/* Ninety of a hundred right, each said with the same odds: the best temperature turns them into
 * nine to one. With p the two have odds p : (1 - p) / 9 for each of the others, and a temperature T
 * takes these to the power of 1 / T; wanted are 0.9 : 0.1 / 9 = 81. So T is ln(9 p / (1 - p)) /
 * ln 81. */
/* What reads without a rule of its own never calls anything no digit for being spread out: more
 * than all ten cannot share an answer. */
START_TEST(the_usual_rule_is_what_files_without_one_mean)
{
    ck_assert_double_eq(verdict_usual.temperature, 1);
    ck_assert_double_eq(verdict_usual.sure, 0.9);
    ck_assert_double_eq(verdict_usual.spread, 10);
    ck_assert_double_eq(verdict_usual.rest, 0.3);
}
END_TEST

START_TEST(two_sets_are_joined_as_if_they_were_one)
{
    struct evaluation a = {.count = 30, .correct = 27, .cost = 0.5, .confusion = {{4, 1}, {0, 7}}};
    struct evaluation b = {.count = 10, .correct = 5, .cost = 2.5, .confusion = {{2, 3}, {9, 1}}};
    struct evaluation none = {0}, both = evaluation_join(&a, &b), same = evaluation_join(&none, &b);
    ck_assert_uint_eq(both.count, 40);
    ck_assert_uint_eq(both.correct, 32);
    ck_assert_double_eq_tol(both.cost, 1, 1e-12);
    ck_assert_double_eq_tol(both.accuracy, 0.8, 1e-12);
    ck_assert_double_eq_tol(both.error, sqrt(0.8 * 0.2 / 40), 1e-12);
    static const uint32_t sums[2][2] = {{6, 4}, {9, 8}};
    for (int i = 0; i < 4; i++)
        ck_assert_uint_eq(both.confusion[i / 2][i % 2], sums[i / 2][i % 2]);
    ck_assert_double_eq_tol(same.cost, 2.5, 1e-12);
    ck_assert_uint_eq(evaluation_join(&none, &none).count, 0);
    ck_assert_double_eq(evaluation_join(&none, &none).cost, 0);
}
END_TEST

START_TEST(the_temperature_makes_confidence_equal_to_accuracy)
{
    enum { COUNT = 100 };
    struct nn *net = softmax_net();
    float out[COUNT][10];
    uint8_t labels[COUNT];
    for (int i = 0; i < COUNT; i++) {
        for (int k = 0; k < 10; k++)
            out[i][k] = 0.001f / 9;
        out[i][i % 10] = 0.999f;
        labels[i] = (uint8_t)(i < 90 ? i % 10 : (i + 1) % 10);
    }
    struct calibrate_answers digits = {out[0], labels, COUNT};
    double expected = log(9 * 0.999 / 0.001) / log(81);
    ck_assert_double_eq_tol(calibrate_temperature(net, &digits, 1), expected, 0.01);
    struct verdict_rule rule = {.temperature = expected, .sure = 0.5, .spread = 10, .rest = 0.5};
    struct calibrate_report report = calibrate_measure(net, &rule, &digits);
    ck_assert_double_eq_tol(report.error, 0, 1e-4);
    rule.temperature = 1;
    report = calibrate_measure(net, &rule, &digits);
    ck_assert_double_eq_tol(report.error, 0.099, 1e-4);
    ck_assert_uint_eq(report.count[VERDICT_SURE], COUNT);
    ck_assert_uint_eq(report.sure_correct, 90);
    nn_free(net);
}
END_TEST

/* Two bins: four at 0.9 of which two are right, and one at 0.5 that is right. By hand
 * (|4 * 0.9 - 2| + |0.5 - 1|) / 5 = 0.42. */
START_TEST(the_calibration_error_is_that_of_a_sum_by_hand)
{
    struct nn *net = softmax_net();
    float out[5][10];
    uint8_t labels[5] = {1, 1, 2, 2, 1};
    for (int i = 0; i < 4; i++)
        spread_out(out[i], 1, 0.9f, 3, 0.1f);
    spread_out(out[4], 1, 0.5f, 3, 0.3f);
    struct verdict_rule rule = {.temperature = 1, .sure = 0.8, .spread = 10, .rest = 0.1};
    struct calibrate_answers answers = {out[0], labels, 5};
    struct calibrate_report report = calibrate_measure(net, &rule, &answers);
    ck_assert_double_eq_tol(report.error, 0.42, 1e-6);
    ck_assert_uint_eq(report.count[VERDICT_SURE], 4);
    ck_assert_uint_eq(report.count[VERDICT_DOUBTFUL], 0);
    ck_assert_uint_eq(report.count[VERDICT_NO_DIGIT], 1);
    ck_assert_uint_eq(report.sure_correct, 2);
    nn_free(net);
}
END_TEST

/* A thousand digits, of which the surest are the most; twenty are misread. */
START_TEST(a_rule_leaves_as_many_in_doubt_as_are_misread)
{
    enum { COUNT = 1000, MISREAD = 20 };
    struct nn *net = softmax_net();
    float(*out)[10] = calloc(COUNT, sizeof *out), outliers[50][10];
    uint8_t *labels = calloc(COUNT, 1);
    struct rng rng = rng_new(4, 0);
    for (int i = 0; i < COUNT; i++) {
        float p = 1 - 0.2f * powf(rng_float(&rng), 6);
        spread_out(out[i], i % 10, p, (i + 1) % 10, 0.9f * (1 - p));
        labels[i] = (uint8_t)((i + (i < MISREAD)) % 10);
    }
    for (int i = 0; i < 50; i++)
        spread_out(outliers[i], i % 10, 0.15f, (i + 1) % 10, 0.1f);
    struct calibrate_answers digits = {out[0], labels, COUNT};
    struct calibrate_answers others = {outliers[0], NULL, 50};
    struct verdict_rule rule;
    ck_assert(calibrate_rule(net, &digits, 1, &others, &rule, NULL));
    struct calibrate_report report = calibrate_measure(net, &rule, &digits);
    uint32_t open = COUNT - report.count[VERDICT_SURE];
    ck_assert_msg(open > MISREAD / 2 && open <= MISREAD, "%u are not sure", open);
    ck_assert_uint_eq(report.count[VERDICT_NO_DIGIT], 0);
    report = calibrate_measure(net, &rule, &others);
    ck_assert_uint_eq(report.count[VERDICT_NO_DIGIT], 50);
    free(out);
    free(labels);
    nn_free(net);
}
END_TEST

/* ---- the shipped model --------------------------------------------------------------------- */

struct judge {
    struct model *model;
    struct nn_work *work;
    struct verdict_rule rule;
};

static struct judge judge_new(void)
{
    struct judge judge = {.model = model_builtin(NULL)};
    ck_assert_ptr_nonnull(judge.model);
    ck_assert_ptr_nonnull(record_get(&judge.model->record, MODEL_SPREAD));
    judge.work = nn_work_new(judge.model->net, kern_best(), 1, false, NULL);
    judge.rule = rule_read(&judge.model->record);
    return judge;
}

static void judge_free(struct judge *judge)
{
    nn_work_free(judge->work);
    model_free(judge->model);
}

static bool calls_sure(const struct judge *judge, const uint8_t *pixels)
{
    float x[FIT_LEN];
    fit_floats(pixels, 1, x);
    const float *out = nn_predict(judge->model->net, judge->work, x, 1);
    struct verdict_probabilities answer =
        verdict_read(judge->model->net, out, judge->rule.temperature);
    return verdict_judge(&judge->rule, &answer) == VERDICT_SURE;
}

/* The part of `count` drawings that is called sure. */
static double part_sure(void (*draw)(struct rng *rng, struct ink *ink), int count)
{
    struct judge judge = judge_new();
    struct ink ink = {0};
    struct ink_fit fit;
    int sure = 0;
    for (int i = 0; i < count; i++) {
        struct rng rng = rng_new(2024, (uint64_t)i);
        ink_clear(&ink);
        draw(&rng, &ink);
        ink_fit(&ink, &fit);
        sure += calls_sure(&judge, fit.pixels);
    }
    ink_free(&ink);
    judge_free(&judge);
    return (double)sure / count;
}

/* Capitals as straight lines on a grid of 4 x 4, each pair of figures a point and a space a lift of
 * the pen: not by the hand that the training's letters are by. */
static const char *const capitals[] = {
    "042044 1232", "4000044434 0232", "40000444 0232", "0004 4044 0242",    "0004 400244",
    "0400224044",  "04004440",        "040030413202",  "040030413202 0244", "0040 2024",
    "002440",      "0014223440",      "0044 4004",     "4000020424"};

static void draw_capital(struct rng *rng, struct ink *ink)
{
    const char *c = capitals[rng_below(rng, sizeof capitals / sizeof *capitals)];
    float lean = 0.15f * rng_normal(rng), wide = rng_range(rng, 0.7f, 1.1f);
    for (bool down = false; *c; down = *c != ' ') {
        if (*c == ' ') {
            c++;
            continue;
        }
        float x = (float)(c[0] - '0') + 0.12f * rng_normal(rng);
        float y = (float)(c[1] - '0') + 0.12f * rng_normal(rng);
        x = wide * x - lean * y;
        ck_assert(down ? ink_add(ink, x, y, NULL) : ink_begin(ink, x, y, NULL));
        c += 2;
    }
}

/* A pen that is thrown about for a while. */
static void draw_scribble(struct rng *rng, struct ink *ink)
{
    float x = 0, y = 0, dx = 0, dy = 0;
    ck_assert(ink_begin(ink, x, y, NULL));
    for (int i = 60 + (int)rng_below(rng, 200); i > 0; i--) {
        dx = 0.85f * dx + rng_normal(rng) - 0.02f * x;
        dy = 0.85f * dy + rng_normal(rng) - 0.02f * y;
        ck_assert(ink_add(ink, x += dx, y += dy, NULL));
    }
}

START_TEST(capitals_are_seldom_called_sure)
{
    double part = part_sure(draw_capital, 2000);
    ck_assert_msg(part < 0.05, "%.2f %% are called sure", 100 * part);
}
END_TEST

START_TEST(scribbles_are_seldom_called_sure)
{
    double part = part_sure(draw_scribble, 2000);
    ck_assert_msg(part < 0.05, "%.2f %% are called sure", 100 * part);
}
END_TEST

START_TEST(letters_and_scribbles_of_kinds_never_trained_on_are_seldom_called_sure)
{
    enum { COUNT = 3000 };
    struct judge judge = judge_new();
    uint8_t pixels[FIT_LEN];
    int sure = 0;
    for (uint64_t i = 0; i < COUNT; i++) {
        outlier_draw(31, i, OUTLIER_LETTERS_APART | OUTLIER_HATCHINGS, pixels);
        sure += calls_sure(&judge, pixels);
    }
    ck_assert_msg(sure < COUNT / 20, "%d of %d are called sure", sure, COUNT);
    judge_free(&judge);
}
END_TEST

START_TEST(digits_of_the_test_set_are_sure)
{
    struct dataset *set = find_data(NULL, DATASET_TEST, NULL);
    if (!set || set->synthetic) {
        dataset_free(set);
        return;
    }
    struct judge judge = judge_new();
    uint32_t sure = 0;
    for (uint32_t i = 0; i < set->count; i++)
        sure += calls_sure(&judge, set->pixels + (size_t)i * FIT_LEN);
    ck_assert_msg(sure > set->count - set->count / 50, "%u of %u are sure", sure, set->count);
    judge_free(&judge);
    dataset_free(set);
}
END_TEST

/* Whether the shipped model's training had any. */
static bool knows_outliers(void)
{
    struct model *model = model_builtin(NULL);
    const char *settings = model ? record_get(&model->record, "settings") : NULL;
    const char *share = settings ? strstr(settings, "outlier-share ") : NULL;
    bool knows = !model || (share && strtod(share + strlen("outlier-share "), NULL) > 0);
    model_free(model);
    return knows;
}

Suite *make_suite(void)
{
    Suite *suite = suite_create("sure");
    TCase *verdicts = tcase_create("verdicts"), *fitting = tcase_create("calibration"),
          *shipped = tcase_create("shipped");
    tcase_set_timeout(shipped, 300);
    tcase_add_test(verdicts, spread_is_the_number_of_digits_that_share_an_answer);
    tcase_add_test(verdicts, the_second_is_the_likeliest_of_the_others);
    tcase_add_test(verdicts, outputs_that_are_no_numbers_say_nothing);
    tcase_add_test(verdicts, an_answer_is_sure_or_torn_between_two_or_spread_over_all);
    tcase_add_test(verdicts, a_rule_is_kept_in_a_record_and_nonsense_is_not_believed);
    tcase_add_test(verdicts, a_poor_network_and_one_without_a_rule_guess);
    tcase_add_test(verdicts, what_is_said_of_an_answer_says_whether_it_is_a_guess);
    tcase_add_test(verdicts, no_percentage_is_a_hundred);
    tcase_add_test(fitting, the_usual_rule_is_what_files_without_one_mean);
    tcase_add_test(fitting, two_sets_are_joined_as_if_they_were_one);
    tcase_add_test(fitting, the_temperature_makes_confidence_equal_to_accuracy);
    tcase_add_test(fitting, the_calibration_error_is_that_of_a_sum_by_hand);
    tcase_add_test(fitting, a_rule_leaves_as_many_in_doubt_as_are_misread);
    if (knows_outliers()) {
        tcase_add_test(shipped, capitals_are_seldom_called_sure);
        tcase_add_test(shipped, scribbles_are_seldom_called_sure);
        tcase_add_test(shipped,
                       letters_and_scribbles_of_kinds_never_trained_on_are_seldom_called_sure);
        tcase_add_test(shipped, digits_of_the_test_set_are_sure);
    } else
        fputs("# the shipped model was taught without outliers: it cannot be judged\n", stderr);
    suite_add_tcase(suite, verdicts);
    suite_add_tcase(suite, fitting);
    suite_add_tcase(suite, shipped);
    return suite;
}
