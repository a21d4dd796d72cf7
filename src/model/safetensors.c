/* SPDX-License-Identifier: MIT */
#include "model/safetensors.h"

#include <jansson.h>
#include <math.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/buffer.h"
#include "base/crc.h"
#include "base/err.h"
#include "base/files.h"
#include "base/json_text.h"
#include "base/language.h"

#if __BYTE_ORDER__ != __ORDER_LITTLE_ENDIAN__
#error "The file holds little-endian numbers, which this machine would have to turn round."
#endif

enum { LENGTH_SIZE = 8, ALIGNMENT = 8 };

static const char metadata_key[] = "__metadata__";

/* The kinds of number that the format knows, with their bytes. */
static const struct dtype {
    const char *name;
    size_t size;
} dtypes[] = {
    {"BOOL", 1},    {"U8", 1},  {"I8", 1},  {"F8_E5M2", 1}, {"F8_E4M3", 1}, {"F8_E8M0", 1},
    {"I16", 2},     {"U16", 2}, {"F16", 2}, {"BF16", 2},    {"I32", 4},     {"U32", 4},
    {"F32", 4},     {"F64", 8}, {"I64", 8}, {"U64", 8},     {"C64", 8},
};

/* ---- sentences ----------------------------------------------------------------------------- */

static void set_label(struct safetensors *file, const char *path)
{
    const char *label = strlen(path) < sizeof file->label ? path : files_name(path);
    snprintf(file->label, sizeof file->label, "%s", label);
}

__attribute__((format(printf, 3, 4))) static bool refuse(const struct safetensors *file,
                                                         struct err *err, const char *format, ...)
{
    char why[160];
    va_list args;
    va_start(args, format);
    vsnprintf(why, sizeof why, format, args);
    va_end(args);
    return err_set(err,
                   _("%s is damaged or not a model file: %s; fetch it again or train a new one."),
                   file->label, why);
}

/* ---- the header ---------------------------------------------------------------------------- */

/* Other programs keep pictures and licences there, which a record has no room for and no use. */
static bool is_for_record(const char *key, const json_t *value)
{
    return strlen(key) < RECORD_KEY_MAX && json_string_length(value) < RECORD_VALUE_MAX;
}

static bool read_metadata(struct safetensors *file, json_t *object, struct err *err)
{
    const char *key;
    json_t *value;
    if (!json_is_object(object))
        return refuse(file, err, _("its metadata is not a list of texts"));
    json_object_foreach(object, key, value) {
        if (!json_is_string(value))
            return refuse(file, err, _("its metadata is not a list of texts"));
        if (is_for_record(key, value) &&
            !record_set(&file->record, key, json_string_value(value), NULL))
            return refuse(file, err, _("its metadata is longer than a model's would be"));
    }
    return true;
}

static bool read_size(const json_t *number, size_t *size)
{
    json_int_t value = json_integer_value(number);
    *size = (size_t)value;
    return json_is_integer(number) && value >= 0;
}

static const struct dtype *find_dtype(const char *name)
{
    for (size_t i = 0; name && i < sizeof dtypes / sizeof dtypes[0]; i++)
        if (strcmp(dtypes[i].name, name) == 0)
            return &dtypes[i];
    return NULL;
}

static bool read_shape(struct safetensors_array *array, const json_t *shape)
{
    if (!json_is_array(shape) || json_array_size(shape) > SAFETENSORS_RANK_MAX)
        return false;
    array->rank = (int)json_array_size(shape);
    array->len = 1;
    for (int i = 0; i < array->rank; i++)
        if (!read_size(json_array_get(shape, (size_t)i), &array->shape[i]) ||
            __builtin_mul_overflow(array->len, array->shape[i], &array->len))
            return false;
    return true;
}

/* Whether the array takes a range of the data that is just as long as its shape and type need. */
static bool read_range(const struct safetensors_array *array, size_t number_size,
                       const json_t *offsets, size_t *begin, size_t *end)
{
    size_t size;
    return json_is_array(offsets) && json_array_size(offsets) == 2 &&
           read_size(json_array_get(offsets, 0), begin) &&
           read_size(json_array_get(offsets, 1), end) && *begin <= *end &&
           !__builtin_mul_overflow(array->len, number_size, &size) && *end - *begin == size;
}

