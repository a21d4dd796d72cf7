/* SPDX-License-Identifier: MIT */
/* What a killed training leaves, and how it is found again. */
#include "model_files.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/err.h"
#include "base/rng.h"
#include "model/checkpoint.h"
#include "model/model.h"
#include "model/safetensors.h"
#include "nn/nn.h"

static const float moments[] = {1, -0.0f, NAN, INFINITY, 0x1p-149f};
static const uint64_t state[] = {0, UINT64_MAX, 0x123456789abcdef0, 1};

static struct nn *new_net(const char *words, uint64_t seed)
{
    struct nn *net = nn_new(words, NULL);
    ck_assert_ptr_nonnull(net);
    nn_init(net, NN_START_BOOK, seed);
    return net;
}

static struct checkpoint *new_point(const struct nn *net, const struct nn *best)
{
    struct err err = {""};
    struct checkpoint *point = checkpoint_new(&err);
    ck_assert_ptr_nonnull(point);
    ck_assert_msg(checkpoint_add_net(point, "net", net, &err) &&
                  checkpoint_add_floats(point, "optim", moments, 5, &err) &&
                  checkpoint_add_net(point, "best", best, &err) &&
                  checkpoint_add_floats(point, "nothing", NULL, 0, &err), "%s", err.text);
    ck_assert(record_set(&point->record, "recipe", "epochs 3\nbatch 10\n", NULL));
    ck_assert(record_set_bits(&point->record, "rng", state, 4, NULL));
    return point;
}

static bool same_net(const struct nn *a, const struct nn *b)
{
    return strcmp(nn_words(a), nn_words(b)) == 0 &&
           memcmp(nn_weights(a), nn_weights(b), nn_param_len(a) * sizeof(float)) == 0;
}

static bool has_net(const struct checkpoint *point, const char *name, const struct nn *wanted)
{
    struct nn *net = checkpoint_net(point, name, NULL);
    bool same = net && same_net(net, wanted);
    nn_free(net);
    return same;
}

START_TEST(a_checkpoint_comes_back_to_the_bit)
{
    struct nn *net = new_net("input 6x6, conv 3 3x3 norm relu, dense 4 softmax", 1);
    struct nn *best = new_net("5-3-2", 2);
    struct checkpoint *point = new_point(net, best);
    struct err err = {""};
    ck_assert_msg(checkpoint_save(point, path_of("p"), &err), "%s", err.text);
    checkpoint_free(point);

    point = checkpoint_load(path_of("p"), &err);
    ck_assert_msg(point, "%s", err.text);
    ck_assert(has_net(point, "net", net) && has_net(point, "best", best));
    size_t len = 99;
    const float *floats = checkpoint_floats(point, "optim", &len, &err);
    ck_assert(len == 5 && memcmp(floats, moments, sizeof moments) == 0);
    ck_assert_ptr_nonnull(checkpoint_floats(point, "nothing", &len, &err));
    ck_assert_uint_eq(len, 0);
    uint64_t bits[4];
    ck_assert(record_get_bits(&point->record, "rng", bits, 4));
    ck_assert_int_eq(memcmp(bits, state, sizeof bits), 0);
    ck_assert_str_eq(record_get(&point->record, "recipe"), "epochs 3\nbatch 10\n");
    ck_assert_int_eq(point->record.count, 2);
    checkpoint_free(point);
    nn_free(net);
    nn_free(best);
}
END_TEST

START_TEST(what_a_checkpoint_lacks_is_named)
{
    struct nn *net = new_net("2-1", 1);
    struct checkpoint *point = new_point(net, net);
    struct err err = {""};
    size_t len;
    ck_assert_ptr_null(checkpoint_net(point, "worst", &err));
    ck_assert_msg(strstr(err.text, "\"worst\""), "%s", err.text);
    ck_assert_ptr_null(checkpoint_net(point, "optim", &err));
    ck_assert_msg(strstr(err.text, "\"optim\""), "%s", err.text);
    ck_assert_ptr_null(checkpoint_floats(point, "net", &len, &err));
    ck_assert_msg(strstr(err.text, "\"net\""), "%s", err.text);
    checkpoint_free(point);
    nn_free(net);
}
END_TEST

