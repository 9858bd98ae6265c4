#include "files.h"

static const unsigned char ecs_instances[] = {
#embed "data/ecs/instances.json"
};
static const unsigned char ecs_instance_types[] = {
#embed "data/ecs/instance-types.json"
};
static const unsigned char ecs_disks[] = {
#embed "data/ecs/disks.json"
};
static const unsigned char ecs_snapshots[] = {
#embed "data/ecs/snapshots.json"
};
static const unsigned char ecs_snapshot_policies[] = {
#embed "data/ecs/snapshot-policies.json"
};
static const unsigned char ecs_images[] = {
#embed "data/ecs/images.json"
};
static const unsigned char ecs_security_groups[] = {
#embed "data/ecs/security-groups.json"
};
static const unsigned char ecs_key_pairs[] = {
#embed "data/ecs/key-pairs.json"
};
static const unsigned char ecs_network_interfaces[] = {
#embed "data/ecs/network-interfaces.json"
};
static const unsigned char ecs_tags[] = {
#embed "data/ecs/tags.json"
};
static const unsigned char ecs_regions[] = {
#embed "data/ecs/regions.json"
};

// In the order in which documents show the resources.
const catalogue_file ecs_files[] = {
    {"ecs/instances.json", ecs_instances, sizeof ecs_instances},
    {"ecs/instance-types.json", ecs_instance_types, sizeof ecs_instance_types},
    {"ecs/disks.json", ecs_disks, sizeof ecs_disks},
    {"ecs/snapshots.json", ecs_snapshots, sizeof ecs_snapshots},
    {"ecs/snapshot-policies.json", ecs_snapshot_policies, sizeof ecs_snapshot_policies},
    {"ecs/images.json", ecs_images, sizeof ecs_images},
    {"ecs/security-groups.json", ecs_security_groups, sizeof ecs_security_groups},
    {"ecs/key-pairs.json", ecs_key_pairs, sizeof ecs_key_pairs},
    {"ecs/network-interfaces.json", ecs_network_interfaces, sizeof ecs_network_interfaces},
    {"ecs/tags.json", ecs_tags, sizeof ecs_tags},
    {"ecs/regions.json", ecs_regions, sizeof ecs_regions},
    {0},
};
