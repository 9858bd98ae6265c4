#include "files.h"

// In the order in which documents show the resources.
const catalogue_file vpc_files[] = {
    {0},
};
