#include "files.h"

static const unsigned char apsara_instances[] = {
#embed "data/apsara/instances.json"
};
static const unsigned char apsara_instance_types[] = {
#embed "data/apsara/instance-types.json"
};
static const unsigned char apsara_deployment_sets[] = {
#embed "data/apsara/deployment-sets.json"
};
static const unsigned char apsara_disks[] = {
#embed "data/apsara/disks.json"
};
static const unsigned char apsara_snapshots[] = {
#embed "data/apsara/snapshots.json"
};
static const unsigned char apsara_snapshot_policies[] = {
#embed "data/apsara/snapshot-policies.json"
};
static const unsigned char apsara_images[] = {
#embed "data/apsara/images.json"
};
static const unsigned char apsara_security_groups[] = {
#embed "data/apsara/security-groups.json"
};
static const unsigned char apsara_key_pairs[] = {
#embed "data/apsara/key-pairs.json"
};
static const unsigned char apsara_network_interfaces[] = {
#embed "data/apsara/network-interfaces.json"
};
static const unsigned char apsara_tags[] = {
#embed "data/apsara/tags.json"
};
static const unsigned char apsara_tasks[] = {
#embed "data/apsara/tasks.json"
};
static const unsigned char apsara_regions[] = {
#embed "data/apsara/regions.json"
};

// In the order in which documents show the resources.
const catalogue_file apsara_files[] = {
    {"apsara/instances.json", apsara_instances, sizeof apsara_instances},
    {"apsara/instance-types.json", apsara_instance_types, sizeof apsara_instance_types},
    {"apsara/deployment-sets.json", apsara_deployment_sets, sizeof apsara_deployment_sets},
    {"apsara/disks.json", apsara_disks, sizeof apsara_disks},
    {"apsara/snapshots.json", apsara_snapshots, sizeof apsara_snapshots},
    {"apsara/snapshot-policies.json", apsara_snapshot_policies, sizeof apsara_snapshot_policies},
    {"apsara/images.json", apsara_images, sizeof apsara_images},
    {"apsara/security-groups.json", apsara_security_groups, sizeof apsara_security_groups},
    {"apsara/key-pairs.json", apsara_key_pairs, sizeof apsara_key_pairs},
    {"apsara/network-interfaces.json", apsara_network_interfaces, sizeof apsara_network_interfaces},
    {"apsara/tags.json", apsara_tags, sizeof apsara_tags},
    {"apsara/tasks.json", apsara_tasks, sizeof apsara_tasks},
    {"apsara/regions.json", apsara_regions, sizeof apsara_regions},
    {0},
};
