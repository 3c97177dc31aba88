/* Loaded in front of libc: writes down what a process does to the files under some folders, and fails its n-th call there.
 *
 * Nothing happens until fault_record() or fault_arm() is called (from Python by ctypes), or CRF_FAULT_TRACE is set. The trace is a file of records
 * {operation, descriptor, a, b, length} followed by `length` bytes; only calls that succeeded are in it, with what they did.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <pthread.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/types.h>
#include <sys/uio.h>
#include <unistd.h>

enum { OPEN = 1, WRITE, TRUNCATE, SYNC, UNLINK, RENAME, CLOSE, MKDIR, RMDIR, MARK, READ };
enum { ONCE, STICKY, SHORT };
#define MOST 4096

struct record {
    uint32_t operation;
    int32_t descriptor;
    int64_t a, b;
    uint32_t length;
} __attribute__((packed));

static pthread_mutex_t lock = PTHREAD_RECURSIVE_MUTEX_INITIALIZER_NP;
static char under[4][PATH_MAX];
static int n_under, trace = -1;
static unsigned char watched[MOST];
static unsigned armed;          /* bit per operation */
static long nth, seen, hits;
static int error_number, how;

#define REAL(name) ((__typeof__(&name))real(#name))
static void *real(const char *name) { return dlsym(RTLD_NEXT, name); }

static ssize_t put(int fd, const void *data, size_t length) {
    static ssize_t (*write_)(int, const void *, size_t);
    if (!write_) write_ = (ssize_t(*)(int, const void *, size_t))real("write");
    return write_(fd, data, length);
}

static void note(int operation, int fd, int64_t a, int64_t b, const void *data, size_t length) {
    if (trace < 0) return;
    int kept = errno;
    struct record r = {(uint32_t)operation, fd, a, b, (uint32_t)length};
    struct iovec both[2] = {{&r, sizeof r}, {(void *)data, length}};
    (void)!writev(trace, both, length ? 2 : 1); /* one call: processes may share a trace */
    errno = kept;
}

static int inside(const char *path) {
    for (int i = 0; i < n_under; i++) {
        size_t n = strlen(under[i]);
        if (!strncmp(path, under[i], n) && (path[n] == '/' || !path[n])) return 1;
    }
    return 0;
}

static int watch(int fd) { return fd >= 0 && fd < MOST && watched[fd]; }

/* The absolute path of a name beside a directory descriptor. */
static const char *whole(int folder, const char *path, char *out) {
    if (path[0] == '/') return path;
    char place[PATH_MAX];
    if (folder == AT_FDCWD) {
        if (!getcwd(place, sizeof place)) return path;
    } else {
        char link[64];
        snprintf(link, sizeof link, "/proc/self/fd/%d", folder);
        ssize_t n = readlink(link, place, sizeof place - 1);
        if (n < 0) return path;
        place[n] = 0;
    }
    if ((size_t)snprintf(out, PATH_MAX, "%s/%s", place, path) >= PATH_MAX) return path;
    return out;
}

/* Whether this call is the one that fails; sets errno. For a short write: 2, and the caller writes half. */
static int fails(int operation) {
    if (!(armed & (1u << operation))) return 0;
    seen++;
    if (!nth || seen < nth || (how != STICKY && seen > nth)) return 0;
    hits++;
    if (how == SHORT) return 2;
    errno = error_number;
    return 1;
}

/* ---- what the tests call */

void fault_watch(const char *path) {
    if (n_under < 4) snprintf(under[n_under++], PATH_MAX, "%s", path);
}

