/* SPDX-License-Identifier: MIT */
/* The rules of the safetensors format, one by one. */
#include "model_files.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/err.h"
#include "model/safetensors.h"

/* Opens from memory and forgets the bytes. */
static bool opens(struct bytes bytes, struct err *err)
{
    err->text[0] = 0;
    struct safetensors *file = safetensors_open("/some/where/try.safetensors", bytes.data,
                                                bytes.size, err);
    bool ok = file != NULL;
    safetensors_free(file);
    free(bytes.data);
    return ok;
}

static bool says(const struct err *err, const char *part)
{
    return strstr(err->text, part) != NULL;
}

/* A refusal names the file, says `why` and what to do. */
static bool is_refused(struct bytes bytes, const char *why)
{
    struct err err;
    if (opens(bytes, &err))
        return false;
    if (says(&err, "try.safetensors") && says(&err, why) && says(&err, "train a new one."))
        return true;
    fprintf(stderr, "wanted \"%s\" in: %s\n", why, err.text);
    return false;
}

#define ARRAY(name, dtype, shape, offsets)                                                        \
    "\"" name "\":{\"dtype\":\"" dtype "\",\"shape\":" shape ",\"data_offsets\":" offsets "}"

START_TEST(every_form_that_the_format_allows_is_read)
{
    static const struct {
        const char *header;
        size_t data_size;
    } cases[] = {
        {"{}", 0},
        {"{}      ", 0},
        {"{\"__metadata__\":{}}", 0},
        {"{\"__metadata__\":{\"a\":\"\\u00e9\",\"b\":\"\"}}", 0},
        {"{" ARRAY("x", "F32", "[]", "[0,4]") "}", 4},
        {"{" ARRAY("x", "F32", "[2,3]", "[0,24]") "}  ", 24},
        {"{" ARRAY("x", "F32", "[0,9]", "[0,0]") "}", 0},
        {"{" ARRAY("b", "U8", "[3]", "[4,7]") "," ARRAY("a", "F32", "[1]", "[0,4]") "}", 7},
        {"{" ARRAY("b", "I64", "[1]", "[0,8]") "," ARRAY("a", "U8", "[0]", "[8,8]") ","
             ARRAY("c", "BF16", "[1]", "[8,10]") "}", 10},
        {"{" ARRAY("empty", "F32", "[0]", "[0,0]") "," ARRAY("a", "U8", "[1]", "[0,1]") "}", 1},
        {"{ \"x\" :\n{\"data_offsets\":[0, 1],\t\"shape\":[1],\"dtype\":\"BOOL\"} }", 1},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct err err;
        ck_assert_msg(opens(make_file(cases[i].header, cases[i].data_size), &err),
                      "%s: %s", cases[i].header, err.text);
    }
}
END_TEST

