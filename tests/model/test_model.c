/* SPDX-License-Identifier: MIT */
/* Records, models, and the model that is built in. */
#include "model_files.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/err.h"
#include "base/files.h"
#include "base/rng.h"
#include "model/builtin.h"
#include "model/model.h"
#include "model/safetensors.h"
#include "nn/nn.h"
#include "suite.h"

/* ---- models -------------------------------------------------------------------------------- */

static struct model *new_model(const char *words)
{
    struct nn *net = nn_new(words, NULL);
    ck_assert_ptr_nonnull(net);
    struct rng rng = rng_new(7, 0);
    for (size_t i = 0; i < nn_param_len(net); i++)
        nn_params(net)[i] = rng_normal(&rng);
    struct model *model = model_new(net, "small \xe2\x9c\x93", NULL);
    ck_assert_ptr_nonnull(model);
    ck_assert(record_set_number(&model->record, MODEL_TEST_ACCURACY, 0.9953, NULL));
    ck_assert(record_set_count(&model->record, MODEL_SEED, 1, NULL));
    return model;
}

static bool same_model(const struct model *a, const struct model *b)
{
    if (strcmp(nn_words(a->net), nn_words(b->net)) != 0 || a->record.count != b->record.count)
        return false;
    for (int i = 0; i < a->record.count; i++)
        if (strcmp(a->record.items[i].key, b->record.items[i].key) != 0 ||
            strcmp(a->record.items[i].value, b->record.items[i].value) != 0)
            return false;
    return memcmp(nn_weights(a->net), nn_weights(b->net),
                  nn_param_len(a->net) * sizeof(float)) == 0;
}

static void save(const struct model *model, const char *path)
{
    struct err err = {""};
    ck_assert_msg(model_save(model, path, &err), "%s", err.text);
}

static struct bytes bytes_of(const struct model *model)
{
    save(model, path_of("model"));
    return read_bytes(path_of("model"));
}

START_TEST(a_model_comes_back_to_the_bit)
{
    static const char *const nets[] = {
        "784-30-10", "2-2-1", "dense 10 softmax",
        "input 9x8x2, conv 3 3x2 stride 2 pad 1 norm relu, maxpool 2, dropout 0.5, dense 5 norm "
        "tanh, dense 3 softmax",
    };
    for (int i = 0; i < 4; i++) {
        struct model *model = new_model(nets[i]);
        struct err err = {""};
        nn_params(model->net)[0] = -0.0f;
        nn_params(model->net)[1] = 0x1p-149f;
        save(model, path_of("model"));
        struct model *again = model_load(path_of("model"), &err);
        ck_assert_msg(again, "%s", err.text);
        ck_assert(same_model(model, again));
        ck_assert_str_eq(model_name(again), "small \xe2\x9c\x93");
        model_free(model);
        model_free(again);
    }
}
END_TEST

START_TEST(a_model_in_halves_is_half_as_large_and_rounded_once)
{
    struct model *model = new_model("784-30-10");
    struct bytes whole = bytes_of(model);
    model->half = true;
    struct bytes half = bytes_of(model);
    ck_assert_uint_lt(half.size, whole.size * 11 / 20);
    struct model *again = model_load(path_of("model"), NULL);
    ck_assert(again->half);
    int off = 0;
    for (size_t i = 0; i < nn_param_len(model->net); i++) {
        float wanted = nn_weights(model->net)[i], got = nn_weights(again->net)[i];
        off += fabsf(got - wanted) > fabsf(wanted) * 0x1p-11f + 0x1p-25f;
    }
    ck_assert_int_eq(off, 0);
    struct model *copy = model_copy(again, NULL);
    struct bytes twice = bytes_of(copy);
    ck_assert(same_bytes(half, twice));
    free(whole.data);
    free(half.data);
    free(twice.data);
    model_free(model);
    model_free(again);
    model_free(copy);
}
END_TEST

