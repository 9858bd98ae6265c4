#include "files.h"

static const unsigned char ecs_instances[] = {
#embed "data/ecs/instances.json"
};
static const unsigned char ecs_instance_types[] = {
#embed "data/ecs/instance-types.json"
};
static const unsigned char ecs_launch_templates[] = {
#embed "data/ecs/launch-templates.json"
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
static const unsigned char ecs_public_ip_addresses[] = {
#embed "data/ecs/public-ip-addresses.json"
};
static const unsigned char ecs_classic_links[] = {
#embed "data/ecs/classic-links.json"
};
static const unsigned char ecs_tags[] = {
#embed "data/ecs/tags.json"
};
static const unsigned char ecs_commands[] = {
#embed "data/ecs/commands.json"
};
static const unsigned char ecs_invocations[] = {
#embed "data/ecs/invocations.json"
};
static const unsigned char ecs_cloud_assistants[] = {
#embed "data/ecs/cloud-assistants.json"
};
static const unsigned char ecs_monitor_data[] = {
#embed "data/ecs/monitor-data.json"
};
static const unsigned char ecs_system_events[] = {
#embed "data/ecs/system-events.json"
};
static const unsigned char ecs_tasks[] = {
#embed "data/ecs/tasks.json"
};
static const unsigned char ecs_prices[] = {
#embed "data/ecs/prices.json"
};
static const unsigned char ecs_regions[] = {
#embed "data/ecs/regions.json"
};

// In the order in which documents show the resources.
const catalogue_file ecs_files[] = {
    {"ecs/instances.json", ecs_instances, sizeof ecs_instances},
    {"ecs/instance-types.json", ecs_instance_types, sizeof ecs_instance_types},
    {"ecs/launch-templates.json", ecs_launch_templates, sizeof ecs_launch_templates},
    {"ecs/disks.json", ecs_disks, sizeof ecs_disks},
    {"ecs/snapshots.json", ecs_snapshots, sizeof ecs_snapshots},
    {"ecs/snapshot-policies.json", ecs_snapshot_policies, sizeof ecs_snapshot_policies},
    {"ecs/images.json", ecs_images, sizeof ecs_images},
    {"ecs/security-groups.json", ecs_security_groups, sizeof ecs_security_groups},
    {"ecs/key-pairs.json", ecs_key_pairs, sizeof ecs_key_pairs},
    {"ecs/network-interfaces.json", ecs_network_interfaces, sizeof ecs_network_interfaces},
    {"ecs/public-ip-addresses.json", ecs_public_ip_addresses, sizeof ecs_public_ip_addresses},
    {"ecs/classic-links.json", ecs_classic_links, sizeof ecs_classic_links},
    {"ecs/tags.json", ecs_tags, sizeof ecs_tags},
    {"ecs/commands.json", ecs_commands, sizeof ecs_commands},
    {"ecs/invocations.json", ecs_invocations, sizeof ecs_invocations},
    {"ecs/cloud-assistants.json", ecs_cloud_assistants, sizeof ecs_cloud_assistants},
    {"ecs/monitor-data.json", ecs_monitor_data, sizeof ecs_monitor_data},
    {"ecs/system-events.json", ecs_system_events, sizeof ecs_system_events},
    {"ecs/tasks.json", ecs_tasks, sizeof ecs_tasks},
    {"ecs/prices.json", ecs_prices, sizeof ecs_prices},
    {"ecs/regions.json", ecs_regions, sizeof ecs_regions},
    {0},
};
