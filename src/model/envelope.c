/* SPDX-License-Identifier: MIT */
#include "model/envelope.h"

#include <stdint.h>
#include <string.h>

#include "base/err.h"
#include "model/record.h"
#include "model/safetensors.h"

static const char format_key[] = "format", version_key[] = "format_version";

static const char *const formats[] = {
    [ENVELOPE_MODEL] = "inkling",
    [ENVELOPE_CHECKPOINT] = "inkling-checkpoint",
};

bool envelope_seal(struct record *record, enum envelope_kind kind, int version, struct err *err)
{
    return record_set(record, format_key, formats[kind], err) &&
           record_set_count(record, version_key, (uint64_t)version, err);
}

static bool check_kind(const struct safetensors *file, enum envelope_kind kind, struct err *err)
{
    const char *format = record_get(&file->record, format_key);
    if (format && strcmp(format, formats[kind]) == 0)
        return true;
    if (format && strcmp(format, formats[ENVELOPE_CHECKPOINT]) == 0)
        return err_set(err, "%s is a training that can go on, not a model; resume it, or open a "
                       "model.", file->label);
    if (format && strcmp(format, formats[ENVELOPE_MODEL]) == 0)
        return err_set(err, "%s is a finished model, not a training that can go on; open it as a "
                       "model, or start a new training.", file->label);
    return err_set(err, "%s holds arrays, but does not say which network they make; open a model "
                   "that this program saved, or train one.", file->label);
}

static bool check_version(const struct safetensors *file, int version, struct err *err)
{
    uint64_t found;
    if (!record_get_count(&file->record, version_key, &found) || found == 0)
        return err_set(err, "%s is damaged: it does not say its version; fetch it again or train "
                       "a new one.", file->label);
    if (found > (uint64_t)version)
        return err_set(err, "%s is of version %llu, newer than the version %d that this program "
                       "reads; update the program or train a new one.", file->label,
                       (unsigned long long)found, version);
    return true;
}

bool envelope_look(const struct safetensors *file, enum envelope_kind kind, int version,
                   struct err *err)
{
    return check_kind(file, kind, err) && check_version(file, version, err);
}

bool envelope_open(const struct safetensors *file, enum envelope_kind kind, int version,
                   struct err *err)
{
    return envelope_look(file, kind, version, err) && safetensors_verify(file, err);
}

bool envelope_strip(struct record *record)
{
    return record_set(record, format_key, NULL, NULL) &&
           record_set(record, version_key, NULL, NULL) &&
           record_set(record, SAFETENSORS_CHECKSUM, NULL, NULL);
}