static bool read_array(struct safetensors *file, const char *name, json_t *entry,
                       size_t data_size, struct err *err)
{
    struct safetensors_array *array = &file->arrays[file->count];
    size_t end;
    const struct dtype *dtype = find_dtype(json_string_value(json_object_get(entry, "dtype")));
    if (strlen(name) >= sizeof array->name)
        return refuse(file, err, _("it has an array with a very long name"));
    strcpy(array->name, name);
    if (json_object_size(entry) != 3 || !dtype)
        return refuse(file, err, _("\"%.60s\" is not described as an array of a known kind"), name);
    array->dtype = dtype->name;
    if (!read_shape(array, json_object_get(entry, "shape")))
        return refuse(file, err, _("\"%.60s\" has an impossible shape"), name);
    if (!read_range(array, dtype->size, json_object_get(entry, "data_offsets"),
                    &array->begin, &end))
        return refuse(file, err, _("\"%.60s\" has not the place in the file that it needs"), name);
    if (end > data_size)
        return refuse(file, err, _("it is cut short"));
    array->size = end - array->begin;
    file->count++;
    return true;
}

static bool read_entries(struct safetensors *file, json_t *header, size_t data_size,
                         struct err *err)
{
    const char *name;
    json_t *entry;
    size_t count = json_object_size(header);
    if (!json_is_object(header))
        return refuse(file, err, _("its header is not a list of arrays"));
    if (count > SAFETENSORS_COUNT_MAX)
        return refuse(file, err, _("it has more than %d arrays"), SAFETENSORS_COUNT_MAX);
    file->arrays = calloc(count ? count : 1, sizeof *file->arrays);
    if (!file->arrays)
        return err_memory(err, file->label);
    json_object_foreach(header, name, entry) {
        bool ok = strcmp(name, metadata_key) == 0
                      ? read_metadata(file, entry, err)
                      : read_array(file, name, entry, data_size, err);
        if (!ok)
            return false;
    }
    return true;
}

/* ---- the whole file ------------------------------------------------------------------------ */

static int compare_places(const void *a, const void *b)
{
    const struct safetensors_array *x = a, *y = b;
    if (x->begin != y->begin)
        return x->begin < y->begin ? -1 : 1;
    return (x->size > y->size) - (x->size < y->size);
}

static int compare_names(const void *a, const void *b)
{
    const struct safetensors_array *x = a, *y = b;
    return strcmp(x->name, y->name);
}

static void sort_arrays(struct safetensors_array *arrays, int count,
                        int (*compare)(const void *, const void *))
{
    if (count > 0)
        qsort(arrays, (size_t)count, sizeof *arrays, compare);
}

/* The arrays must follow one another without gaps or overlaps, from the data's start to its end. */
static bool check_cover(struct safetensors *file, size_t data_size, struct err *err)
{
    size_t at = 0;
    sort_arrays(file->arrays, file->count, compare_places);
    for (int i = 0; i < file->count; i++) {
        if (file->arrays[i].begin != at)
            return refuse(file, err, _("its arrays overlap or leave gaps"));
        at += file->arrays[i].size;
    }
    if (at != data_size)
        return refuse(file, err, _("there are bytes after its last array"));
    sort_arrays(file->arrays, file->count, compare_names);
    return true;
}

/* The format allows nothing but spaces around the JSON, and those only after it. */
static bool is_framed(const char *text, size_t len)
{
    while (len > 0 && text[len - 1] == ' ')
        len--;
    return len >= 2 && text[0] == '{' && text[len - 1] == '}';
}

