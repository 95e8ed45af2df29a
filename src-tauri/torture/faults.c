/* Faults below a program, for the torture harness: LD_PRELOAD puts these functions before the C library's.
 *
 *   FAULT_FOLDER  only files in this folder count
 *   FAULT         what happens at which change of a file: KIND@NUMBER, and from then on for enospc
 *                   count    nothing; the number of changes is written to FAULT_COUNT when the program ends
 *                   kill     the program is killed before the change
 *                   enospc   the change and all after it fail, as on a full disk
 *                   eio      the change fails, as on a broken disk
 *                   short    half of the bytes are written, and the program is killed
 *                   lie      the change is said to have been done, and was not
 *                   nosync   no fsync reaches the disk (the number does not count)
 *   CLOCK_SECONDS is added to the wall clock; what measures spans of time is left alone.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/time.h>
#include <sys/uio.h>
#include <time.h>
#include <unistd.h>

static atomic_long changes;
static char kind[16];
static long at;
static char folder[PATH_MAX];
static long clock_seconds;

#define NEXT(name) ((__typeof__(&name))dlsym(RTLD_NEXT, #name))

__attribute__((constructor)) static void begin(void) {
    const char *fault = getenv("FAULT"), *where = getenv("FAULT_FOLDER"), *seconds = getenv("CLOCK_SECONDS");
    if (fault) sscanf(fault, "%15[a-z]@%ld", kind, &at);
    if (where) snprintf(folder, sizeof folder, "%s", where);
    if (seconds) clock_seconds = atol(seconds);
}

__attribute__((destructor)) static void end(void) {
    const char *to = getenv("FAULT_COUNT");
    if (!to || strcmp(kind, "count")) return;
    FILE *file = fopen(to, "w");
    if (!file) return;
    fprintf(file, "%ld\n", atomic_load(&changes));
    fclose(file);
}

static int is_ours(const char *path) {
    return folder[0] && !strncmp(path, folder, strlen(folder));
}

static int is_our_file(int file) {
    char link[64], path[PATH_MAX];
    snprintf(link, sizeof link, "/proc/self/fd/%d", file);
    ssize_t length = readlink(link, path, sizeof path - 1);
    if (length <= 0) return 0;
    path[length] = 0;
    return is_ours(path);
}

enum what { GO_ON, FAIL, HALF, LIE };

/* Counts a change, and says what is to happen to it. */
static enum what change(void) {
    long number = atomic_fetch_add(&changes, 1) + 1;
    if (!strcmp(kind, "enospc") && number >= at) {
        errno = ENOSPC;
        return FAIL;
    }
    if (number != at) return GO_ON;
    if (!strcmp(kind, "kill")) raise(SIGKILL);
    if (!strcmp(kind, "eio")) {
        errno = EIO;
        return FAIL;
    }
    if (!strcmp(kind, "short")) return HALF;
    if (!strcmp(kind, "lie")) return LIE;
    return GO_ON;
}

#define WRITE(call_whole, call_half, length)  \
    if (!is_our_file(file)) return call_whole; \
    switch (change()) {                        \
    case FAIL: return -1;                      \
    case LIE: return (ssize_t)(length);        \
    case HALF: call_half; raise(SIGKILL);      \
    default: return call_whole;                \
    }

ssize_t write(int file, const void *bytes, size_t length) {
    WRITE(NEXT(write)(file, bytes, length), NEXT(write)(file, bytes, length / 2), length)
}
ssize_t pwrite(int file, const void *bytes, size_t length, off_t from) {
    WRITE(NEXT(pwrite)(file, bytes, length, from), NEXT(pwrite)(file, bytes, length / 2, from), length)
}
ssize_t pwrite64(int file, const void *bytes, size_t length, off64_t from) {
    WRITE(NEXT(pwrite64)(file, bytes, length, from), NEXT(pwrite64)(file, bytes, length / 2, from), length)
}

#define STEP(ours, call)          \
    if (!(ours)) return call;     \
    switch (change()) {           \
    case FAIL: return -1;         \
    case LIE: return 0;           \
    case HALF: raise(SIGKILL);    \
    default: return call;         \
    }

int fsync(int file) {
    if (!strcmp(kind, "nosync")) return 0;
    STEP(is_our_file(file), NEXT(fsync)(file))
}
int fdatasync(int file) {
    if (!strcmp(kind, "nosync")) return 0;
    STEP(is_our_file(file), NEXT(fdatasync)(file))
}
int ftruncate(int file, off_t length) { STEP(is_our_file(file), NEXT(ftruncate)(file, length)) }
int ftruncate64(int file, off64_t length) { STEP(is_our_file(file), NEXT(ftruncate64)(file, length)) }
int rename(const char *from, const char *to) { STEP(is_ours(to), NEXT(rename)(from, to)) }
int unlink(const char *path) { STEP(is_ours(path), NEXT(unlink)(path)) }
int mkdir(const char *path, mode_t mode) { STEP(is_ours(path), NEXT(mkdir)(path, mode)) }

int clock_gettime(clockid_t clock, struct timespec *now) {
    int result = NEXT(clock_gettime)(clock, now);
    if (!result && clock == CLOCK_REALTIME) now->tv_sec += clock_seconds;
    return result;
}
time_t time(time_t *into) {
    struct timespec now;
    clock_gettime(CLOCK_REALTIME, &now);
    if (into) *into = now.tv_sec;
    return now.tv_sec;
}
int gettimeofday(struct timeval *restrict now, void *restrict zone) {
    (void)zone;
    struct timespec exact;
    clock_gettime(CLOCK_REALTIME, &exact);
    now->tv_sec = exact.tv_sec;
    now->tv_usec = exact.tv_nsec / 1000;
    return 0;
}
