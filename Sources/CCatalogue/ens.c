#include "files.h"

static const unsigned char ens_instances[] = {
#embed "data/ens/instances.json"
};
static const unsigned char ens_monitoring[] = {
#embed "data/ens/monitoring.json"
};
static const unsigned char ens_instance_specs[] = {
#embed "data/ens/instance-specs.json"
};
static const unsigned char ens_images[] = {
#embed "data/ens/images.json"
};
static const unsigned char ens_key_pairs[] = {
#embed "data/ens/key-pairs.json"
};
static const unsigned char ens_security_groups[] = {
#embed "data/ens/security-groups.json"
};
static const unsigned char ens_networks[] = {
#embed "data/ens/networks.json"
};
static const unsigned char ens_vswitches[] = {
#embed "data/ens/vswitches.json"
};
static const unsigned char ens_epn_instances[] = {
#embed "data/ens/epn-instances.json"
};
static const unsigned char ens_load_balancers[] = {
#embed "data/ens/load-balancers.json"
};
static const unsigned char ens_listeners[] = {
#embed "data/ens/listeners.json"
};
static const unsigned char ens_eips[] = {
#embed "data/ens/eips.json"
};
static const unsigned char ens_regions[] = {
#embed "data/ens/regions.json"
};

// In the order in which documents show the resources.
const catalogue_file ens_files[] = {
    {"ens/instances.json", ens_instances, sizeof ens_instances},
    {"ens/monitoring.json", ens_monitoring, sizeof ens_monitoring},
    {"ens/instance-specs.json", ens_instance_specs, sizeof ens_instance_specs},
    {"ens/images.json", ens_images, sizeof ens_images},
    {"ens/key-pairs.json", ens_key_pairs, sizeof ens_key_pairs},
    {"ens/security-groups.json", ens_security_groups, sizeof ens_security_groups},
    {"ens/networks.json", ens_networks, sizeof ens_networks},
    {"ens/vswitches.json", ens_vswitches, sizeof ens_vswitches},
    {"ens/epn-instances.json", ens_epn_instances, sizeof ens_epn_instances},
    {"ens/load-balancers.json", ens_load_balancers, sizeof ens_load_balancers},
    {"ens/listeners.json", ens_listeners, sizeof ens_listeners},
    {"ens/eips.json", ens_eips, sizeof ens_eips},
    {"ens/regions.json", ens_regions, sizeof ens_regions},
    {0},
};
