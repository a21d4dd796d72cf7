/* SPDX-License-Identifier: MIT */
#include "data_files.h"

#include <check.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>
#include <zlib.h>

#include "base/files.h"

char files_folder[64];

void files_begin(void)
{
    const char *memory = "/dev/shm"; /* thousands of small files are quicker there */
    snprintf(files_folder, sizeof files_folder, "%s/inkling-files-XXXXXX",
             access(memory, W_OK) == 0 ? memory : "/tmp");
    ck_assert_ptr_nonnull(mkdtemp(files_folder));
    unsetenv("INKLING_DATA");
    setenv("XDG_DATA_HOME", files_folder, 1);
    ck_assert_int_eq(chdir(files_folder), 0);
}

void files_end(void)
{
    char command[128];
    ck_assert_int_eq(chdir("/"), 0);
    snprintf(command, sizeof command, "rm -r %s", files_folder);
    ck_assert_int_eq(system(command), 0);
}

char *path_of(const char *name)
{
    static char paths[8][FILES_PATH_MAX];
    static int next;
    char *path = paths[next++ % 8];
    snprintf(path, sizeof paths[0], "%s/%s", files_folder, name);
    return path;
}

void write_file(const char *name, const void *data, size_t size)
{
    FILE *file = fopen(path_of(name), "wb");
    ck_assert_ptr_nonnull(file);
    ck_assert_uint_eq(fwrite(data, 1, size, file), size);
    ck_assert_int_eq(fclose(file), 0);
}

void write_text(const char *name, const char *text)
{
    write_file(name, text, strlen(text));
}

void make_folder(const char *name)
{
    ck_assert(files_make_folder(path_of(name), NULL));
}

static void write_member(FILE *file, const void *data, size_t size, const char *first_name)
{
    z_stream z = {.next_in = (Bytef *)data, .avail_in = (uInt)size};
    gz_header head = {.name = (Bytef *)first_name, .os = 3};
    ck_assert_int_eq(deflateInit2(&z, 9, Z_DEFLATED, 31, 9, Z_DEFAULT_STRATEGY), Z_OK);
    if (first_name)
        ck_assert_int_eq(deflateSetHeader(&z, &head), Z_OK);
    size_t room = deflateBound(&z, size);
    unsigned char *packed = malloc(room);
    ck_assert_ptr_nonnull(packed);
    z.next_out = packed;
    z.avail_out = (uInt)room;
    ck_assert_int_eq(deflate(&z, Z_FINISH), Z_STREAM_END);
    ck_assert_uint_eq(fwrite(packed, 1, room - z.avail_out, file), room - z.avail_out);
    deflateEnd(&z);
    free(packed);
}

void write_gzip(const char *name, const void *data, size_t size, int parts, const char *first_name)
{
    FILE *file = fopen(path_of(name), "wb");
    ck_assert_ptr_nonnull(file);
    for (int i = 0; i < parts; i++) {
        size_t from = size * (size_t)i / (size_t)parts;
        size_t to = size * (size_t)(i + 1) / (size_t)parts;
        write_member(file, (const char *)data + from, to - from, first_name);
    }
    ck_assert_int_eq(fclose(file), 0);
}

void gzip_bytes(const uint8_t *data, size_t *size, uint8_t *out, size_t room)
{
    write_gzip("packed", data, *size, 1, NULL);
    unsigned char *packed = files_read(path_of("packed"), room, size, NULL);
    ck_assert_ptr_nonnull(packed);
    memcpy(out, packed, *size);
    free(packed);
    ck_assert_int_eq(remove(path_of("packed")), 0);
}

static pid_t writer;
static int keeps = -1; /* an end to read from, so that the writer may write before anybody reads */

/* Once all is read, whoever waits for more is interrupted. */
static void write_and_interrupt(const char *path, const char *text)
{
    pid_t reader = getppid();
    int fd = open(path, O_WRONLY), waiting = 1;
    for (size_t left = strlen(text); left > 0;) {
        ssize_t n = write(fd, text, left);
        text += n > 0 ? n : 0;
        left -= n > 0 ? (size_t)n : 0;
    }
    while (ioctl(fd, FIONREAD, &waiting) == 0 && waiting > 0)
        usleep(1000);
    for (int i = 0; i < 1000 && getppid() == reader; i++) {
        kill(reader, SIGUSR1);
        usleep(10000);
    }
    _exit(0);
}

static void do_nothing(int signal)
{
    (void)signal;
}

void begin_broken(const char *name, const char *text)
{
    struct sigaction action = {.sa_handler = do_nothing};
    sigaction(SIGUSR1, &action, NULL);
    ck_assert_int_eq(mkfifo(path_of(name), 0600), 0);
    keeps = open(path_of(name), O_RDONLY | O_NONBLOCK | O_CLOEXEC);
    writer = fork();
    ck_assert_int_ge(writer, 0);
    if (writer == 0)
        write_and_interrupt(path_of(name), text);
    struct pollfd any = {.fd = keeps, .events = POLLIN};
    while (poll(&any, 1, -1) <= 0)
        continue;
}

void end_broken(void)
{
    kill(writer, SIGKILL);
    waitpid(writer, NULL, 0);
    close(keeps);
}

double peak_megabytes(void (*action)(void))
{
    int status;
    pid_t child = fork();
    ck_assert_int_ge(child, 0);
    if (child == 0) {
        action();
        _exit(0);
    }
    struct rusage usage;
    ck_assert_int_eq(wait4(child, &status, 0, &usage), child);
    ck_assert_int_eq(status, 0);
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
    return 0;
#else
    return (double)usage.ru_maxrss / 1024;
#endif
}