START_TEST(the_same_model_gives_the_same_bytes)
{
    struct model *model = new_model("3-2-1");
    struct bytes first = bytes_of(model);
    struct model *again = model_load_memory("x", first.data, first.size, NULL);
    record_set(&again->record, MODEL_SEED, NULL, NULL);
    record_set(&again->record, MODEL_SEED, "1", NULL);
    struct bytes second = bytes_of(again);
    ck_assert(same_bytes(first, second));
    free(first.data);
    free(second.data);
    model_free(model);
    model_free(again);
}
END_TEST

START_TEST(a_copy_stands_for_itself)
{
    struct model *model = new_model("3-2-1"), *copy = model_copy(model, NULL);
    ck_assert(same_model(model, copy));
    nn_params(copy->net)[0] += 1;
    ck_assert(!same_model(model, copy));
    model_free(model);
    ck_assert_str_eq(model_name(copy), "small \xe2\x9c\x93");
    record_set(&copy->record, MODEL_NAME, NULL, NULL);
    ck_assert_str_eq(model_name(copy), "unnamed");
    model_free(copy);
}
END_TEST

/* Opens from memory, at the end of an allocation so that each step beyond is seen. */
static struct model *open_bytes(const void *data, size_t size, struct err *err)
{
    struct bytes bytes = copy_bytes(data, size);
    struct model *model = model_load_memory("small.safetensors", bytes.data, size, err);
    free(bytes.data);
    return model;
}

START_TEST(a_model_cut_at_any_byte_is_refused)
{
    struct model *model = new_model("3-2-1");
    struct bytes good = bytes_of(model);
    int accepted = 0, silent = 0;
    for (size_t size = 0; size < good.size; size++) {
        struct err err = {""};
        struct model *cut = open_bytes(good.data, size, &err);
        accepted += cut != NULL;
        silent += !strstr(err.text, "small.safetensors") || !strstr(err.text, "train a new one");
        model_free(cut);
    }
    ck_assert_int_eq(accepted, 0);
    ck_assert_int_eq(silent, 0);
    free(good.data);
    model_free(model);
}
END_TEST

START_TEST(a_model_with_more_bytes_is_refused)
{
    struct model *model = new_model("3-2-1");
    struct bytes good = bytes_of(model), more = {calloc(1, good.size + 9), 0};
    memcpy(more.data, good.data, good.size);
    for (size_t extra = 1; extra < 9; extra++)
        ck_assert_ptr_null(open_bytes(more.data, good.size + extra, NULL));
    free(good.data);
    free(more.data);
    model_free(model);
}
END_TEST

START_TEST(a_model_with_any_byte_changed_is_refused)
{
    struct model *model = new_model("2-2-1");
    struct bytes good = bytes_of(model);
    static const unsigned char values[] = {' ', '0', '"', '}', 0, 0xff};
    int accepted = 0, tried = 0;
    for (size_t i = 0; i < good.size; i++) {
        unsigned char old = good.data[i];
        for (int k = 0; k < 8 + 6; k++) {
            good.data[i] = k < 8 ? old ^ (unsigned char)(1 << k) : values[k - 8];
            if (good.data[i] == old)
                continue;
            struct model *changed = open_bytes(good.data, good.size, NULL);
            accepted += changed != NULL;
            tried++;
            model_free(changed);
        }
        good.data[i] = old;
    }
    ck_assert_int_gt(tried, 5000);
    ck_assert_int_eq(accepted, 0);
    free(good.data);
    model_free(model);
}
END_TEST

START_TEST(a_header_with_a_few_bytes_changed_is_refused)
{
    struct model *model = new_model("784-10");
    struct bytes good = bytes_of(model);
    struct rng rng = rng_new(3, 0);
    uint64_t header;
    int wrong = 0;
    memcpy(&header, good.data, 8);
    for (int i = 0; i < 3000; i++) {
        struct bytes bad = copy_bytes(good.data, good.size);
        for (uint32_t k = rng_below(&rng, 4) + 1; k > 0; k--)
            bad.data[8 + rng_below(&rng, (uint32_t)header)] = (unsigned char)rng_below(&rng, 256);
        struct model *changed = model_load_memory("x", bad.data, bad.size, NULL);
        wrong += changed && !same_bytes(good, bad);
        model_free(changed);
        free(bad.data);
    }
    ck_assert_int_eq(wrong, 0);
    free(good.data);
    model_free(model);
}
END_TEST