/* Each breaks one rule of the format. */
static const struct {
    const char *header;
    size_t data_size;
    const char *why;
} breaks[] = {
    {"", 0, "between braces"},
    {"        ", 0, "between braces"},
    {"[]", 0, "between braces"},
    {" {}", 0, "between braces"},
    {"\n{}", 0, "between braces"},
    {"{}\n", 0, "between braces"},
    {"{}x", 0, "between braces"},
    {"{}{}", 0, "cannot be read"},
    {"{\"a\"}", 0, "cannot be read"},
    {"{\"a\":1,}", 0, "cannot be read"},
    {"{\"\xff\":1}", 0, "cannot be read"},
    {"{\"__metadata__\":{\"a\":\"\xc3\"}}", 0, "cannot be read"},
    {"{\"__metadata__\":{\"a\":\"\\u0000\"}}", 0, "cannot be read"},
    {"{\"__metadata__\":{\"a\":\"x\",\"a\":\"x\"}}", 0, "cannot be read"},
    {"{\"__metadata__\":{},\"__metadata__\":{}}", 0, "cannot be read"},
    {"{" ARRAY("x", "U8", "[1]", "[0,1]") "," ARRAY("x", "U8", "[1]", "[1,2]") "}", 2,
     "cannot be read"},
    {"{" ARRAY("x", "U8", "[1]", "[0,1]") "," ARRAY("\\u0078", "U8", "[1]", "[1,2]") "}", 2,
     "cannot be read"},
    {"{" ARRAY("x", "U8", "[1]", "[0,99999999999999999999]") "}", 1, "cannot be read"},
    {"{\"__metadata__\":[]}", 0, "not a list of texts"},
    {"{\"__metadata__\":{\"a\":1}}", 0, "not a list of texts"},
    {"{\"__metadata__\":{\"a\":null}}", 0, "not a list of texts"},
    {"{\"x\":1}", 0, "known kind"},
    {"{\"x\":{}}", 0, "known kind"},
    {"{\"x\":[]}", 0, "known kind"},
    {"{" ARRAY("x", "F31", "[1]", "[0,4]") "}", 4, "known kind"},
    {"{" ARRAY("x", "f32", "[1]", "[0,4]") "}", 4, "known kind"},
    {"{\"x\":{\"dtype\":4,\"shape\":[1],\"data_offsets\":[0,4]}}", 4, "known kind"},
    {"{\"x\":{\"shape\":[1],\"data_offsets\":[0,4]}}", 4, "known kind"},
    {"{\"x\":{\"dtype\":\"U8\",\"shape\":[1],\"data_offsets\":[0,1],\"more\":1}}", 1, "known kind"},
    {"{\"x\":{\"dtype\":\"U8\",\"shape\":[1],\"offsets\":[0,1]}}", 1, "has not the place"},
    {"{" ARRAY("x", "F32", "[-1]", "[0,4]") "}", 4, "impossible shape"},
    {"{" ARRAY("x", "F32", "1", "[0,4]") "}", 4, "impossible shape"},
    {"{" ARRAY("x", "F32", "[1.0]", "[0,4]") "}", 4, "impossible shape"},
    {"{" ARRAY("x", "F32", "[\"1\"]", "[0,4]") "}", 4, "impossible shape"},
    {"{" ARRAY("x", "F32", "[true]", "[0,4]") "}", 4, "impossible shape"},
    {"{" ARRAY("x", "U8", "[1,1,1,1,1,1,1,1,1]", "[0,1]") "}", 1, "impossible shape"},
    {"{" ARRAY("x", "U8", "[9223372036854775807,4]", "[0,1]") "}", 1, "impossible shape"},
    {"{" ARRAY("x", "U8", "[4294967296,4294967296]", "[0,0]") "}", 0, "impossible shape"},
    {"{" ARRAY("x", "U8", "[4294967296,4294967296,0]", "[0,0]") "}", 0, "impossible shape"},
    {"{" ARRAY("x", "F32", "[4611686018427387904]", "[0,0]") "}", 0, "has not the place"},
    {"{" ARRAY("x", "F32", "[4611686018427387905]", "[0,4]") "}", 4, "has not the place"},
    {"{" ARRAY("x", "F32", "[9223372036854775807]", "[0,4]") "}", 4, "has not the place"},
    {"{" ARRAY("x", "F32", "[1]", "[0,3]") "}", 3, "has not the place"},
    {"{" ARRAY("x", "F32", "[1]", "[0,8]") "}", 8, "has not the place"},
    {"{" ARRAY("x", "F32", "[1]", "[0,4]") "}", 3, "cut short"},
    {"{" ARRAY("x", "U8", "[9223372036854775807]", "[0,9223372036854775807]") "}", 3, "cut short"},
    {"{" ARRAY("x", "F32", "[1]", "[4,0]") "}", 4, "has not the place"},
    {"{" ARRAY("x", "F32", "[1]", "[-4,0]") "}", 4, "has not the place"},
    {"{" ARRAY("x", "F32", "[1]", "[0,4,4]") "}", 4, "has not the place"},
    {"{" ARRAY("x", "F32", "[1]", "[0]") "}", 4, "has not the place"},
    {"{" ARRAY("x", "F32", "[1]", "[0.0,4]") "}", 4, "has not the place"},
    {"{" ARRAY("x", "F32", "[1]", "{}") "}", 4, "has not the place"},
    {"{" ARRAY("x", "F32", "[1]", "[9223372036854775803,9223372036854775807]") "}", 4, "cut short"},
    {"{" ARRAY("x", "F32", "[1]", "[9223372036854775804,9223372036854775807]") "}", 4,
     "has not the place"},
    {"{" ARRAY("x", "U8", "[2]", "[0,2]") "," ARRAY("y", "U8", "[2]", "[1,3]") "}", 3,
     "overlap or leave gaps"},
    {"{" ARRAY("x", "U8", "[2]", "[0,2]") "," ARRAY("y", "U8", "[2]", "[0,2]") "}", 2,
     "overlap or leave gaps"},
    {"{" ARRAY("x", "U8", "[2]", "[0,2]") "," ARRAY("y", "U8", "[2]", "[3,5]") "}", 5,
     "overlap or leave gaps"},
    {"{" ARRAY("x", "U8", "[2]", "[1,3]") "}", 3, "overlap or leave gaps"},
    {"{" ARRAY("x", "U8", "[4]", "[0,4]") "," ARRAY("y", "U8", "[0]", "[2,2]") "}", 4,
     "overlap or leave gaps"},
    {"{" ARRAY("x", "U8", "[2]", "[0,2]") "}", 3, "bytes after its last array"},
    {"{}", 1, "bytes after its last array"},
};

