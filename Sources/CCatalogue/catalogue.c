#define _GNU_SOURCE
#include "files.h"

#include <stdint.h>
#include <sys/mman.h>
#include <unistd.h>

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

void catalogue_rest(void) {
    uintptr_t page = (uintptr_t)sysconf(_SC_PAGESIZE);
    const catalogue_file *file;
    for (size_t index = 0; (file = catalogue_file_at(index)) != NULL; index++) {
        // Whole pages only: what shares the first and last one may be in use.
        uintptr_t start = ((uintptr_t)file->bytes + page - 1) / page * page;
        uintptr_t end = ((uintptr_t)file->bytes + file->length) / page * page;
        if (end > start) madvise((void *)start, end - start, MADV_DONTNEED);
    }
}
