#define _GNU_SOURCE
#include "linux.h"

#include <fcntl.h>
#include <malloc.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <unistd.h>

void thread_set_name(const char *name) { prctl(PR_SET_NAME, name); }

int duplicate_descriptor(int descriptor) { return fcntl(descriptor, F_DUPFD_CLOEXEC, 0); }

void heap_keep_freed(int bytes) {
  mallopt(M_TRIM_THRESHOLD, bytes);
  mallopt(M_MMAP_THRESHOLD, 4 << 20);
}

bool open_pipe(int ends[2]) { return pipe2(ends, O_CLOEXEC) == 0; }

bool peer_credentials(int descriptor, uint32_t *uid, uint32_t *gid, int32_t *pid) {
  struct ucred credentials;
  socklen_t length = sizeof credentials;
  if (getsockopt(descriptor, SOL_SOCKET, SO_PEERCRED, &credentials, &length) != 0) return false;
  *uid = credentials.uid;
  *gid = credentials.gid;
  *pid = credentials.pid;
  return true;
}
