/* Loaded before libc: writes down, in order, all that a process does to the files of one folder, and what it says to
 * the network. So a test knows of every moment what had reached the disk for good by then, and what somebody had heard.
 *
 * POWER_FOLDER   the folder, as an absolute path
 * POWER_LOG      where the records go: a record is `struct header` and as many bytes as it says
 * POWER_DIE_IN   the sync, counted from one, that kills the process (kill -9) instead: all is written, nothing synced
 * POWER_SHIFT_S  seconds that the clock on the wall is ahead (or behind, below zero); stands alone, too
 *
 * SQLite's index of the write-ahead log (-shm) is left out: it is shared memory, and made anew after a crash.
 * What cannot be written down is: a record 'x' names it, and the test fails. Children are not recorded.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <pthread.h>
#include <signal.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <time.h>
#include <unistd.h>

enum { MOST_FILES = 4096, CREATED = 1, EMPTIED = 2 };

struct __attribute__((packed)) header {
    char kind;
    uint32_t file; /* the descriptor, until its record 'c' */
    uint64_t at;   /* offset, size, flags, or which record of this process tells of the sync's beginning */
    uint32_t length;
};

static const char *folder;
static size_t folder_length;
static int log_file = -1;
static pid_t recorded;
static long shift_s, die_in;
static uint64_t records;
static char *names[MOST_FILES]; /* of the open files of the folder */
static char talked[MOST_FILES]; /* sockets that were written to */
static pthread_mutex_t one_at_a_time = PTHREAD_RECURSIVE_MUTEX_INITIALIZER_NP;

#define REAL(result, name, ...) ((result(*)(__VA_ARGS__))dlsym(RTLD_NEXT, #name))
#define BEGIN pthread_mutex_lock(&one_at_a_time)
#define END(result) return pthread_mutex_unlock(&one_at_a_time), (result)

static int recording(void) { return log_file >= 0 && getpid() == recorded; }

static int ours(int file) { return file >= 0 && file < MOST_FILES && names[file] && recording(); }

static uint64_t record(char kind, int file, uint64_t at, const void *bytes, size_t length) {
    struct header header = {kind, (uint32_t)file, at, (uint32_t)length};
    struct iovec parts[] = {{&header, sizeof header}, {(void *)bytes, length}};
    if (syscall(SYS_writev, log_file, parts, 2) != (long)(sizeof header + length)) abort();
    return records++;
}

