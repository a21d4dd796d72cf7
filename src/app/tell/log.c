/* SPDX-License-Identifier: MIT */
#include "app/tell/log.h"

#include <math.h>
#include <stdlib.h>

#include "app/host.h"
#include "base/json_text.h"

bool log_is_on(const struct log *log)
{
    return log->host->log != NULL;
}

void log_event(const struct log *log, json_t *event)
{
    const size_t flags = JSON_COMPACT | JSON_ENSURE_ASCII | JSON_REAL_PRECISION(6);
    char *line = event && log_is_on(log) ? json_text(event, flags, NULL) : NULL;
    if (line)
        log->host->log(log->host->user, line);
    free(line);
    json_decref(event);
}

json_t *log_number(double value)
{
    return isfinite(value) && value >= 0 ? json_real(value) : json_null();
}

void log_error(const struct log *log, const char *text)
{
    log_event(log, json_pack("{s:s, s:o}", "event", "error", "text", json_any_text(text)));
}