int fault_record(const char *path) {
    trace = REAL(open64)(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
    return trace;
}

/* A program that knows nothing of this: every process of it writes a trace of its own, of all it does anywhere. */
__attribute__((constructor)) static void begin(void) {
    const char *path = getenv("CRF_FAULT_TRACE");
    char own[PATH_MAX];
    if (!path) return;
    n_under = 1; /* the empty name: everything */
    snprintf(own, sizeof own, "%s.%d", path, (int)getpid());
    fault_record(own);
}

void fault_mark(long number) {
    pthread_mutex_lock(&lock);
    note(MARK, -1, number, 0, NULL, 0);
    pthread_mutex_unlock(&lock);
}

void fault_arm(unsigned operations, long n, int number, int way) {
    pthread_mutex_lock(&lock);
    armed = operations, nth = n, seen = hits = 0, error_number = number, how = way;
    pthread_mutex_unlock(&lock);
}

long fault_seen(void) { return seen; }
long fault_hits(void) { return hits; }

/* ---- opening and closing */

static int opened(int fd, const char *path, int flags) {
    if (fd >= 0 && fd < MOST) {
        watched[fd] = 1;
        note(OPEN, fd, flags, 0, path, strlen(path));
    }
    return fd;
}

#define OPENING(name, folder, call)                                                  \
    mode_t mode = 0;                                                                 \
    if ((flags & O_CREAT) || (flags & O_TMPFILE) == O_TMPFILE) {                     \
        va_list more;                                                                \
        va_start(more, flags);                                                       \
        mode = va_arg(more, mode_t);                                                 \
        va_end(more);                                                                \
    }                                                                                \
    char room[PATH_MAX];                                                             \
    const char *full = whole(folder, path, room);                                    \
    if (!n_under || !inside(full)) return call;                                      \
    pthread_mutex_lock(&lock);                                                       \
    int fd = fails(OPEN) ? -1 : call;                                                \
    opened(fd, full, flags);                                                         \
    pthread_mutex_unlock(&lock);                                                     \
    return fd;

int open(const char *path, int flags, ...) { OPENING(open, AT_FDCWD, REAL(open)(path, flags, mode)) }
int open64(const char *path, int flags, ...) { OPENING(open64, AT_FDCWD, REAL(open64)(path, flags, mode)) }
int openat(int at, const char *path, int flags, ...) { OPENING(openat, at, REAL(openat)(at, path, flags, mode)) }
int openat64(int at, const char *path, int flags, ...) { OPENING(openat64, at, REAL(openat64)(at, path, flags, mode)) }

int close(int fd) {
    static int (*close_)(int);
    if (!close_) close_ = REAL(close);
    if (!watch(fd)) return close_(fd);
    pthread_mutex_lock(&lock);
    int bad = fails(CLOSE), kept = errno;
    watched[fd] = 0;
    note(CLOSE, fd, 0, 0, NULL, 0);
    int told = close_(fd); /* a failed close has closed all the same */
    if (bad) told = -1, errno = kept;
    pthread_mutex_unlock(&lock);
    return told;
}

/* ---- writing and reading */

static size_t allowed(int bad, size_t length) { return bad == 2 && length > 1 ? length / 2 : length; }

#define WRITING(call, where)                                  \
    if (!watch(fd)) return call;                              \
    pthread_mutex_lock(&lock);                                \
    int bad = fails(WRITE);                                   \
    ssize_t told = -1;                                        \
    if (bad != 1) {                                           \
        int64_t begins = where;                               \
        length = allowed(bad, length);                        \
        told = call;                                          \
        if (told > 0) note(WRITE, fd, begins, 0, data, (size_t)told); \
    }                                                         \
    pthread_mutex_unlock(&lock);                              \
    return told;

/* Where a write() will go: the end for O_APPEND. */
static int64_t place(int fd) {
    struct stat found;
    if ((fcntl(fd, F_GETFL) & O_APPEND) && !fstat(fd, &found)) return found.st_size;
    return lseek(fd, 0, SEEK_CUR);
}

ssize_t write(int fd, const void *data, size_t length) { WRITING(put(fd, data, length), place(fd)) }
ssize_t pwrite(int fd, const void *data, size_t length, off_t at) {
    WRITING(REAL(pwrite)(fd, data, length, at), at)
}
ssize_t pwrite64(int fd, const void *data, size_t length, off64_t at) {
    WRITING(REAL(pwrite64)(fd, data, length, at), at)
}

ssize_t read(int fd, void *data, size_t length) {
    static ssize_t (*read_)(int, void *, size_t);
    if (!read_) read_ = REAL(read);
    if (watch(fd) && fails(READ) == 1) return -1;
    return read_(fd, data, length);
}
ssize_t pread(int fd, void *data, size_t length, off_t at) {
    if (watch(fd) && fails(READ) == 1) return -1;
    return REAL(pread)(fd, data, length, at);
}
ssize_t pread64(int fd, void *data, size_t length, off64_t at) {
    if (watch(fd) && fails(READ) == 1) return -1;
    return REAL(pread64)(fd, data, length, at);
}

/* ---- one call on a descriptor, or on a path */

#define ON_DESCRIPTOR(operation, call, a)                     \
    if (!watch(fd)) return call;                              \
    pthread_mutex_lock(&lock);                                \
    int told = fails(operation) ? -1 : call;                  \
    if (!told) note(operation, fd, a, 0, NULL, 0);            \
    pthread_mutex_unlock(&lock);                              \
    return told;

int ftruncate(int fd, off_t length) { ON_DESCRIPTOR(TRUNCATE, REAL(ftruncate)(fd, length), length) }
int ftruncate64(int fd, off64_t length) { ON_DESCRIPTOR(TRUNCATE, REAL(ftruncate64)(fd, length), length) }
int fsync(int fd) { ON_DESCRIPTOR(SYNC, REAL(fsync)(fd), 0) }
int fdatasync(int fd) { ON_DESCRIPTOR(SYNC, REAL(fdatasync)(fd), 1) }

#define ON_PATH(operation, folder, call)                      \
    char room[PATH_MAX];                                      \
    const char *full = whole(folder, path, room);             \
    if (!n_under || !inside(full)) return call;               \
    pthread_mutex_lock(&lock);                                \
    int told = fails(operation) ? -1 : call;                  \
    if (!told) note(operation, -1, 0, 0, full, strlen(full)); \
    pthread_mutex_unlock(&lock);                              \
    return told;

int unlink(const char *path) { ON_PATH(UNLINK, AT_FDCWD, REAL(unlink)(path)) }
int unlinkat(int at, const char *path, int flags) {
    if (flags & AT_REMOVEDIR) {
        ON_PATH(RMDIR, at, REAL(unlinkat)(at, path, flags))
    } else {
        ON_PATH(UNLINK, at, REAL(unlinkat)(at, path, flags))
    }
}
int rmdir(const char *path) { ON_PATH(RMDIR, AT_FDCWD, REAL(rmdir)(path)) }
int mkdir(const char *path, mode_t mode) { ON_PATH(MKDIR, AT_FDCWD, REAL(mkdir)(path, mode)) }

int rename(const char *from, const char *to) {
    char first[PATH_MAX], second[PATH_MAX], both[2 * PATH_MAX];
    const char *old = whole(AT_FDCWD, from, first), *new = whole(AT_FDCWD, to, second);
    if (!n_under || !(inside(old) || inside(new))) return REAL(rename)(from, to);
    pthread_mutex_lock(&lock);
    int told = fails(RENAME) ? -1 : REAL(rename)(from, to);
    int n = snprintf(both, sizeof both, "%s%c%s", old, 0, new);
    if (!told) note(RENAME, -1, 0, 0, both, (size_t)n);
    pthread_mutex_unlock(&lock);
    return told;
}
