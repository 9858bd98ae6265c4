#ifndef CCATALOGUE_H
#define CCATALOGUE_H

#include <stddef.h>

/// One catalogue file, embedded when the program was built. Name and bytes live as long as the process.
typedef struct {
    /// Path below `data`, such as `ecs/disk.json`.
    const char *_Null_unspecified name;
    const unsigned char *_Null_unspecified bytes;
    size_t length;
} catalogue_file;

/// The file at `index`, or NULL when there are not so many.
const catalogue_file *_Nullable catalogue_file_at(size_t index);

/// Lets the system take back the memory of what was read of the files; it comes back when it is read again.
void catalogue_rest(void);

#endif
