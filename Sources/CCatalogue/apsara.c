#include "files.h"

// In the order in which documents show the resources.
const catalogue_file apsara_files[] = {
    {0},
};
