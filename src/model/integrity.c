/* SPDX-License-Identifier: MIT */
#include "model/integrity.h"

#include <stdint.h>
#include <string.h>

#include "base/err.h"
#include "base/language.h"
#include "model/record.h"
#include "model/safetensors.h"

static const char format_key[] = "format", version_key[] = "format_version";

static const char *const formats[] = {
    [INTEGRITY_MODEL] = "inkling",
    [INTEGRITY_CHECKPOINT] = "inkling-checkpoint",
};

bool integrity_seal(struct record *record, enum integrity_kind kind, int version, struct err *err)
{
    return record_set(record, format_key, formats[kind], err) &&
           record_set_count(record, version_key, (uint64_t)version, err);
}

static bool is_kind(const struct safetensors *file, enum integrity_kind kind)
{
    const char *format = record_get(&file->record, format_key);
    return format && strcmp(format, formats[kind]) == 0;
}

static bool get_version(const struct safetensors *file, uint64_t *version)
{
    return record_get_count(&file->record, version_key, version) && *version > 0;
}

bool integrity_suits(const struct safetensors *file, enum integrity_kind kind, int version,
                     struct err *err)
{
    uint64_t found;
    if (kind != INTEGRITY_CHECKPOINT && is_kind(file, INTEGRITY_CHECKPOINT))
        return err_set(err,
                       _("%s is a training that can go on, not a model; resume it, or open a "
                         "model."),
                       file->label);
    if (kind != INTEGRITY_MODEL && is_kind(file, INTEGRITY_MODEL))
        return err_set(err,
                       _("%s is a finished model, not a training that can go on; open it as a "
                         "model, or start a new training."),
                       file->label);
    if (get_version(file, &found) && found > (uint64_t)version)
        return err_set(err,
                       _("%s is of version %llu, newer than the version %d that this program "
                         "reads; update the program or train a new one."),
                       file->label, (unsigned long long)found, version);
    return true;
}

int integrity_missing(const struct safetensors *file, enum integrity_kind kind,
                      const char *keys[INTEGRITY_KEYS])
{
    int count = 0;
    uint64_t version;
    if (!is_kind(file, kind))
        keys[count++] = format_key;
    if (!get_version(file, &version))
        keys[count++] = version_key;
    if (!record_get(&file->record, SAFETENSORS_CHECKSUM))
        keys[count++] = SAFETENSORS_CHECKSUM;
    return count;
}

bool integrity_look(const struct safetensors *file, enum integrity_kind kind, int version,
                    struct err *err)
{
    uint64_t found;
    if (!integrity_suits(file, kind, version, err))
        return false;
    if (!is_kind(file, kind))
        return err_set(err,
                       _("%s holds arrays, but does not say which network they make; open a "
                         "model that this program saved, or train one."),
                       file->label);
    if (!get_version(file, &found))
        return err_set(err,
                       _("%s is damaged: it does not say its version; fetch it again or train "
                         "a new one."),
                       file->label);
    return true;
}

bool integrity_open(const struct safetensors *file, enum integrity_kind kind, int version,
                    struct err *err)
{
    return integrity_look(file, kind, version, err) && safetensors_verify(file, err);
}

bool integrity_strip(struct record *record)
{
    return record_set(record, format_key, NULL, NULL) &&
           record_set(record, version_key, NULL, NULL) &&
           record_set(record, SAFETENSORS_CHECKSUM, NULL, NULL);
}
