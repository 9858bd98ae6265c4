#include "files.h"

static const unsigned char slb_load_balancers[] = {
#embed "data/slb/load-balancers.json"
};
static const unsigned char slb_listeners[] = {
#embed "data/slb/listeners.json"
};
static const unsigned char slb_backend_servers[] = {
#embed "data/slb/backend-servers.json"
};
static const unsigned char slb_vserver_groups[] = {
#embed "data/slb/vserver-groups.json"
};
static const unsigned char slb_master_slave_server_groups[] = {
#embed "data/slb/master-slave-server-groups.json"
};
static const unsigned char slb_forwarding_rules[] = {
#embed "data/slb/forwarding-rules.json"
};
static const unsigned char slb_server_certificates[] = {
#embed "data/slb/server-certificates.json"
};
static const unsigned char slb_ca_certificates[] = {
#embed "data/slb/ca-certificates.json"
};
static const unsigned char slb_domain_extensions[] = {
#embed "data/slb/domain-extensions.json"
};
static const unsigned char slb_tls_cipher_policies[] = {
#embed "data/slb/tls-cipher-policies.json"
};
static const unsigned char slb_access_control_lists[] = {
#embed "data/slb/access-control-lists.json"
};
static const unsigned char slb_listener_white_lists[] = {
#embed "data/slb/listener-white-lists.json"
};
static const unsigned char slb_tags[] = {
#embed "data/slb/tags.json"
};
static const unsigned char slb_regions[] = {
#embed "data/slb/regions.json"
};

// In the order in which documents show the resources.
const catalogue_file slb_files[] = {
    {"slb/load-balancers.json", slb_load_balancers, sizeof slb_load_balancers},
    {"slb/listeners.json", slb_listeners, sizeof slb_listeners},
    {"slb/backend-servers.json", slb_backend_servers, sizeof slb_backend_servers},
    {"slb/vserver-groups.json", slb_vserver_groups, sizeof slb_vserver_groups},
    {"slb/master-slave-server-groups.json", slb_master_slave_server_groups, sizeof slb_master_slave_server_groups},
    {"slb/forwarding-rules.json", slb_forwarding_rules, sizeof slb_forwarding_rules},
    {"slb/server-certificates.json", slb_server_certificates, sizeof slb_server_certificates},
    {"slb/ca-certificates.json", slb_ca_certificates, sizeof slb_ca_certificates},
    {"slb/domain-extensions.json", slb_domain_extensions, sizeof slb_domain_extensions},
    {"slb/tls-cipher-policies.json", slb_tls_cipher_policies, sizeof slb_tls_cipher_policies},
    {"slb/access-control-lists.json", slb_access_control_lists, sizeof slb_access_control_lists},
    {"slb/listener-white-lists.json", slb_listener_white_lists, sizeof slb_listener_white_lists},
    {"slb/tags.json", slb_tags, sizeof slb_tags},
    {"slb/regions.json", slb_regions, sizeof slb_regions},
    {0},
};
