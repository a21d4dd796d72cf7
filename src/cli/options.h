/* options.h -- a command's options as a table: read, checked, and shown by --help.
 *
 * `--name value` and `--name=value` are the same; `--` ends the options. `--help` is always there.
 */
#ifndef CLI_OPTIONS_H
#define CLI_OPTIONS_H

#include <stdbool.h>

struct option {
    const char *name;  /* without the dashes */
    const char *value; /* what stands for the value in the help, such as "N"; NULL: a switch */
    const char *help;
    const char **given; /* where the value goes, for a switch ""; NULL in it: not given */
};

struct usage {
    const char *command;
    const char *rest; /* arguments without a name, for the help, such as "IMAGE..."; NULL: none */
    int rest_least, rest_most;
    const char *about; /* a paragraph or two */
    const struct option *options;
    int option_count;
};

/* Its lines of the help. */
void options_print(const struct option *option);

enum options_result { OPTIONS_READ, OPTIONS_HELPED, OPTIONS_WRONG };

/* Reads argv[0 .. argc - 1], the arguments after the command's name. Arguments without a name are
 * moved to the front of argv, and *rest_count says how many they are. Prints the help, or the
 * sentence that says what is wrong. */
enum options_result options_read(const struct usage *usage, int argc, char **argv, int *rest_count);

/* A sentence on stderr, as printf does, and where to find help. Returns CLI_WRONG. */
int options_refuse(const char *command, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

/* A whole number, `text` or, where that is NULL, the one that is there already. False: `text` is
 * none from `least` to `most`; said on stderr. */
bool options_whole(const char *command, const char *name, const char *text, int least, int most,
                   int *number);

#endif
