#pragma once
/// Allocations since the process began, by whatever function of the C library.
unsigned long allocations_so_far(void);