/* Reads the header, which lies within the first `size` bytes of a file of `whole` bytes. */
static bool read_header(struct safetensors *file, const unsigned char *bytes, size_t size,
                        size_t whole, size_t *header_end, struct err *err)
{
    uint64_t header_size;
    json_error_t error;
    if (size < LENGTH_SIZE)
        return refuse(file, err, size ? _("it is cut short") : _("it is empty"));
    memcpy(&header_size, bytes, LENGTH_SIZE);
    if (header_size > SAFETENSORS_HEADER_MAX)
        return refuse(file, err, _("it does not begin with the length of a header"));
    if (header_size > size - LENGTH_SIZE)
        return refuse(file, err, _("it is cut short"));
    const char *text = (const char *)bytes + LENGTH_SIZE;
    if (!is_framed(text, header_size))
        return refuse(file, err, _("its header is not between braces"));
    json_t *header = json_loadb(text, header_size, JSON_REJECT_DUPLICATES, &error);
    if (!header)
        return refuse(file, err, _("its header cannot be read at byte %d"), error.position);
    *header_end = LENGTH_SIZE + header_size;
    bool ok = *header_end <= whole ? read_entries(file, header, whole - *header_end, err) &&
                                         check_cover(file, whole - *header_end, err)
                                   : refuse(file, err, _("it is cut short"));
    json_decref(header);
    return ok;
}

static bool read_file(struct safetensors *file, const unsigned char *bytes, size_t size,
                      struct err *err)
{
    size_t header_end;
    if (!read_header(file, bytes, size, size, &header_end, err))
        return false;
    for (int i = 0; i < file->count; i++)
        file->arrays[i].data = bytes + header_end + file->arrays[i].begin;
    return true;
}

static struct safetensors *new_file(const char *label, struct err *err)
{
    struct safetensors *file = calloc(1, sizeof *file);
    if (file)
        set_label(file, label);
    else
        err_memory(err, label);
    return file;
}

struct safetensors *safetensors_open(const char *label, const void *bytes, size_t size,
                                     struct err *err)
{
    struct safetensors *file = new_file(label, err);
    if (file && !read_file(file, bytes, size, err)) {
        safetensors_free(file);
        return NULL;
    }
    return file;
}

struct safetensors *safetensors_load(const char *path, size_t max, struct err *err)
{
    size_t size;
    unsigned char *bytes = files_read(path, max, &size, err);
    if (!bytes)
        return NULL;
    struct safetensors *file = safetensors_open(path, bytes, size, err);
    if (file)
        file->owned = bytes;
    else
        free(bytes);
    return file;
}

/* The first bytes of the file up to the end of its header, or what there is of it. */
static unsigned char *read_start(const char *path, size_t *size, size_t *whole, struct err *err)
{
    uint64_t header_size = 0;
    unsigned char *length = files_read_start(path, LENGTH_SIZE, size, whole, err);
    if (!length)
        return NULL;
    memcpy(&header_size, length, *size);
    free(length);
    if (header_size > SAFETENSORS_HEADER_MAX)
        header_size = 0;
    return files_read_start(path, LENGTH_SIZE + header_size, size, whole, err);
}

struct safetensors *safetensors_peek(const char *path, struct err *err)
{
    size_t size, whole, header_end;
    unsigned char *bytes = read_start(path, &size, &whole, err);
    struct safetensors *file = bytes ? new_file(path, err) : NULL;
    if (file && !read_header(file, bytes, size, whole, &header_end, err)) {
        safetensors_free(file);
        file = NULL;
    }
    free(bytes);
    return file;
}

void safetensors_free(struct safetensors *file)
{
    if (!file)
        return;
    record_clear(&file->record);
    free(file->arrays);
    free(file->owned);
    free(file);
}

const struct safetensors_array *safetensors_find(const struct safetensors *file, const char *name)
{
    for (int i = 0; i < file->count; i++)
        if (strcmp(file->arrays[i].name, name) == 0)
            return &file->arrays[i];
    return NULL;
}

/* ---- the checksum -------------------------------------------------------------------------- */

static uint32_t add_text(uint32_t crc, const char *text)
{
    return crc_add(crc, text, strlen(text) + 1);
}

static uint32_t add_array(uint32_t crc, const struct safetensors_array *array)
{
    char shape[SAFETENSORS_RANK_MAX * 21 + 1] = "", *at = shape;
    for (int i = 0; i < array->rank; i++)
        at += sprintf(at, "%s%zu", i ? "," : "", array->shape[i]);
    crc = add_text(crc, array->name);
    crc = add_text(crc, array->dtype);
    crc = add_text(crc, shape);
    return crc_add(crc, array->data, array->size);
}

