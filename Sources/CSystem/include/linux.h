#pragma once
// What Swift's own Glibc module leaves out.
#include <sys/epoll.h>
#include <sys/eventfd.h>

// Names the calling thread; Linux keeps 15 bytes.
void thread_set_name(const char *name);
