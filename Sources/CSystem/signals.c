#define _GNU_SOURCE
#include "signals.h"
#include <errno.h>
#include <sched.h>
#include <signal.h>
#include <stdint.h>
#include <sys/eventfd.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <unistd.h>

static int descriptor = -1;
static int reload_descriptor = -1;

// Only what is safe in a signal handler: one write.
static void note(int signal) {
    int code = errno;
    uint64_t one = 1;
    ssize_t written = write(signal == SIGHUP ? reload_descriptor : descriptor, &one, sizeof one);
    (void)written;
    errno = code;
}

int csystem_watch_signals(int first, int second) {
    if (descriptor < 0) descriptor = eventfd(0, EFD_NONBLOCK | EFD_CLOEXEC);
    if (descriptor < 0) return -1;
    struct sigaction action = {.sa_handler = note, .sa_flags = SA_RESTART};
    sigemptyset(&action.sa_mask);
    struct sigaction ignore = {.sa_handler = SIG_IGN};
    sigemptyset(&ignore.sa_mask);
    if (sigaction(first, &action, 0) != 0 || sigaction(second, &action, 0) != 0 || sigaction(SIGPIPE, &ignore, 0) != 0) return -1;
    return descriptor;
}

int csystem_watch_reload(void) {
    if (reload_descriptor < 0) reload_descriptor = eventfd(0, EFD_NONBLOCK | EFD_CLOEXEC);
    if (reload_descriptor < 0) return -1;
    struct sigaction action = {.sa_handler = note, .sa_flags = SA_RESTART};
    sigemptyset(&action.sa_mask);
    return sigaction(SIGHUP, &action, 0) == 0 ? reload_descriptor : -1;
}

void csystem_take_events(int events) {
    uint64_t count = 0;
    ssize_t length = read(events, &count, sizeof count);
    (void)length;
}

void csystem_forbid_dumps(void) {
    struct rlimit none = {0, 0};
    setrlimit(RLIMIT_CORE, &none);
    prctl(PR_SET_DUMPABLE, 0);
}

unsigned long csystem_set_limits(void) {
    csystem_forbid_dumps();
    struct rlimit files;
    if (getrlimit(RLIMIT_NOFILE, &files) != 0) return 0;
    files.rlim_cur = files.rlim_max;
    setrlimit(RLIMIT_NOFILE, &files);
    return files.rlim_cur;
}

int csystem_processor_count(void) {
    cpu_set_t set;
    return sched_getaffinity(0, sizeof set, &set) == 0 ? CPU_COUNT(&set) : 1;
}