/* Both the record and the arrays must be in order. */
static void write_checksum(const struct record *record, const struct safetensors_array *arrays,
                           int count, char digits[9])
{
    uint32_t crc = 0;
    for (int i = 0; i < record->count; i++) {
        if (strcmp(record->items[i].key, SAFETENSORS_CHECKSUM) == 0)
            continue;
        crc = add_text(crc, record->items[i].key);
        crc = add_text(crc, record->items[i].value);
    }
    for (int i = 0; i < count; i++)
        crc = add_array(crc, &arrays[i]);
    snprintf(digits, 9, "%08x", crc);
}

bool safetensors_verify(const struct safetensors *file, struct err *err)
{
    const char *saved = record_get(&file->record, SAFETENSORS_CHECKSUM);
    char digits[9];
    if (!saved)
        return refuse(file, err, _("it carries no checksum"));
    write_checksum(&file->record, file->arrays, file->count, digits);
    if (strcmp(saved, digits) != 0)
        return refuse(file, err, _("its contents are not what was saved"));
    return true;
}

/* ---- numbers ------------------------------------------------------------------------------- */

static float bits_to_float(uint32_t bits)
{
    float number;
    memcpy(&number, &bits, sizeof number);
    return number;
}

/* IEEE 754 binary16: 1 bit of sign, 5 of exponent (bias 15), 10 of mantissa. */
static float half_to_float(uint16_t half)
{
    uint32_t sign = (uint32_t)(half & 0x8000) << 16, mantissa = half & 0x3ff;
    uint32_t exponent = half >> 10 & 0x1f;
    if (exponent == 0) {
        float small = (float)mantissa * 0x1p-24f;
        return sign ? -small : small;
    }
    exponent = exponent == 0x1f ? 0xff : exponent + 127 - 15;
    return bits_to_float(sign | exponent << 23 | mantissa << 13);
}

/* To the nearest, ties to even. Halves end at 65504; below 2^-14 they are multiples of 2^-24, which
 * a sum with 1/2 rounds to by itself: a float has a unit of 2^-24 there. */
static uint16_t float_to_half(float number)
{
    uint32_t bits, sign;
    memcpy(&bits, &number, sizeof bits);
    sign = bits >> 16 & 0x8000;
    bits &= 0x7fffffff;
    if (bits < (127 - 14) << 23) {
        float sum = bits_to_float(bits) + 0.5f;
        memcpy(&bits, &sum, sizeof bits);
        return (uint16_t)(sign | (bits - (126u << 23)));
    }
    uint32_t odd = bits >> 13 & 1;
    bits += 0xfff + odd - ((127u - 15) << 23);
    return (uint16_t)(sign | bits >> 13);
}

static float bfloat_to_float(uint16_t bfloat)
{
    return bits_to_float((uint32_t)bfloat << 16);
}

static void convert_short(const unsigned char *from, size_t len, float (*convert)(uint16_t),
                          float *to)
{
    for (size_t i = 0; i < len; i++) {
        uint16_t bits;
        memcpy(&bits, from + i * sizeof bits, sizeof bits);
        to[i] = convert(bits);
    }
}

static void convert_doubles(const unsigned char *from, size_t len, float *to)
{
    for (size_t i = 0; i < len; i++) {
        double number;
        memcpy(&number, from + i * sizeof number, sizeof number);
        to[i] = (float)number;
    }
}

bool safetensors_floats(const struct safetensors *file, const struct safetensors_array *array,
                        float *to, struct err *err)
{
    if (array->len == 0)
        return true;
    if (strcmp(array->dtype, "F32") == 0)
        memcpy(to, array->data, array->size);
    else if (strcmp(array->dtype, "F16") == 0)
        convert_short(array->data, array->len, half_to_float, to);
    else if (strcmp(array->dtype, "BF16") == 0)
        convert_short(array->data, array->len, bfloat_to_float, to);
    else if (strcmp(array->dtype, "F64") == 0)
        convert_doubles(array->data, array->len, to);
    else
        return err_set(err,
                       _("%s has \"%.60s\" as numbers of the kind %s, and F16, BF16, F32 and "
                         "F64 are read; convert it, or train a new one."),
                       file->label, array->name, array->dtype);
    return true;
}

/* ---- saving -------------------------------------------------------------------------------- */

