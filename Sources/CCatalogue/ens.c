#include "files.h"

// In the order in which documents show the resources.
const catalogue_file ens_files[] = {
    {0},
};
