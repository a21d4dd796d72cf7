/* cli.h -- the commands: one file each, the same beginning and end.
 *
 * A command gets the arguments after its name and returns the exit status. Answers go to stdout,
 * all else to stderr; with --json stdout gets exactly one JSON object.
 */
#ifndef CLI_CLI_H
#define CLI_CLI_H

#include <stdbool.h>

struct kern;

enum cli_status {
    CLI_DONE = 0,
    CLI_FAILED = 1, /* it could not be done; one sentence on stderr */
    CLI_WRONG = 2,  /* wrong usage */
};

struct command {
    const char *name;
    const char *about; /* one line for the list of commands */
    int (*run)(int argc, char **argv, const struct kern *kern);
};

extern const struct command cli_commands[];
extern const int cli_command_count;

/* Opens the window: what the program does without a command. */
int cli_window(int argc, char **argv, const struct kern *kern);
void cli_window_print_options(void); /* for the list of what there is */
void cli_window_print_actions(void); /* the lines of a script */

int cli_train(int argc, char **argv, const struct kern *kern);
int cli_eval(int argc, char **argv, const struct kern *kern);
int cli_predict(int argc, char **argv, const struct kern *kern);
int cli_calibrate(int argc, char **argv, const struct kern *kern);
int cli_info(int argc, char **argv, const struct kern *kern);
int cli_bench(int argc, char **argv, const struct kern *kern);

#endif
