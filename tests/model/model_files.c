/* SPDX-License-Identifier: MIT */
#include "model_files.h"

#include <dirent.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <unistd.h>

#include "base/files.h"

static char folder[64];

void make_folder(void)
{
    strcpy(folder, "/tmp/inkling-test-XXXXXX");
    ck_assert_ptr_nonnull(mkdtemp(folder));
}

static int visit_files(bool remove_them)
{
    DIR *dir = opendir(folder);
    int count = 0;
    ck_assert_ptr_nonnull(dir);
    for (struct dirent *entry; (entry = readdir(dir));) {
        if (strcmp(entry->d_name, ".") == 0 || strcmp(entry->d_name, "..") == 0)
            continue;
        count++;
        if (remove_them)
            remove(path_of(entry->d_name));
    }
    closedir(dir);
    return count;
}

void remove_folder(void)
{
    visit_files(true);
    rmdir(folder);
}

int count_files(void)
{
    return visit_files(false);
}

const char *path_of(const char *name)
{
    static char paths[4][400];
    static int next;
    next = (next + 1) % 4;
    snprintf(paths[next], sizeof paths[next], "%s/%s", folder, name);
    return paths[next];
}

struct bytes copy_bytes(const void *data, size_t size)
{
    struct bytes copy = {malloc(size ? size : 1), size};
    ck_assert_ptr_nonnull(copy.data);
    if (size)
        memcpy(copy.data, data, size);
    return copy;
}

struct bytes read_bytes(const char *path)
{
    size_t size;
    unsigned char *data = files_read(path, 1 << 30, &size, NULL);
    ck_assert_ptr_nonnull(data);
    struct bytes bytes = copy_bytes(data, size);
    free(data);
    return bytes;
}

void write_bytes(const char *path, struct bytes bytes)
{
    FILE *file = fopen(path, "wb");
    ck_assert_ptr_nonnull(file);
    if (bytes.size)
        ck_assert_uint_eq(fwrite(bytes.data, 1, bytes.size, file), bytes.size);
    fclose(file);
}

bool same_bytes(struct bytes a, struct bytes b)
{
    return a.size == b.size && memcmp(a.data, b.data, a.size) == 0;
}

struct bytes make_file(const char *header, size_t data_size)
{
    uint64_t len = strlen(header);
    struct bytes file = {malloc(8 + len + data_size), 8 + len + data_size};
    ck_assert_ptr_nonnull(file.data);
    memcpy(file.data, &len, 8);
    memcpy(file.data + 8, header, len);
    memset(file.data + 8 + len, 1, data_size);
    return file;
}

void limit_files(size_t size)
{
    static struct rlimit before;
    if (size) {
        ck_assert_int_eq(getrlimit(RLIMIT_FSIZE, &before), 0);
        signal(SIGXFSZ, SIG_IGN);
        struct rlimit limit = {size, before.rlim_max};
        ck_assert_int_eq(setrlimit(RLIMIT_FSIZE, &limit), 0);
    } else {
        ck_assert_int_eq(setrlimit(RLIMIT_FSIZE, &before), 0);
    }
}
