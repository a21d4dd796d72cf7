/* SPDX-License-Identifier: MIT */
/* The program: chooses the kernels, then runs a command or opens the window. */
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/files.h"
#include "base/language.h"
#include "base/did_you_mean.h"
#include "cli/cli.h"
#include "cli/options.h"
#include "cli/show.h"
#include "kern/kern.h"

static void print_help(void)
{
    char names[120] = "", kernels[200];
    printf(_("Usage: inkling [options]          opens the window\n"
             "       inkling COMMAND [options]\n\nCommands:\n"));
    for (int i = 0; i < cli_command_count; i++)
        printf("  %-10s %s\n", cli_commands[i].name, cli_commands[i].about);
    printf(_("\n`inkling COMMAND --help` shows a command's options. Those of the window:\n\n"));
    cli_window_print_options();
    for (int i = 0; kern_at(i); i++) {
        size_t used = strlen(names);
        snprintf(names + used, sizeof names - used, i ? " %s" : "%s", kern_at(i)->name);
    }
    snprintf(kernels, sizeof kernels, _("use these kernels: %s; else the best for this CPU"),
             names);
    options_print(&(struct option){"kern", "NAME", kernels, NULL});
    options_print(&(struct option){"version", NULL, _("the program's version"), NULL});
    options_print(&(struct option){"help", NULL, _("this"), NULL});
    printf(_("\nActions for --do, one a line; lines that begin with # are passed over:\n\n"));
    cli_window_print_actions();
}

/* Takes `--kern NAME` out of argv, wherever it stands before a `--`. False: there is none of that
 * name; said on stderr. */
static bool choose_kernels(int *argc, char **argv, const struct kern **kern)
{
    int kept = 1;
    const char *name = NULL;
    bool more = true;
    for (int i = 1; i < *argc; i++) {
        more = more && strcmp(argv[i], "--") != 0;
        if (more && strcmp(argv[i], "--kern") == 0 && i + 1 < *argc)
            name = argv[++i];
        else if (more && strncmp(argv[i], "--kern=", 7) == 0)
            name = argv[i] + 7;
        else
            argv[kept++] = argv[i];
    }
    argv[kept] = NULL;
    *argc = kept;
    *kern = name ? kern_find(name) : kern_best();
    if (!*kern)
        options_refuse("", _("This computer has no kernels \"%s\"."), name);
    return *kern != NULL;
}

static int refuse_command(const char *typed)
{
    const char *near =
        did_you_mean(typed, &cli_commands[0].name, cli_command_count, sizeof cli_commands[0]);
    if (near)
        return options_refuse("", _("There is no command \"%s\"; did you mean %s?"), typed, near);
    return options_refuse("", _("There is no command \"%s\"."), typed);
}

/* Where a standard stream was closed, the first file that is opened would take its place, and what
 * is printed would be written into it. What fills it must not look like a stream that works: it is
 * open the wrong way round, so that a name that is read from it, or an answer that is written to
 * it, fails (EBADF). */
static void open_streams(void)
{
    static const int ways[] = {
        [STDIN_FILENO] = O_WRONLY, [STDOUT_FILENO] = O_RDONLY, [STDERR_FILENO] = O_WRONLY};
    for (int stream = STDIN_FILENO; stream <= STDERR_FILENO; stream++)
        if (fcntl(stream, F_GETFD) < 0 && errno == EBADF)
            open("/dev/null", ways[stream]); /* takes the lowest number that is free */
}

static int run_program(int argc, char **argv)
{
    const struct kern *kern;
    if (!choose_kernels(&argc, argv, &kern))
        return CLI_WRONG;
    kern_flush_tiny(); /* before any thread is started, since they begin as this one is */
    const char *first = argc > 1 ? argv[1] : "";
    if (strcmp(first, "--help") == 0 || strcmp(first, "-h") == 0 || strcmp(first, "help") == 0) {
        print_help();
        return CLI_DONE;
    }
    if (strcmp(first, "--version") == 0) {
        puts("inkling " INKLING_VERSION);
        return CLI_DONE;
    }
    files_sweep_user();
    for (int i = 0; i < cli_command_count; i++)
        if (strcmp(first, cli_commands[i].name) == 0)
            return cli_commands[i].run(argc - 2, argv + 2, kern);
    if (first[0] && first[0] != '-')
        return refuse_command(first);
    return cli_window(argc - 1, argv + 1, kern);
}

int main(int argc, char **argv)
{
    open_streams();
    signal(SIGXFSZ, SIG_IGN); /* the write that goes beyond `ulimit -f` says so */
    return show_end(run_program(argc, argv));
}
