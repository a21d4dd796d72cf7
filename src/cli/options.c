/* SPDX-License-Identifier: MIT */
#include "cli/options.h"

#include <ctype.h>
#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/language.h"
#include "base/did_you_mean.h"
#include "base/text.h"
#include "cli/cli.h"
#include "cli/show.h"

enum {
    HELP_COLUMN = 26, /* where the explanations begin */
    SAID_MAX = 1000,
};

int options_refuse(const char *command, const char *format, ...)
{
    char said[SAID_MAX];
    va_list args;
    va_start(args, format);
    vsnprintf(said, sizeof said, format, args);
    va_end(args);
    show_line(stderr, "inkling: %s See `inkling%s%s --help`.", text_mend(said),
              command[0] ? " " : "", command);
    return CLI_WRONG;
}

void options_print(const struct option *option)
{
    const char *value = option->value;
    int width = printf("  --%s%s%s", option->name, value ? " " : "", value ? value : "");
    if (width >= HELP_COLUMN)
        width = printf("\n") - 1;
    printf("%*s%s\n", HELP_COLUMN - width, "", option->help);
}

static void print_help(const struct usage *usage)
{
    printf("Usage: inkling %s [options]%s%s\n\n%s\n\n", usage->command, usage->rest ? " " : "",
           usage->rest ? usage->rest : "", usage->about);
    for (int i = 0; i < usage->option_count; i++)
        options_print(&usage->options[i]);
    options_print(&(struct option){"help", NULL, "this", NULL});
}

/* The option whose name is the first `len` bytes of `name`. */
static const struct option *find_option(const struct usage *usage, const char *name, size_t len)
{
    for (int i = 0; i < usage->option_count; i++)
        if (strlen(usage->options[i].name) == len &&
            strncmp(usage->options[i].name, name, len) == 0)
            return &usage->options[i];
    return NULL;
}

static int refuse_unknown(const struct usage *usage, const char *name, size_t len)
{
    char word[64];
    snprintf(word, sizeof word, "%.*s", (int)len, name);
    const char *near =
        did_you_mean(word, &usage->options[0].name, usage->option_count, sizeof usage->options[0]);
    if (near)
        return options_refuse(usage->command, _("There is no option --%s; did you mean --%s?"),
                              word, near);
    return options_refuse(usage->command, _("There is no option --%s."), word);
}

/* Reads the option at argv[*at], "--name", and leaves *at at the last argument that it took. */
static bool read_option(const struct usage *usage, int argc, char **argv, int *at)
{
    const char *name = argv[*at] + 2, *equals = strchr(name, '=');
    size_t len = equals ? (size_t)(equals - name) : strlen(name);
    const struct option *option = find_option(usage, name, len);
    if (!option) {
        refuse_unknown(usage, name, len);
        return false;
    }
    if (!option->value) {
        *option->given = "";
        if (equals)
            options_refuse(usage->command, _("--%s takes no value."), option->name);
        return !equals;
    }
    if (equals) {
        *option->given = equals + 1;
        return true;
    }
    if (*at + 1 >= argc) {
        options_refuse(usage->command, _("--%s needs a value: --%s %s."), option->name,
                       option->name, option->value);
        return false;
    }
    *option->given = argv[++*at];
    return true;
}

static bool check_rest(const struct usage *usage, int count, char **argv)
{
    if (count < usage->rest_least)
        options_refuse(usage->command, _("%s is missing."), usage->rest);
    else if (count > usage->rest_most && usage->rest_most == 0)
        options_refuse(usage->command, _("\"%s\" is no option."), argv[0]);
    else if (count > usage->rest_most)
        options_refuse(usage->command, _("\"%s\" is one argument too many."),
                       argv[usage->rest_most]);
    else
        return true;
    return false;
}

enum options_result options_read(const struct usage *usage, int argc, char **argv, int *rest_count)
{
    bool only_rest = false;
    *rest_count = 0;
    for (int i = 0; i < argc; i++) {
        if (only_rest || argv[i][0] != '-' || strcmp(argv[i], "-") == 0) {
            argv[(*rest_count)++] = argv[i];
        } else if (strcmp(argv[i], "--") == 0) {
            only_rest = true;
        } else if (strcmp(argv[i], "--help") == 0 || strcmp(argv[i], "-h") == 0) {
            print_help(usage);
            return OPTIONS_HELPED;
        } else if (argv[i][1] != '-') {
            options_refuse(usage->command, _("There is no option %s."), argv[i]);
            return OPTIONS_WRONG;
        } else if (!read_option(usage, argc, argv, &i)) {
            return OPTIONS_WRONG;
        }
    }
    return check_rest(usage, *rest_count, argv) ? OPTIONS_READ : OPTIONS_WRONG;
}

bool options_whole(const char *command, const char *name, const char *text, int least, int most,
                   int *number)
{
    if (!text)
        return true;
    char *end;
    errno = 0;
    long value = strtol(text, &end, 10);
    if (!isdigit((unsigned char)text[0]) || *end != 0 || errno != 0 || value < least ||
        value > most) {
        options_refuse(command,
                       _("\"%s\" is no number for --%s: give a whole number from %d to %d."), text,
                       name, least, most);
        return false;
    }
    *number = (int)value;
    return true;
}