/* ---- files of our format that are wrong all the same ---------------------------------------- */

/* Saves arrays and record with a valid checksum, and wants a refusal that says `why`. */
static void refuse_file(struct safetensors_array *arrays, int count, const struct record *record,
                        const char *why)
{
    struct err err = {""};
    ck_assert(safetensors_save(path_of("odd"), arrays, count, record, NULL));
    struct model *model = model_load(path_of("odd"), &err);
    ck_assert_msg(!model && strstr(err.text, why) && strstr(err.text, path_of("odd")),
                  "wanted \"%s\" in: %s", why, err.text);
}

static const float ones[6] = {1, 1, 1, 1, 1, 1};

/* A sound 2-1 network as a file, to be spoilt. */
static void make_parts(struct record *record, struct safetensors_array arrays[3])
{
    static const int weight_shape[] = {2, 1}, bias_shape[] = {1};
    static const char *const pairs[][2] = {
        {"format", "inkling"}, {"format_version", "1"}, {"words", "2-1"}, {"input", "numbers"},
    };
    for (int i = 0; i < 4; i++)
        ck_assert(record_set(record, pairs[i][0], pairs[i][1], NULL));
    arrays[0] = safetensors_array("1.bias", 1, bias_shape, ones);
    arrays[1] = safetensors_array("1.weight", 2, weight_shape, ones);
    arrays[2] = safetensors_array("2.weight", 2, weight_shape, ones);
}

