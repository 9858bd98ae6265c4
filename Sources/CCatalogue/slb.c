#include "files.h"

// In the order in which documents show the resources.
const catalogue_file slb_files[] = {
    {0},
};
