#pragma once
// What Swift's own Glibc module leaves out.
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <stdbool.h>
#include <stdint.h>

// Names the calling thread; Linux keeps 15 bytes.
void thread_set_name(const char *name);

// A copy of a descriptor that is closed on exec; -1 on failure.
int duplicate_descriptor(int descriptor);

// Lets malloc keep up to so many freed bytes at the end of each heap: giving them back to the system and taking them again
// with the next request costs a page fault for every 4 KiB.
void heap_keep_freed(int bytes);

// Makes a pipe whose two ends, to read from and to write to, are closed on exec. False on failure.
bool open_pipe(int ends[2]);

// Who holds the other end of a connected Unix socket (SO_PEERCRED). False when the kernel does not say.
bool peer_credentials(int descriptor, uint32_t *uid, uint32_t *gid, int32_t *pid);