START_TEST(a_name_is_taken_once_and_plain)
{
    struct nn *net = new_net("2-1", 1);
    struct checkpoint *point = new_point(net, net);
    static const char *const names[] = {"net", "optim", "", "a.b", "a b", "\xc3\xa9",
                                        "a-name-of-more-than-forty-eight-letters-is-too-long"};
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        ck_assert_msg(!checkpoint_add_net(point, names[i], net, NULL), "%s", names[i]);
        ck_assert_msg(!checkpoint_add_floats(point, names[i], moments, 5, NULL), "%s", names[i]);
    }
    ck_assert_int_eq(point->count, 4);
    checkpoint_free(point);
    nn_free(net);
}
END_TEST

START_TEST(a_checkpoint_cut_or_changed_at_any_byte_is_refused)
{
    struct nn *net = new_net("2-2-1", 1);
    struct checkpoint *point = new_point(net, net);
    ck_assert(checkpoint_save(point, path_of("p"), NULL));
    struct bytes good = read_bytes(path_of("p"));
    int accepted = 0;
    for (size_t i = 0; i < good.size; i++) {
        struct bytes cut = {good.data, i}, changed = copy_bytes(good.data, good.size);
        changed.data[i] ^= 1;
        write_bytes(path_of("cut"), cut);
        write_bytes(path_of("changed"), changed);
        struct err err = {""};
        struct checkpoint *a = checkpoint_load(path_of("cut"), &err);
        struct checkpoint *b = checkpoint_load(path_of("changed"), &err);
        accepted += (a != NULL) + (b != NULL) + (strlen(err.text) < 20);
        checkpoint_free(a);
        checkpoint_free(b);
        free(changed.data);
    }
    ck_assert_int_eq(accepted, 0);
    free(good.data);
    checkpoint_free(point);
    nn_free(net);
}
END_TEST

START_TEST(a_peek_reads_the_record_and_no_more_than_the_header)
{
    struct nn *net = new_net("2-2-1", 1);
    struct checkpoint *point = new_point(net, net);
    struct record record = {0};
    struct err err = {""};
    ck_assert(record_set(&point->record, "recipe", "swift", NULL));
    ck_assert(checkpoint_save(point, path_of("p"), NULL));
    struct bytes good = read_bytes(path_of("p"));
    good.data[good.size - 1] ^= 1; /* of an array */
    write_bytes(path_of("changed"), good);
    ck_assert_ptr_null(checkpoint_load(path_of("changed"), NULL));
    ck_assert_msg(checkpoint_peek(path_of("changed"), &record, &err), "%s", err.text);
    ck_assert_int_eq(record.count, point->record.count + 2); /* the words of two networks */
    ck_assert_str_eq(record_get(&record, "recipe"), "swift");
    record_clear(&record);
    int accepted = 0;
    for (size_t i = 0; i < good.size; i++) {
        err.text[0] = 0;
        write_bytes(path_of("cut"), (struct bytes){good.data, i});
        accepted += checkpoint_peek(path_of("cut"), &record, &err) || strlen(err.text) < 20;
    }
    ck_assert_int_eq(accepted, 0);
    ck_assert(!checkpoint_peek(path_of("none"), &record, &err));
    record_clear(&record);
    free(good.data);
    checkpoint_free(point);
    nn_free(net);
}
END_TEST

START_TEST(a_full_disk_leaves_the_last_checkpoint)
{
    struct nn *net = new_net("2-2-1", 1), *later = new_net("300-300", 2);
    struct checkpoint *point = new_point(net, net), *next = new_point(later, later);
    struct err err = {""};
    ck_assert(checkpoint_save(point, path_of("p"), NULL));
    struct bytes before = read_bytes(path_of("p"));
    limit_files(100000);
    ck_assert(!checkpoint_save(next, path_of("p"), &err));
    limit_files(0);
    ck_assert_msg(strstr(err.text, path_of("p")), "%s", err.text);
    struct bytes after = read_bytes(path_of("p"));
    ck_assert(same_bytes(before, after));
    ck_assert_int_eq(count_files(), 1);
    free(before.data);
    free(after.data);
    checkpoint_free(point);
    checkpoint_free(next);
    nn_free(net);
    nn_free(later);
}
END_TEST

