/* log.h -- what happens, as JSON objects for scripts, screen readers and tests: the writer. It
 * knows no part: each makes its own events.
 *
 *     log_event(log, json_pack("{s:s, s:s}", "event", "hand", "state", "waiting"));
 */
#ifndef APP_TELL_LOG_H
#define APP_TELL_LOG_H

#include <jansson.h>
#include <stdbool.h>

struct app_host;

struct log {
    const struct app_host *host; /* outlives it */
};

/* Whether anybody listens: an event that takes time to make need not be made else. */
bool log_is_on(const struct log *log);

/* Takes the object over, and gives it to the host at once, on one line. NULL (no memory for it) is
 * fine: then there is no line. */
void log_event(const struct log *log, json_t *event);

/* A number, or null where it was not measured: negative, or not finite. */
json_t *log_number(double value);

/* {"event":"error","text":...} */
void log_error(const struct log *log, const char *text);

#endif
