/* files.h -- whole files and the user's folders.
 *
 * A save is atomic: it goes to a temporary file beside the old one, is flushed to disk and is
 * renamed over it, so that a crash leaves either the old file or the new one. What it leaves behind
 * is swept when a program starts.
 */
#ifndef BASE_FILES_H
#define BASE_FILES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

struct err;

enum { FILES_PATH_MAX = 4096 };

/* Reads a whole file that may be at most `max` bytes; of a pipe what is written to it, which is
 * nothing where nobody has it open. The caller frees the result, which has a zero byte after its
 * *size bytes. NULL with a sentence: no such file, a folder, too large, a disk error. */
unsigned char *files_read(const char *path, size_t max, size_t *size, struct err *err);

/* Reads the first `most` bytes of a file, or all *size there are; *whole is how long the file is.
 * The caller frees the result. NULL with a sentence: no such file, no plain one, a disk error. */
unsigned char *files_read_start(const char *path, size_t most, size_t *size, size_t *whole,
                                struct err *err);

/* Opens a file to be read piece by piece: a descriptor, for the caller to close. -1 with a
 * sentence: no such file, a folder. */
int files_open(const char *path, struct err *err);

/* The same as a stream. NULL with a sentence. */
FILE *files_open_stream(const char *path, struct err *err);

/* Of an open file: how long it is, false for what has no length, such as a pipe; and its first
 * bytes, which stay to be read: how many there are. */
bool files_length(int fd, uint64_t *length);
size_t files_head(int fd, void *head, size_t room);
void files_close(int fd);

/* A piece of a file to be written. */
struct files_part {
    const void *data;
    size_t size;
};

/* Writes the parts one after the other, atomically (see above). The rights of a file that is there
 * are kept, and one that is write-protected is refused; a link stays, and the file that it leads to
 * is replaced or made; a folder, a device or a pipe is refused. */
bool files_write(const char *path, const struct files_part *parts, int count, struct err *err);

/* The same for files that belong together: none is replaced before all are written. */
enum { FILES_TOGETHER_MAX = 2 };
struct files_file {
    const char *path;
    const struct files_part *parts;
    int count;
};
bool files_write_together(const struct files_file *files, int count, struct err *err);

/* Whether files_write() could begin to write there; leaves everything as it was, but for what saves
 * that were killed have left in that folder. */
bool files_can_write(const char *path, struct err *err);

/* Removes what saves of this program that were killed have left in the folder. What belongs to a
 * program that runs, or to somebody else, stays. */
void files_sweep(const char *folder);

/* The same in the user's folders (below) and the folders in them: for the start. */
void files_sweep_user(void);

bool files_exist(const char *path);

/* Whether it, or what is in it, may not be seen for want of rights: it may well be there. */
bool files_hidden(const char *path);

/* What tells a file from the one that takes its place, and from itself after a change. All zeros
 * where there is none. */
struct files_mark {
    uint64_t device, inode, size, changed; /* changed: nanoseconds */
};
struct files_mark files_mark(const char *path);
bool files_same_mark(const struct files_mark *a, const struct files_mark *b);
bool files_is_folder(const char *path);
bool files_is_link(const char *path);

/* A second name of a file, under which it stays when the first is given to a new one; where there
 * are no second names it gets another, and *moved says so. False with errno: EEXIST where the name
 * is taken. */
bool files_add_name(const char *path, const char *name, bool *moved);

/* Takes the lock of that name, an empty file, which stays; nobody else can while it is held, be it
 * another program or this one. False with a sentence where somebody holds it still after so many
 * seconds (0: does not wait). True with *lock at -1 where there can be no lock, as in a folder that
 * may not be written: do without, or take that for a failure, too. It ends with files_unlock, which
 * takes -1, or with the program, however that ends. */
bool files_lock(const char *path, double seconds, int *lock, struct err *err);
void files_unlock(int lock);

/* Makes a folder and those above it, for their owner alone (as the XDG specification wants it); one
 * that is there already is fine, and stays as it is. */
bool files_make_folder(const char *path, struct err *err);

/* The same with the rights that the user's mask allows: for a folder to hand on. */
bool files_make_open_folder(const char *path, struct err *err);

/* The home folder: $HOME if that is a whole path, else what the password database says, else "/".
 * Writes it to `path`, which has FILES_PATH_MAX bytes, and returns it. */
char *files_home(char *path);

/* The working folder, and this program's own file: FILES_PATH_MAX bytes. False: not to be had. */
bool files_here(char *path);
bool files_program(char *path);

/* Where the user's files stand, by the XDG base directory specification; never in the current
 * folder. */
enum files_place {
    FILES_DATA,   /* $XDG_DATA_HOME/inkling,   else ~/.local/share/inkling */
    FILES_CONFIG, /* $XDG_CONFIG_HOME/inkling, else ~/.config/inkling */
    FILES_STATE,  /* $XDG_STATE_HOME/inkling,  else ~/.local/state/inkling */
};

/* Writes the path of `name` in that place (or of the place itself, if name is NULL) to `path`,
 * which has FILES_PATH_MAX bytes. Makes nothing. Returns path. */
char *files_user_path(enum files_place place, const char *name, char *path);

/* The part of a path after the last slash. Points into `path`. */
const char *files_name(const char *path);

#endif
