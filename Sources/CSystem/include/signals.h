#pragma once

/// Makes the two signals count up an eventfd instead of ending the process; SIGPIPE is ignored. Returns the descriptor,
/// non-blocking and closed on exec, or -1. To be called once in a process.
int csystem_watch_signals(int first, int second);
/// Makes SIGHUP count up an eventfd instead of ending the process. Returns the descriptor, or -1.
int csystem_watch_reload(void);
/// Empties an eventfd.
void csystem_take_events(int events);
/// Switches core dumps off, and keeps other processes of the same user from looking into this one's memory.
void csystem_forbid_dumps(void);
/// Raises the limit of open files as far as the system allows, and forbids dumps. Returns the limit of files.
unsigned long csystem_set_limits(void);
/// How many processors the process may use.
int csystem_processor_count(void);
