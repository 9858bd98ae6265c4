#ifndef CCATALOGUE_FILES_H
#define CCATALOGUE_FILES_H

#include "catalogue.h"

// One list for each folder below `data`, ended by an entry without a name. Each file stands in its list twice: its bytes
// and its entry. A test compares the lists with the folders.

// Embedding is standard C since C23 only, and the package's C standard is older.
#pragma clang diagnostic ignored "-Wc23-extensions"

extern const catalogue_file ecs_files[];
extern const catalogue_file vpc_files[];
extern const catalogue_file slb_files[];
extern const catalogue_file ens_files[];
extern const catalogue_file apsara_files[];

#endif
