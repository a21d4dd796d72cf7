/* log_stream.h -- lines to a reader who may be slow, stop reading or leave, without waiting for
 * him.
 *
 * What a full pipe or a halted terminal does not take waits here and is sent later. The log is
 * given up where its reader leaves, where it cannot be written, and where more waits than
 * LOG_WAITING_MAX.
 */
#ifndef BASE_LOG_STREAM_H
#define BASE_LOG_STREAM_H

#include <stdbool.h>
#include <stddef.h>

struct err;

enum { LOG_WAITING_MAX = 4 << 20 }; /* bytes */

struct log_stream {
    int file;      /* -1: there is none, or it was given up */
    char *waiting; /* what was not taken yet */
    size_t size, room;
    char trouble[80]; /* why it broke off, unless its reader left */
};

/* "-" is standard output; a NULL path is no log. False with a sentence. */
bool log_stream_open(struct log_stream *log, const char *path, struct err *err);

/* A line, given without its end. */
void log_stream_write(struct log_stream *log, const char *line);

/* Sends what is taken of what waits. True: something waits still, so ask again soon. */
bool log_stream_send(struct log_stream *log);

/* Gives the reader a second to take the rest. False with a sentence where a part was lost. */
bool log_stream_close(struct log_stream *log, struct err *err);

#endif