START_TEST(each_wrong_file_gets_a_sentence_of_its_own)
{
    static const struct {
        const char *key, *value, *why;
    } cases[] = {
        {"format", NULL, "lacks \"format\"; fetch"},
        {"format", "pt", "lacks \"format\"; fetch"},
        {"format", "inkling-checkpoint", "is a training that can go on"},
        {"format_version", "2", "of version 2, newer than the version 1"},
        {"format_version", "0", "lacks \"format_version\"; fetch"},
        {"format_version", NULL, "lacks \"format_version\"; fetch"},
        {"words", NULL,
         "does not say which network its arrays make: its metadata lacks \"words\";"},
        {"words", "dense ten", "cannot be built here"},
        {"words", "2-1-1", "lacks \"2.weight\""},
        {"words", "3-1", "\"1.weight\" in the shape [2, 1], and its network needs [3, 1]"},
        {"input", "28x28 grey, ink 0, paper 1", "pictures of another kind"},
        {"input", NULL, "lacks \"input\"; fetch"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct record record = {0};
        struct safetensors_array arrays[3];
        make_parts(&record, arrays);
        record_set(&record, cases[i].key, cases[i].value, NULL);
        refuse_file(arrays, 2, &record, cases[i].why);
        record_clear(&record);
    }
}
END_TEST

START_TEST(wrong_arrays_are_named)
{
    struct record record = {0};
    struct safetensors_array arrays[3];
    static const int flat[] = {2}, turned[] = {1, 2}, deep[] = {2, 1, 3};
    static const float bad[] = {1, NAN}, huge[] = {INFINITY, 1};
    make_parts(&record, arrays);
    ck_assert(safetensors_save(path_of("good"), arrays, 2, &record, NULL));
    struct model *good = model_load(path_of("good"), NULL);
    ck_assert_ptr_nonnull(good);
    model_free(good);

    refuse_file(arrays, 1, &record, "lacks \"1.weight\"");
    arrays[1] = safetensors_array("1.weight", 2, turned, ones);
    refuse_file(arrays, 2, &record, "in the shape [1, 2], and its network needs [2, 1]");
    arrays[1] = safetensors_array("1.weight", 1, flat, ones);
    refuse_file(arrays, 2, &record, "in the shape [2], and its network needs [2, 1]");
    arrays[1] = safetensors_array("1.weight", 3, deep, ones);
    refuse_file(arrays, 2, &record, "in the shape [2, 1, 3], and its network needs [2, 1]");
    make_parts(&record, arrays);
    arrays[1].data = bad;
    refuse_file(arrays, 2, &record, "not finite");
    arrays[1].data = huge;
    refuse_file(arrays, 2, &record, "not finite");
    record_clear(&record);
}
END_TEST

START_TEST(files_that_cannot_be_read_get_a_sentence)
{
    static const unsigned char garbage[] = "This is a letter, and not a network at all.";
    struct err err = {""};
    ck_assert_ptr_null(model_load(path_of("none"), &err));
    ck_assert_msg(strstr(err.text, path_of("none")), "%s", err.text);
    ck_assert_ptr_null(model_load("/tmp", &err));
    ck_assert_msg(strstr(err.text, "is a folder"), "%s", err.text);
    write_bytes(path_of("empty"), (struct bytes){0});
    ck_assert_ptr_null(model_load(path_of("empty"), &err));
    ck_assert_msg(strstr(err.text, "it is empty"), "%s", err.text);
    write_bytes(path_of("letter"), (struct bytes){(unsigned char *)garbage, sizeof garbage});
    ck_assert_ptr_null(model_load(path_of("letter"), &err));
    ck_assert_msg(strstr(err.text, path_of("letter")), "%s", err.text);
    ck_assert_int_eq(truncate(path_of("letter"), (off_t)1 << 32), 0);
    ck_assert_ptr_null(model_load(path_of("letter"), &err));
    ck_assert_msg(strstr(err.text, "larger than"), "%s", err.text);
}
END_TEST

/* ---- saving -------------------------------------------------------------------------------- */

static void expect_failure(const struct model *model, const char *path, const char *why)
{
    struct err err = {""};
    ck_assert(!model_save(model, path, &err));
    ck_assert_msg(strstr(err.text, why), "wanted \"%s\" in: %s", why, err.text);
}

START_TEST(a_save_that_fails_leaves_the_old_file)
{
    struct model *small = new_model("2-1"), *large = new_model("300-300");
    struct bytes before = bytes_of(small);
    limit_files(100000);
    expect_failure(large, path_of("model"), path_of("model"));
    limit_files(0);
    nn_params(large->net)[5] = NAN;
    expect_failure(large, path_of("model"), "not finite");
    struct bytes after = read_bytes(path_of("model"));
    ck_assert(same_bytes(before, after));
    ck_assert_int_eq(count_files(), 1);
    free(before.data);
    free(after.data);
    model_free(small);
    model_free(large);
}
END_TEST

START_TEST(places_that_cannot_be_written_get_a_sentence)
{
    struct model *model = new_model("2-1");
    expect_failure(model, "/proc/model.safetensors", "/proc/model.safetensors");
    expect_failure(model, path_of("none/model"), "none/model");
    expect_failure(model, "/tmp", "/tmp");
    ck_assert_int_eq(count_files(), 0);
    model_free(model);
}
END_TEST

/* ---- the rest of the world ------------------------------------------------------------------ */

/* Compares what the script printed of one array: a line that names it and its numbers. */
static void compare_array(FILE *script, const struct nn *net, const struct nn_tensor *tensor,
                          const char *dtype)
{
    char line[4096], wanted[128];
    int at = snprintf(wanted, sizeof wanted, "# %s %s", tensor->name, dtype);
    for (int i = 0; i < tensor->rank; i++)
        at += snprintf(wanted + at, sizeof wanted - (size_t)at, " %d", tensor->shape[i]);
    ck_assert_ptr_nonnull(fgets(line, sizeof line, script));
    line[strcspn(line, "\n")] = 0;
    ck_assert_str_eq(line, wanted);
    size_t wrong = 0;
    for (size_t i = 0; i < tensor->len; i++) {
        ck_assert_ptr_nonnull(fgets(line, sizeof line, script));
        wrong += strtof(line, NULL) != nn_weights(net)[tensor->at + i];
    }
    ck_assert_uint_eq(wrong, 0);
}

static const struct nn_tensor *next_tensor(const struct nn *net, const char *after)
{
    const struct nn_tensor *next = NULL;
    for (int i = 0; i < nn_tensor_count(net); i++) {
        const struct nn_tensor *tensor = nn_tensor(net, i);
        if (strcmp(tensor->name, after) > 0 && (!next || strcmp(tensor->name, next->name) < 0))
            next = tensor;
    }
    return next;
}

START_TEST(a_program_that_knows_only_the_published_rules_reads_the_same_numbers)
{
    const char *source = getenv("INKLING_SOURCE");
    char command[1000], line[4096];
    struct model *model = new_model("input 8x8, conv 3 3x3 norm relu, dense 11 tanh, dense 4");
    int described = 0;
    model->half = _i == 1;
    save(model, path_of("model"));
    model_free(model);
    model = model_load(path_of("model"), NULL);
    snprintf(command, sizeof command, "python3 '%s/tests/model/read_safetensors.py' '%s'",
             source ? source : ".", path_of("model"));
    FILE *script = popen(command, "r");
    ck_assert_ptr_nonnull(script);
    for (int c; (c = getc(script)) == '=' && fgets(line, sizeof line, script);)
        described += !!strstr(line, " words \"input 8x8, conv 3 3x3 norm relu, ") +
                     !!strstr(line, " name \"small \\u2713\"");
    ungetc('#', script);
    ck_assert_int_eq(described, 2);
    int count = 0;
    for (const struct nn_tensor *t = next_tensor(model->net, ""); t;
         t = next_tensor(model->net, t->name), count++)
        compare_array(script, model->net, t, _i == 1 ? "F16" : "F32");
    ck_assert_int_eq(count, nn_tensor_count(model->net));
    ck_assert_ptr_null(fgets(line, sizeof line, script));
    ck_assert_int_eq(pclose(script), 0);
    model_free(model);
}
END_TEST

START_TEST(the_built_in_model_is_the_file_or_a_sentence)
{
    const char *source = getenv("INKLING_SOURCE");
    char path[1000];
    struct err err = {""};
    snprintf(path, sizeof path, "%s/models/default.safetensors", source ? source : ".");
    struct model *builtin = model_builtin(&err);
    if (files_exist(path)) {
        struct model *model = model_load(path, NULL);
        ck_assert_msg(builtin && model && same_model(builtin, model), "%s", err.text);
        model_free(model);
    } else {
        ck_assert_msg(!builtin && strstr(err.text, "built without a model"), "%s", err.text);
    }
    model_free(builtin);
}
END_TEST

static TCase *model_tests(void)
{
    TCase *tests = tcase_create("model");
    tcase_add_checked_fixture(tests, make_folder, remove_folder);
    tcase_set_timeout(tests, 120);
    tcase_add_test(tests, a_model_comes_back_to_the_bit);
    tcase_add_test(tests, a_model_in_halves_is_half_as_large_and_rounded_once);
    tcase_add_test(tests, the_same_model_gives_the_same_bytes);
    tcase_add_test(tests, a_copy_stands_for_itself);
    tcase_add_test(tests, a_model_cut_at_any_byte_is_refused);
    tcase_add_test(tests, a_model_with_more_bytes_is_refused);
    tcase_add_test(tests, a_model_with_any_byte_changed_is_refused);
    tcase_add_test(tests, a_header_with_a_few_bytes_changed_is_refused);
    tcase_add_test(tests, each_wrong_file_gets_a_sentence_of_its_own);
    tcase_add_test(tests, wrong_arrays_are_named);
    tcase_add_test(tests, files_that_cannot_be_read_get_a_sentence);
    tcase_add_test(tests, a_save_that_fails_leaves_the_old_file);
    tcase_add_test(tests, places_that_cannot_be_written_get_a_sentence);
    tcase_add_loop_test(tests, a_program_that_knows_only_the_published_rules_reads_the_same_numbers,
                        0, 2);
    tcase_add_test(tests, the_built_in_model_is_the_file_or_a_sentence);
    return tests;
}

Suite *make_suite(void)
{
    Suite *suite = suite_create("model");
    suite_add_tcase(suite, container_tests());
    suite_add_tcase(suite, model_tests());
    suite_add_tcase(suite, checkpoint_tests());
    return suite;
}