START_TEST(weights_that_are_not_finite_leave_the_last_checkpoint)
{
    struct nn *net = new_net("2-1", 1);
    struct checkpoint *point = new_point(net, net);
    struct err err = {""};
    nn_params(net)[1] = NAN;
    ck_assert(!checkpoint_save(point, path_of("p"), &err));
    ck_assert_msg(strstr(err.text, "not finite"), "%s", err.text);
    ck_assert_int_eq(count_files(), 0);
    checkpoint_free(point);
    nn_free(net);
}
END_TEST

START_TEST(a_checkpoint_with_arrays_of_no_network_is_refused)
{
    static const char *const pairs[][2] = {
        {"format", "inkling-checkpoint"}, {"format_version", "1"}, {"words.net", "1-1"},
    };
    static const int one[] = {1, 1};
    struct safetensors_array arrays[] = {
        safetensors_array("net.1.weight", 2, one, moments),
        safetensors_array("net.1.bias", 1, one, moments),
        safetensors_array("optim", 1, one, moments),
        safetensors_array("net.2.weight", 2, one, moments),
    };
    struct record record = {0};
    struct err err = {""};
    for (int i = 0; i < 3; i++)
        ck_assert(record_set(&record, pairs[i][0], pairs[i][1], NULL));
    ck_assert(safetensors_save(path_of("p"), arrays, 4, &record, NULL));
    ck_assert_ptr_null(checkpoint_load(path_of("p"), &err));
    ck_assert_msg(strstr(err.text, "belong to none of its networks"), "%s", err.text);

    record_set(&record, "words.net", "1-1-1", NULL);
    ck_assert(safetensors_save(path_of("p"), arrays, 4, &record, NULL));
    ck_assert_ptr_null(checkpoint_load(path_of("p"), &err));
    ck_assert_msg(strstr(err.text, "lacks \"net.2.bias\""), "%s", err.text);
    record_clear(&record);
}
END_TEST

START_TEST(a_model_and_a_checkpoint_are_told_apart)
{
    struct nn *net = new_net("2-1", 1);
    struct checkpoint *point = new_point(net, net);
    struct model *model = model_new(net, "x", NULL);
    struct err err = {""};
    ck_assert(checkpoint_save(point, path_of("point"), NULL));
    ck_assert(model_save(model, path_of("model"), NULL));
    ck_assert_ptr_null(model_load(path_of("point"), &err));
    ck_assert_msg(strstr(err.text, "a training that can go on, not a model"), "%s", err.text);
    ck_assert_ptr_null(checkpoint_load(path_of("model"), &err));
    ck_assert_msg(strstr(err.text, "a finished model, not a training"), "%s", err.text);
    checkpoint_free(point);
    model_free(model);
}
END_TEST

TCase *checkpoint_tests(void)
{
    TCase *tests = tcase_create("checkpoint");
    tcase_add_checked_fixture(tests, make_folder, remove_folder);
    tcase_set_timeout(tests, 120);
    tcase_add_test(tests, a_checkpoint_comes_back_to_the_bit);
    tcase_add_test(tests, what_a_checkpoint_lacks_is_named);
    tcase_add_test(tests, a_name_is_taken_once_and_plain);
    tcase_add_test(tests, a_checkpoint_cut_or_changed_at_any_byte_is_refused);
    tcase_add_test(tests, a_peek_reads_the_record_and_no_more_than_the_header);
    tcase_add_test(tests, a_full_disk_leaves_the_last_checkpoint);
    tcase_add_test(tests, weights_that_are_not_finite_leave_the_last_checkpoint);
    tcase_add_test(tests, a_checkpoint_with_arrays_of_no_network_is_refused);
    tcase_add_test(tests, a_model_and_a_checkpoint_are_told_apart);
    return tests;
}
