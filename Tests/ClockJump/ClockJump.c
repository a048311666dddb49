// Lets the wall clock of a process jump while it runs, as a wrong time server would.
//
// To be preloaded (LD_PRELOAD) with CORDON_TEST_CLOCK naming a file of eight bytes: by how many
// milliseconds the wall clock is off, as a signed number in the machine's own order. Whoever writes
// another number there makes the clock jump. Clocks that only ever run on are left alone.
//
// Waits until a point of wall time end when the jumped clock says so, as they do in the kernel. For
// that they wake up every 20 ms without a reason, which POSIX and C allow.

#define _GNU_SOURCE
#include <dlfcn.h>
#include <fcntl.h>
#include <pthread.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <sys/time.h>
#include <threads.h>
#include <time.h>
#include <unistd.h>

static const int64_t slice = 20 * 1000000;
static const int64_t second = 1000000000;

// Milliseconds; nobody's memory before the constructor has run.
static const volatile int64_t none = 0;
static const volatile int64_t *offset = &none;

static int (*real_wait)(pthread_cond_t *, pthread_mutex_t *, const struct timespec *);
static int (*real_clockwait)(
    pthread_cond_t *, pthread_mutex_t *, clockid_t, const struct timespec *);
static int (*real_c11_wait)(cnd_t *, mtx_t *, const struct timespec *);

__attribute__((constructor)) static void begin(void) {
    // The version behind the old one of the same name takes another structure.
    real_wait = dlvsym(RTLD_NEXT, "pthread_cond_timedwait", "GLIBC_2.3.2");
    if (!real_wait) real_wait = dlsym(RTLD_NEXT, "pthread_cond_timedwait");
    real_clockwait = dlsym(RTLD_NEXT, "pthread_cond_clockwait");
    real_c11_wait = dlsym(RTLD_NEXT, "cnd_timedwait");
    const char *path = getenv("CORDON_TEST_CLOCK");
    if (!path) return;
    int file = open(path, O_RDONLY | O_CLOEXEC);
    if (file < 0) return;
    void *place = mmap(NULL, sizeof *offset, PROT_READ, MAP_SHARED, file, 0);
    close(file);
    if (place != MAP_FAILED) offset = place;
}

static int is_wall(clockid_t clock) {
    return clock == CLOCK_REALTIME || clock == CLOCK_REALTIME_COARSE;
}

static int64_t nanoseconds(const struct timespec *time) {
    return time->tv_sec * second + time->tv_nsec;
}

static struct timespec spec(int64_t time) {
    struct timespec result = {.tv_sec = time / second, .tv_nsec = time % second};
    return result;
}

static int64_t shift(void) { return *offset * 1000000; }

// The machine's own time, with nothing added.
static int64_t true_time(void) {
    struct timespec now;
    syscall(SYS_clock_gettime, CLOCK_REALTIME, &now);
    return nanoseconds(&now);
}

// Until when to wait in the machine's own time, and whether that is the end.
static struct timespec until(const struct timespec *deadline, int *is_end) {
    int64_t end = nanoseconds(deadline) - shift();
    int64_t next = true_time() + slice;
    *is_end = end <= next;
    return spec(*is_end ? (end < 0 ? 0 : end) : next);
}

int clock_gettime(clockid_t clock, struct timespec *time) {
    int result = (int)syscall(SYS_clock_gettime, clock, time);
    if (result == 0 && is_wall(clock)) *time = spec(nanoseconds(time) + shift());
    return result;
}

int timespec_get(struct timespec *time, int base) {
    if (base != TIME_UTC) return 0;
    clock_gettime(CLOCK_REALTIME, time);
    return base;
}

int gettimeofday(struct timeval *restrict time, void *restrict zone) {
    (void)zone;
    struct timespec now = spec(true_time() + shift());
    time->tv_sec = now.tv_sec;
    time->tv_usec = now.tv_nsec / 1000;
    return 0;
}

time_t time(time_t *result) {
    time_t now = (true_time() + shift()) / second;
    if (result) *result = now;
    return now;
}

int pthread_cond_timedwait(
    pthread_cond_t *restrict condition,
    pthread_mutex_t *restrict mutex,
    const struct timespec *restrict deadline
) {
    // A condition may have been made for another clock, whose deadlines are far below wall time.
    if (deadline->tv_sec < 1000000000) return real_wait(condition, mutex, deadline);
    int is_end;
    struct timespec next = until(deadline, &is_end);
    int result = real_wait(condition, mutex, &next);
    return is_end ? result : 0;
}

int pthread_cond_clockwait(
    pthread_cond_t *restrict condition,
    pthread_mutex_t *restrict mutex,
    clockid_t clock,
    const struct timespec *restrict deadline
) {
    if (!is_wall(clock)) return real_clockwait(condition, mutex, clock, deadline);
    int is_end;
    struct timespec next = until(deadline, &is_end);
    int result = real_clockwait(condition, mutex, clock, &next);
    return is_end ? result : 0;
}

int cnd_timedwait(
    cnd_t *restrict condition,
    mtx_t *restrict mutex,
    const struct timespec *restrict deadline
) {
    int is_end;
    struct timespec next = until(deadline, &is_end);
    int result = real_c11_wait(condition, mutex, &next);
    return is_end ? result : thrd_success;
}
