#include "files.h"

static const unsigned char vpc_vpcs[] = {
#embed "data/vpc/vpcs.json"
};
static const unsigned char vpc_vrouters[] = {
#embed "data/vpc/vrouters.json"
};
static const unsigned char vpc_vswitches[] = {
#embed "data/vpc/vswitches.json"
};
static const unsigned char vpc_route_tables[] = {
#embed "data/vpc/route-tables.json"
};
static const unsigned char vpc_eips[] = {
#embed "data/vpc/eips.json"
};
static const unsigned char vpc_common_bandwidth_packages[] = {
#embed "data/vpc/common-bandwidth-packages.json"
};
static const unsigned char vpc_nat_gateways[] = {
#embed "data/vpc/nat-gateways.json"
};
static const unsigned char vpc_forward_tables[] = {
#embed "data/vpc/forward-tables.json"
};
static const unsigned char vpc_snat_tables[] = {
#embed "data/vpc/snat-tables.json"
};
static const unsigned char vpc_bandwidth_packages[] = {
#embed "data/vpc/bandwidth-packages.json"
};
static const unsigned char vpc_vpn_gateways[] = {
#embed "data/vpc/vpn-gateways.json"
};
static const unsigned char vpc_customer_gateways[] = {
#embed "data/vpc/customer-gateways.json"
};
static const unsigned char vpc_vpn_connections[] = {
#embed "data/vpc/vpn-connections.json"
};
static const unsigned char vpc_access_points[] = {
#embed "data/vpc/access-points.json"
};
static const unsigned char vpc_physical_connections[] = {
#embed "data/vpc/physical-connections.json"
};
static const unsigned char vpc_virtual_border_routers[] = {
#embed "data/vpc/virtual-border-routers.json"
};
static const unsigned char vpc_router_interfaces[] = {
#embed "data/vpc/router-interfaces.json"
};
static const unsigned char vpc_global_accelerations[] = {
#embed "data/vpc/global-accelerations.json"
};
static const unsigned char vpc_ha_vips[] = {
#embed "data/vpc/ha-vips.json"
};
static const unsigned char vpc_regions[] = {
#embed "data/vpc/regions.json"
};

// In the order in which documents show the resources.
const catalogue_file vpc_files[] = {
    {"vpc/vpcs.json", vpc_vpcs, sizeof vpc_vpcs},
    {"vpc/vrouters.json", vpc_vrouters, sizeof vpc_vrouters},
    {"vpc/vswitches.json", vpc_vswitches, sizeof vpc_vswitches},
    {"vpc/route-tables.json", vpc_route_tables, sizeof vpc_route_tables},
    {"vpc/eips.json", vpc_eips, sizeof vpc_eips},
    {"vpc/common-bandwidth-packages.json", vpc_common_bandwidth_packages, sizeof vpc_common_bandwidth_packages},
    {"vpc/nat-gateways.json", vpc_nat_gateways, sizeof vpc_nat_gateways},
    {"vpc/forward-tables.json", vpc_forward_tables, sizeof vpc_forward_tables},
    {"vpc/snat-tables.json", vpc_snat_tables, sizeof vpc_snat_tables},
    {"vpc/bandwidth-packages.json", vpc_bandwidth_packages, sizeof vpc_bandwidth_packages},
    {"vpc/vpn-gateways.json", vpc_vpn_gateways, sizeof vpc_vpn_gateways},
    {"vpc/customer-gateways.json", vpc_customer_gateways, sizeof vpc_customer_gateways},
    {"vpc/vpn-connections.json", vpc_vpn_connections, sizeof vpc_vpn_connections},
    {"vpc/access-points.json", vpc_access_points, sizeof vpc_access_points},
    {"vpc/physical-connections.json", vpc_physical_connections, sizeof vpc_physical_connections},
    {"vpc/virtual-border-routers.json", vpc_virtual_border_routers, sizeof vpc_virtual_border_routers},
    {"vpc/router-interfaces.json", vpc_router_interfaces, sizeof vpc_router_interfaces},
    {"vpc/global-accelerations.json", vpc_global_accelerations, sizeof vpc_global_accelerations},
    {"vpc/ha-vips.json", vpc_ha_vips, sizeof vpc_ha_vips},
    {"vpc/regions.json", vpc_regions, sizeof vpc_regions},
    {0},
};