struct safetensors_array safetensors_array(const char *name, int rank, const int *shape,
                                           const float *data)
{
    struct safetensors_array array = {.dtype = "F32", .rank = rank, .len = 1, .data = data};
    snprintf(array.name, sizeof array.name, "%s", name);
    for (int i = 0; i < rank; i++) {
        array.shape[i] = (size_t)shape[i];
        array.len *= array.shape[i];
    }
    array.size = array.len * sizeof(float);
    return array;
}

bool safetensors_halve(struct safetensors_array *array, uint16_t *halves)
{
    static const float too_large = 65520; /* rounds to infinity */
    const float *numbers = array->data;
    for (size_t i = 0; i < array->len; i++)
        if (!(fabsf(numbers[i]) < too_large))
            return false;
    for (size_t i = 0; i < array->len; i++)
        halves[i] = float_to_half(numbers[i]);
    array->dtype = "F16";
    array->data = halves;
    array->size = array->len * sizeof *halves;
    return true;
}

/* These two return NULL when memory is short, which json_object_set_new() then reports. */
static json_t *describe_record(const struct record *record, const char *checksum)
{
    json_t *object = json_object();
    int failed = 0;
    for (int i = 0; i < record->count; i++)
        failed |= json_object_set_new(object, record->items[i].key,
                                      json_string(record->items[i].value));
    failed |= json_object_set_new(object, SAFETENSORS_CHECKSUM, json_string(checksum));
    if (failed) {
        json_decref(object);
        return NULL;
    }
    return object;
}

static json_t *describe_array(const struct safetensors_array *array, size_t at)
{
    json_t *shape = json_array();
    int failed = 0;
    for (int i = 0; i < array->rank; i++)
        failed |= json_array_append_new(shape, json_integer((json_int_t)array->shape[i]));
    if (failed) {
        json_decref(shape);
        return NULL;
    }
    return json_pack("{s:s, s:o, s:[I, I]}", "dtype", array->dtype, "shape", shape,
                     "data_offsets", (json_int_t)at, (json_int_t)(at + array->size));
}

/* The header as text, padded so that the data is aligned; the caller frees it. NULL: no memory. */
static char *write_header(const struct safetensors_array *arrays, int count,
                          const struct record *record, size_t *size)
{
    char checksum[9];
    write_checksum(record, arrays, count, checksum);
    json_t *header = json_object();
    int failed = json_object_set_new(header, metadata_key, describe_record(record, checksum));
    for (size_t i = 0, at = 0; i < (size_t)count; at += arrays[i].size, i++)
        failed |= json_object_set_new(header, arrays[i].name, describe_array(&arrays[i], at));
    struct buffer text = {0};
    json_text_add(header, JSON_COMPACT, &text);
    json_decref(header);
    while (!text.failed && text.size % ALIGNMENT != 0)
        buffer_add(&text, " ", 1);
    char *whole = buffer_take(&text, size);
    if (!failed)
        return whole;
    free(whole);
    return NULL;
}

static bool write_parts(const char *path, const struct safetensors_array *arrays, int count,
                        const char *header, size_t header_size, struct err *err)
{
    uint64_t length = header_size;
    struct files_part *parts = calloc((size_t)count + 2, sizeof *parts);
    if (!parts)
        return err_memory(err, _("saving"));
    parts[0] = (struct files_part){&length, sizeof length};
    parts[1] = (struct files_part){header, header_size};
    for (int i = 0; i < count; i++)
        parts[i + 2] = (struct files_part){arrays[i].data, arrays[i].size};
    bool ok = files_write(path, parts, count + 2, err);
    free(parts);
    return ok;
}

bool safetensors_save(const char *path, struct safetensors_array *arrays, int count,
                      const struct record *record, struct err *err)
{
    size_t header_size;
    sort_arrays(arrays, count, compare_names);
    char *header = write_header(arrays, count, record, &header_size);
    if (!header)
        return err_memory(err, _("saving"));
    bool ok = header_size <= SAFETENSORS_HEADER_MAX
                  ? write_parts(path, arrays, count, header, header_size, err)
                  : err_set(err, _("%s cannot be written: its record is too long."), path);
    free(header);
    return ok;
}
