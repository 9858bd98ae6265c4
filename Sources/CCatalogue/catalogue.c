#include "catalogue.h"

// Each file below `data` stands here twice: its bytes and its entry in the list. A test compares the list with the folder.
// Embedding is standard C since C23 only, and the package's C standard is older.
#pragma clang diagnostic ignored "-Wc23-extensions"

static const unsigned char ecs_disks[] = {
#embed "data/ecs/disks.json"
};
static const unsigned char ecs_images[] = {
#embed "data/ecs/images.json"
};
static const unsigned char ecs_instance_types[] = {
#embed "data/ecs/instance-types.json"
};
static const unsigned char ecs_instances[] = {
#embed "data/ecs/instances.json"
};
static const unsigned char ecs_key_pairs[] = {
#embed "data/ecs/key-pairs.json"
};
static const unsigned char ecs_network_interfaces[] = {
#embed "data/ecs/network-interfaces.json"
};
static const unsigned char ecs_regions[] = {
#embed "data/ecs/regions.json"
};
static const unsigned char ecs_security_groups[] = {
#embed "data/ecs/security-groups.json"
};
static const unsigned char ecs_snapshot_policies[] = {
#embed "data/ecs/snapshot-policies.json"
};
static const unsigned char ecs_snapshots[] = {
#embed "data/ecs/snapshots.json"
};
static const unsigned char ecs_tags[] = {
#embed "data/ecs/tags.json"
};

#define FILE(name, bytes) {name, bytes, sizeof bytes}

static const catalogue_file files[] = {
    FILE("ecs/disks.json", ecs_disks),
    FILE("ecs/images.json", ecs_images),
    FILE("ecs/instance-types.json", ecs_instance_types),
    FILE("ecs/instances.json", ecs_instances),
    FILE("ecs/key-pairs.json", ecs_key_pairs),
    FILE("ecs/network-interfaces.json", ecs_network_interfaces),
    FILE("ecs/regions.json", ecs_regions),
    FILE("ecs/security-groups.json", ecs_security_groups),
    FILE("ecs/snapshot-policies.json", ecs_snapshot_policies),
    FILE("ecs/snapshots.json", ecs_snapshots),
    FILE("ecs/tags.json", ecs_tags),
};

const catalogue_file *catalogue_file_at(size_t index) {
    return index < sizeof files / sizeof files[0] ? &files[index] : NULL;
}
