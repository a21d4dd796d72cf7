/* SPDX-License-Identifier: MIT */
#include "base/process.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/clock.h"

bool process_lives(int pid)
{
    return kill(pid, 0) == 0 || errno != ESRCH;
}

/* Signals that this program holds back must end the other one. */
static bool free_signals(posix_spawnattr_t *how)
{
    sigset_t none;
    return sigemptyset(&none) == 0 && posix_spawnattr_setsigmask(how, &none) == 0 &&
           posix_spawnattr_setflags(how, POSIX_SPAWN_SETSIGMASK) == 0;
}

static bool start_program(char *const command[], int out, pid_t *pid)
{
    extern char **environ;
    posix_spawn_file_actions_t actions;
    posix_spawnattr_t how;
    if (posix_spawn_file_actions_init(&actions) != 0)
        return false;
    bool made = posix_spawnattr_init(&how) == 0;
    bool started =
        made && free_signals(&how) &&
        posix_spawn_file_actions_adddup2(&actions, out, STDOUT_FILENO) == 0 &&
        posix_spawn_file_actions_addopen(&actions, STDERR_FILENO, "/dev/null", O_WRONLY, 0) == 0 &&
        posix_spawnp(pid, command[0], &actions, &how, command, environ) == 0;
    if (made)
        posix_spawnattr_destroy(&how);
    posix_spawn_file_actions_destroy(&actions);
    return started;
}

struct process process_ask(char *const command[])
{
    int ends[2];
    pid_t pid = 0;
    if (pipe2(ends, O_CLOEXEC) != 0)
        return (struct process){0, -1};
    bool asked = start_program(command, ends[1], &pid);
    close(ends[1]);
    if (asked)
        return (struct process){pid, ends[0]};
    close(ends[0]);
    return (struct process){0, -1};
}

/* All that comes until the end, or until there is no more patience: then false. */
static bool read_pipe(int pipe, char *text, size_t room, uint64_t patience)
{
    const uint64_t end = clock_microseconds() + patience;
    size_t size = 0;
    ssize_t got = 1;
    while (got > 0 && size + 1 < room) {
        struct pollfd on = {.fd = pipe, .events = POLLIN};
        uint64_t now = clock_microseconds();
        if (now >= end || poll(&on, 1, (int)((end - now) / 1000) + 1) <= 0)
            return false;
        got = read(pipe, text + size, room - size - 1);
        size += got > 0 ? (size_t)got : 0;
    }
    text[size] = 0;
    return got == 0;
}

bool process_answer(struct process *process, char *text, size_t room, uint64_t patience)
{
    if (process->pid <= 0)
        return false;
    bool answered = room > 0 && read_pipe(process->pipe, text, room, patience);
    if (!answered)
        kill(process->pid, SIGKILL);
    close(process->pipe);
    waitpid(process->pid, NULL, 0);
    *process = (struct process){0, -1};
    return answered;
}
