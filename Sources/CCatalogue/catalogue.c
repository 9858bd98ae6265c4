#include "files.h"

static const catalogue_file *const products[] = {ecs_files, vpc_files, slb_files, ens_files, apsara_files};

const catalogue_file *catalogue_file_at(size_t index) {
    for (size_t product = 0; product < sizeof products / sizeof products[0]; product++) {
        for (const catalogue_file *file = products[product]; file->name != NULL; file++) {
            if (index == 0) return file;
            index--;
        }
    }
    return NULL;
}