START_TEST(every_break_of_a_rule_is_refused_with_a_sentence)
{
    for (size_t i = 0; i < sizeof breaks / sizeof *breaks; i++)
        ck_assert_msg(is_refused(make_file(breaks[i].header, breaks[i].data_size), breaks[i].why),
                      "case %zu: %s", i, breaks[i].header);
}
END_TEST

START_TEST(a_length_that_is_not_the_headers_is_refused)
{
    static const struct {
        uint64_t length;
        const char *why;
    } cases[] = {
        {UINT64_MAX, "not begin with"},
        {UINT64_C(1) << 63, "not begin with"},
        {UINT64_MAX - 7, "not begin with"},
        {UINT64_C(1000000000000), "not begin with"},
        {100000000, "not begin with"},
        {SAFETENSORS_HEADER_MAX + 1, "not begin with"},
        {SAFETENSORS_HEADER_MAX, "cut short"},
        {3, "cut short"},
        {1, "between braces"},
        {0, "between braces"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct bytes file = make_file("{}", 0);
        memcpy(file.data, &cases[i].length, 8);
        ck_assert_msg(is_refused(file, cases[i].why), "length %zu", i);
    }
}
END_TEST

START_TEST(what_is_no_file_of_this_kind_is_refused)
{
    ck_assert(is_refused(copy_bytes("", 0), "it is empty"));
    ck_assert(is_refused(copy_bytes("\0\0\0\0\0\0\0", 7), "cut short"));
    ck_assert(is_refused(copy_bytes("\0\0\0\0\0\0\0\0", 8), "braces"));
    ck_assert(is_refused(copy_bytes("{\"a\":1}", 7), "cut short"));
    ck_assert(is_refused(copy_bytes("\x89PNG\r\n\x1a\n more of a picture", 25), "length"));
}
END_TEST

/* The text `unit` many times, between `before` and `after`. */
static char *repeat(const char *before, const char *unit, int times, const char *after)
{
    size_t len = strlen(unit);
    char *text = malloc(strlen(before) + len * (size_t)times + strlen(after) + 1);
    char *at = stpcpy(text, before);
    for (int i = 0; i < times; i++)
        at = stpcpy(at, unit);
    strcpy(at, after);
    return text;
}

START_TEST(deep_nesting_is_refused)
{
    static const struct {
        const char *before, *unit, *after;
    } cases[] = {
        {"{\"a\":", "[", "}"},
        {"{\"a\":", "{\"a\":", "}"},
        {"{\"__metadata__\":", "[[", "}"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        char *header = repeat(cases[i].before, cases[i].unit, 500000, cases[i].after);
        ck_assert(is_refused(make_file(header, 0), "cannot be read"));
        free(header);
    }
    char *nested = repeat("{\"a\":", "[", 2000, "");
    char *header = repeat(nested, "]", 2000, "}");
    ck_assert(is_refused(make_file(header, 0), "known kind"));
    free(header);
    free(nested);
}
END_TEST

START_TEST(more_than_the_stated_maximum_is_refused)
{
    char *header = malloc(SAFETENSORS_HEADER_MAX), *at = header;
    at += sprintf(at, "{");
    for (int i = 0; i <= SAFETENSORS_COUNT_MAX; i++)
        at += sprintf(at, "%s" ARRAY("%d", "U8", "[0]", "[0,0]"), i ? "," : "", i);
    sprintf(at, "}");
    ck_assert(is_refused(make_file(header, 0), "more than 4096 arrays"));
    free(header);

    header = repeat("{\"", "n", SAFETENSORS_NAME_MAX, "\":{}}");
    ck_assert(is_refused(make_file(header, 0), "very long name"));
    free(header);
    header = malloc(SAFETENSORS_HEADER_MAX);
    at = header + sprintf(header, "{\"__metadata__\":{");
    for (int i = 0; i <= RECORD_ITEMS_MAX; i++)
        at += sprintf(at, "%s\"%d\":\"\"", i ? "," : "", i);
    sprintf(at, "}}");
    ck_assert(is_refused(make_file(header, 0), "metadata is longer"));
    free(header);
}
END_TEST

START_TEST(a_text_that_is_too_long_for_a_record_is_passed_over)
{
    char *header = repeat("{\"__metadata__\":{\"a\":\"", "v", RECORD_VALUE_MAX, "\",\"b\":\"w\"}}");
    struct bytes bytes = make_file(header, 0);
    struct safetensors *file = safetensors_open("x", bytes.data, bytes.size, NULL);
    ck_assert_ptr_nonnull(file);
    ck_assert_ptr_null(record_get(&file->record, "a"));
    ck_assert_str_eq(record_get(&file->record, "b"), "w");
    safetensors_free(file);
    free(bytes.data);
    free(header);
}
END_TEST

START_TEST(arrays_are_found_by_name_and_read_as_floats)
{
    static const unsigned char data[] = {
        0x00, 0x00, 0x80, 0x3f, 0x00, 0x00, 0x00, 0x80,             /* F32: 1, -0 */
        0x00, 0x3c, 0x01, 0x00, 0xff, 0x7b, 0x00, 0xfc, 0x55, 0xb5, /* F16 */
        0x80, 0x3f, 0x49, 0xc0,                                     /* BF16: 1, -3.140625 */
    };
    static const char header[] = "{" ARRAY("half", "F16", "[5]", "[8,18]") ","
        ARRAY("brain", "BF16", "[2]", "[18,22]") "," ARRAY("single", "F32", "[2]", "[0,8]") "}";
    struct bytes bytes = make_file(header, sizeof data);
    memcpy(bytes.data + 8 + strlen(header), data, sizeof data);
    struct safetensors *file = safetensors_open("x", bytes.data, bytes.size, NULL);
    float x[5];
    ck_assert_ptr_nonnull(file);
    ck_assert_int_eq(file->count, 3);
    ck_assert_str_eq(file->arrays[0].name, "brain");
    ck_assert_ptr_null(safetensors_find(file, "double"));

    ck_assert(safetensors_floats(file, safetensors_find(file, "single"), x, NULL));
    ck_assert(x[0] == 1.0f && x[1] == 0.0f && signbit(x[1]));
    ck_assert(safetensors_floats(file, safetensors_find(file, "half"), x, NULL));
    ck_assert(x[0] == 1.0f && x[1] == 0x1p-24f && x[2] == 65504.0f);
    ck_assert(isinf(x[3]) && x[3] < 0 && x[4] == -0.33325195f);
    ck_assert(safetensors_floats(file, safetensors_find(file, "brain"), x, NULL));
    ck_assert(x[0] == 1.0f && x[1] == -3.140625f);
    safetensors_free(file);
    free(bytes.data);
}
END_TEST

/* Every half there is comes back as it was, and what lies between two goes to the nearest. */
START_TEST(floats_become_the_nearest_halves)
{
    enum { INFINITE = 0x7c00 };
    float x[INFINITE];
    uint16_t halves[INFINITE], middle;
    int shape = INFINITE, wrong = 0;
    for (int i = 0; i < INFINITE; i++) {
        int exponent = i >> 10, mantissa = i & 0x3ff;
        x[i] = exponent ? ldexpf((float)(1024 + mantissa), exponent - 25)
                        : ldexpf((float)mantissa, -24);
    }
    struct safetensors_array array = safetensors_array("x", 1, &shape, x);
    ck_assert(safetensors_halve(&array, halves));
    ck_assert_str_eq(array.dtype, "F16");
    ck_assert_uint_eq(array.size, 2 * INFINITE);
    for (int i = 0; i < INFINITE; i++)
        wrong += halves[i] != i;
    shape = 1;
    for (int i = 0; i + 1 < INFINITE; i++) {
        const float half_way = 0.5f * (x[i] + x[i + 1]);
        const float points[] = {nextafterf(half_way, 0), half_way, nextafterf(half_way, 1e9f)};
        for (int k = 0; k < 3; k++) {
            float minus = -points[k];
            array = safetensors_array("x", 1, &shape, &minus);
            ck_assert(safetensors_halve(&array, &middle));
            wrong += middle != (0x8000 | (k == 0 ? i : k == 2 ? i + 1 : i + (i & 1)));
        }
    }
    ck_assert_int_eq(wrong, 0);
}
END_TEST

START_TEST(numbers_too_large_for_halves_stay_floats)
{
    const float fine[] = {1, -65519}, large[] = {1, -65520}, none[] = {1, NAN};
    const float *const all[] = {fine, large, none};
    uint16_t halves[2];
    int shape = 2;
    for (int i = 0; i < 3; i++) {
        struct safetensors_array array = safetensors_array("x", 1, &shape, all[i]);
        ck_assert(safetensors_halve(&array, halves) == (i == 0));
        ck_assert_str_eq(array.dtype, i == 0 ? "F16" : "F32");
        ck_assert_uint_eq(array.size, i == 0 ? 4 : 8);
    }
}
END_TEST

START_TEST(numbers_that_are_no_floats_are_refused_by_their_kind)
{
    struct bytes bytes = make_file("{" ARRAY("x", "I64", "[1]", "[0,8]") "}", 8);
    struct safetensors *file = safetensors_open("x", bytes.data, bytes.size, NULL);
    struct err err;
    float x;
    ck_assert_ptr_nonnull(file);
    ck_assert(!safetensors_floats(file, &file->arrays[0], &x, &err));
    ck_assert_msg(says(&err, "\"x\"") && says(&err, "I64"), "%s", err.text);
    safetensors_free(file);
    free(bytes.data);
}
END_TEST

static const float weights[6] = {1, -2, 3.5f, 0x1p-149f, -0.0f, 1e38f};

static void save_two(const char *path, struct record *record)
{
    int shape[] = {2, 3}, len = 2;
    struct err err = {""};
    struct safetensors_array arrays[] = {
        safetensors_array("weight", 2, shape, weights),
        safetensors_array("bias", 1, &len, weights + 2),
    };
    ck_assert_msg(safetensors_save(path, arrays, 2, record, &err), "%s", err.text);
}

START_TEST(what_is_saved_is_read_again)
{
    struct record record = {0};
    struct err err = {""};
    float x[6];
    record_set(&record, "odd", "\"quoted\" \\ \n \xc3\xa9 \x01 \xf0\x9f\x96\x8b", NULL);
    save_two(path_of("a"), &record);
    struct safetensors *file = safetensors_load(path_of("a"), 1 << 20, &err);
    ck_assert_msg(file && safetensors_verify(file, &err), "%s", err.text);
    ck_assert_int_eq(file->count, 2);
    const struct safetensors_array *array = safetensors_find(file, "weight");
    ck_assert_int_eq(array->rank, 2);
    ck_assert(array->shape[0] == 2 && array->shape[1] == 3 && array->len == 6);
    ck_assert_str_eq(array->dtype, "F32");
    ck_assert(safetensors_floats(file, array, x, NULL));
    ck_assert_int_eq(memcmp(x, weights, sizeof x), 0);
    ck_assert_str_eq(record_get(&file->record, "odd"), record_get(&record, "odd"));
    safetensors_free(file);
    record_clear(&record);
}
END_TEST

START_TEST(the_header_is_padded_so_that_the_data_is_aligned)
{
    struct record record = {0};
    for (int i = 0; i < 9; i++) {
        char value[16] = "";
        memset(value, 'v', (size_t)i);
        record_set(&record, "key", value, NULL);
        save_two(path_of("a"), &record);
        struct bytes bytes = read_bytes(path_of("a"));
        uint64_t len;
        memcpy(&len, bytes.data, 8);
        ck_assert_uint_eq(len % 8, 0);
        ck_assert_uint_eq(8 + len + 8 * sizeof(float), bytes.size);
        ck_assert_int_eq(bytes.data[8], '{');
        free(bytes.data);
    }
    record_clear(&record);
}
END_TEST

START_TEST(the_checksum_does_not_mind_how_the_header_is_laid_out)
{
    struct record record = {0};
    struct err err = {""};
    char header[1000], checksum[9] = "";
    record_set(&record, "k", "v", NULL);
    save_two(path_of("a"), &record);
    struct safetensors *file = safetensors_load(path_of("a"), 1 << 20, NULL);
    strcpy(checksum, record_get(&file->record, SAFETENSORS_CHECKSUM));
    safetensors_free(file);

    sprintf(header, "{" ARRAY("weight", "F32", "[2,3]", "[0,24]") ", "
            ARRAY("bias", "F32", "[2]", "[24,32]")
            ", \"__metadata__\": {\"crc32\": \"%s\", \"\\u006b\": \"v\"}}", checksum);
    struct bytes bytes = make_file(header, 32);
    memcpy(bytes.data + bytes.size - 32, weights, 24);
    memcpy(bytes.data + bytes.size - 8, weights + 2, 8);
    file = safetensors_open("x", bytes.data, bytes.size, &err);
    ck_assert_msg(file && safetensors_verify(file, &err), "%s", err.text);
    bytes.data[bytes.size - 1] ^= 1;
    ck_assert(!safetensors_verify(file, &err));
    ck_assert_msg(says(&err, "not what was saved"), "%s", err.text);
    safetensors_free(file);
    free(bytes.data);
    record_clear(&record);
}
END_TEST

TCase *container_tests(void)
{
    TCase *tests = tcase_create("container");
    tcase_add_checked_fixture(tests, make_folder, remove_folder);
    tcase_set_timeout(tests, 120);
    tcase_add_test(tests, every_form_that_the_format_allows_is_read);
    tcase_add_test(tests, every_break_of_a_rule_is_refused_with_a_sentence);
    tcase_add_test(tests, a_length_that_is_not_the_headers_is_refused);
    tcase_add_test(tests, what_is_no_file_of_this_kind_is_refused);
    tcase_add_test(tests, deep_nesting_is_refused);
    tcase_add_test(tests, more_than_the_stated_maximum_is_refused);
    tcase_add_test(tests, a_text_that_is_too_long_for_a_record_is_passed_over);
    tcase_add_test(tests, arrays_are_found_by_name_and_read_as_floats);
    tcase_add_test(tests, floats_become_the_nearest_halves);
    tcase_add_test(tests, numbers_too_large_for_halves_stay_floats);
    tcase_add_test(tests, numbers_that_are_no_floats_are_refused_by_their_kind);
    tcase_add_test(tests, what_is_saved_is_read_again);
    tcase_add_test(tests, the_header_is_padded_so_that_the_data_is_aligned);
    tcase_add_test(tests, the_checksum_does_not_mind_how_the_header_is_laid_out);
    return tests;
}