__attribute__((constructor)) static void set_up(void) {
    const char *path = getenv("POWER_LOG"), *shift = getenv("POWER_SHIFT_S");
    shift_s = shift ? atol(shift) : 0;
    folder = getenv("POWER_FOLDER");
    if (!path || !folder) return;
    folder = strdup(folder);
    folder_length = strlen(folder);
    log_file = (int)syscall(SYS_openat, AT_FDCWD, path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
    recorded = getpid();
    const char *die = getenv("POWER_DIE_IN");
    die_in = die ? atol(die) : 0;
    unsetenv("LD_PRELOAD");
    record('p', 0, 0, NULL, 0);
}

/* The path below the folder; NULL where it is elsewhere, or the index of a write-ahead log. */
static const char *below(int at, const char *path, char *room) {
    const char *start = at >= 0 && at < MOST_FILES && names[at] ? names[at] : NULL;
    if (!recording()) return NULL;
    if (path[0] == '/') {
        snprintf(room, PATH_MAX, "%s", path);
    } else if (start) {
        snprintf(room, PATH_MAX, "%s/%s%s%s", folder, start, *start ? "/" : "", path);
    } else if (at != AT_FDCWD || !getcwd(room, PATH_MAX)) {
        return NULL;
    } else {
        size_t length = strlen(room);
        snprintf(room + length, PATH_MAX - length, "/%s", path);
    }
    if (strncmp(room, folder, folder_length) != 0 || (room[folder_length] && room[folder_length] != '/')) return NULL;
    const char *found = room + folder_length + (room[folder_length] == '/');
    size_t length = strlen(found);
    return length >= 4 && strcmp(found + length - 4, "-shm") == 0 ? NULL : found;
}

static int opened(int at, const char *path, int flags, mode_t mode) {
    char room[PATH_MAX];
    struct stat found;
    BEGIN;
    const char *name = below(at, path, room);
    int created = name && (flags & O_CREAT) && fstatat(at, path, &found, 0) != 0;
    int file = (int)syscall(SYS_openat, at, path, flags, mode);
    if (name && file >= 0) {
        if (file >= MOST_FILES || (flags & O_TMPFILE) == O_TMPFILE) record('x', 0, 0, "open", 4);
        else {
            names[file] = strdup(name);
            record('o', file, (created ? CREATED : 0) | (flags & O_TRUNC ? EMPTIED : 0), name, strlen(name));
        }
    }
    END(file);
}

static mode_t mode_of(int flags, va_list more) {
    return flags & O_CREAT || (flags & O_TMPFILE) == O_TMPFILE ? va_arg(more, mode_t) : 0;
}

#define OPEN(name, arguments, at, path)            \
    int name arguments {                           \
        va_list more;                              \
        va_start(more, flags);                     \
        mode_t mode = mode_of(flags, more);        \
        va_end(more);                              \
        return opened(at, path, flags, mode);      \
    }
OPEN(open, (const char *path, int flags, ...), AT_FDCWD, path)
OPEN(open64, (const char *path, int flags, ...), AT_FDCWD, path)
OPEN(openat, (int at, const char *path, int flags, ...), at, path)
OPEN(openat64, (int at, const char *path, int flags, ...), at, path)

int close(int file) {
    BEGIN;
    if (file >= 0 && file < MOST_FILES && recording() && (names[file] || talked[file])) {
        record('c', file, 0, NULL, 0);
        free(names[file]);
        names[file] = NULL;
        talked[file] = 0;
    }
    int result = (int)syscall(SYS_close, file);
    END(result);
}

/* -- what is written ------------------------------------------------------------------------------------------- */

ssize_t write(int file, const void *bytes, size_t length) {
    if (!ours(file)) return syscall(SYS_write, file, bytes, length);
    BEGIN;
    struct stat found;
    int appends = fcntl(file, F_GETFL) & O_APPEND;
    off_t at = appends && fstat(file, &found) == 0 ? found.st_size : lseek(file, 0, SEEK_CUR);
    ssize_t result = syscall(SYS_write, file, bytes, length);
    if (result > 0) record('w', file, (uint64_t)at, bytes, (size_t)result);
    END(result);
}

ssize_t pwrite64(int file, const void *bytes, size_t length, off64_t at) {
    if (!ours(file)) return syscall(SYS_pwrite64, file, bytes, length, at);
    BEGIN;
    ssize_t result = syscall(SYS_pwrite64, file, bytes, length, at);
    if (result > 0) record('w', file, (uint64_t)at, bytes, (size_t)result);
    END(result);
}
ssize_t pwrite(int file, const void *bytes, size_t length, off_t at) { return pwrite64(file, bytes, length, at); }

int ftruncate64(int file, off64_t size) {
    BEGIN;
    int result = (int)syscall(SYS_ftruncate, file, size);
    if (result == 0 && ours(file)) record('t', file, (uint64_t)size, NULL, 0);
    END(result);
}
int ftruncate(int file, off_t size) { return ftruncate64(file, size); }

/* Only what was written before a sync began is on the disk when it ends. */
static int synced(long call, int file) {
    if (!ours(file)) return (int)syscall(call, file);
    BEGIN;
    uint64_t begun = record('b', file, 0, NULL, 0);
    if (die_in && --die_in == 0) kill(recorded, SIGKILL);
    pthread_mutex_unlock(&one_at_a_time);
    int result = (int)syscall(call, file);
    BEGIN;
    if (result == 0) record('s', file, begun, NULL, 0);
    END(result);
}
int fsync(int file) { return synced(SYS_fsync, file); }
int fdatasync(int file) { return synced(SYS_fdatasync, file); }

/* -- names ----------------------------------------------------------------------------------------------------- */

static int named(char kind, int from_at, const char *from, int to_at, const char *to, int flags) {
    char from_room[PATH_MAX], to_room[PATH_MAX], both[2 * PATH_MAX];
    BEGIN;
    const char *old = below(from_at, from, from_room), *new = below(to_at, to, to_room);
    int result = kind == 'r' ? (int)syscall(SYS_renameat, from_at, from, to_at, to)
                             : (int)syscall(SYS_linkat, from_at, from, to_at, to, flags);
    if (result == 0 && old && new) {
        int length = snprintf(both, sizeof both, "%s%c%s", old, 0, new);
        record(kind, 0, 0, both, (size_t)length);
    } else if (result == 0 && (old || new)) {
        record('x', 0, 0, "a name from elsewhere", 21);
    }
    END(result);
}
int renameat(int from_at, const char *from, int to_at, const char *to) { return named('r', from_at, from, to_at, to, 0); }
int rename(const char *from, const char *to) { return named('r', AT_FDCWD, from, AT_FDCWD, to, 0); }
int linkat(int from_at, const char *from, int to_at, const char *to, int flags) {
    return named('l', from_at, from, to_at, to, flags);
}
int link(const char *from, const char *to) { return named('l', AT_FDCWD, from, AT_FDCWD, to, 0); }

int unlinkat(int at, const char *path, int flags) {
    char room[PATH_MAX];
    BEGIN;
    const char *name = below(at, path, room);
    int result = (int)syscall(SYS_unlinkat, at, path, flags);
    if (result == 0 && name) record('u', 0, 0, name, strlen(name));
    END(result);
}
int unlink(const char *path) { return unlinkat(AT_FDCWD, path, 0); }
int rmdir(const char *path) { return unlinkat(AT_FDCWD, path, AT_REMOVEDIR); }

int mkdirat(int at, const char *path, mode_t mode) {
    char room[PATH_MAX];
    BEGIN;
    const char *name = below(at, path, room);
    int result = (int)syscall(SYS_mkdirat, at, path, mode);
    if (result == 0 && name) record('m', 0, 0, name, strlen(name));
    END(result);
}
int mkdir(const char *path, mode_t mode) { return mkdirat(AT_FDCWD, path, mode); }

/* -- what somebody hears --------------------------------------------------------------------------------------- */

ssize_t sendto(int file, const void *bytes, size_t length, int flags, const struct sockaddr *to, socklen_t size) {
    BEGIN;
    ssize_t result = syscall(SYS_sendto, file, bytes, length, flags, to, size);
    if (result > 0 && file < MOST_FILES && recording()) {
        talked[file] = 1;
        record('n', file, 0, bytes, (size_t)result);
    }
    END(result);
}
ssize_t send(int file, const void *bytes, size_t length, int flags) { return sendto(file, bytes, length, flags, NULL, 0); }

/* -- what cannot be written down ------------------------------------------------------------------------------- */

static void strange(int file, const char *what) {
    if (ours(file)) record('x', file, 0, what, strlen(what));
}

void *mmap64(void *where, size_t length, int protection, int flags, int file, off64_t at) {
    if (protection & PROT_WRITE && flags & MAP_SHARED) strange(file, "mmap");
    return (void *)syscall(SYS_mmap, where, length, protection, flags, file, at);
}
ssize_t writev(int file, const struct iovec *parts, int count) {
    strange(file, "writev");
    return syscall(SYS_writev, file, parts, count);
}
ssize_t sendfile64(int to, int from, off64_t *at, size_t length) {
    /* Whoever copies a file goes on with plain writes then. */
    if (ours(to)) return errno = ENOTSOCK, -1;
    return syscall(SYS_sendfile, to, from, at, length);
}
ssize_t copy_file_range(int from, off64_t *from_at, int to, off64_t *to_at, size_t length, unsigned flags) {
    strange(to, "copy_file_range");
    return syscall(SYS_copy_file_range, from, from_at, to, to_at, length, flags);
}
int posix_fallocate64(int file, off64_t at, off64_t length) {
    strange(file, "posix_fallocate");
    return REAL(int, posix_fallocate64, int, off64_t, off64_t)(file, at, length);
}
int dup(int file) { return strange(file, "dup"), (int)syscall(SYS_dup, file); }

/* -- the clock on the wall ------------------------------------------------------------------------------------- */

int clock_gettime(clockid_t clock, struct timespec *now) {
    int result = (int)syscall(SYS_clock_gettime, clock, now);
    if (result == 0 && clock == CLOCK_REALTIME) now->tv_sec += shift_s;
    return result;
}
