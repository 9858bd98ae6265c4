@testable import Routes

/// Two small files that hold one of everything that binding knows.
enum SampleCatalogue {
    static let things = #"""
        {"product": "ecs", "version": "2014-05-26", "dialect": "public", "resource": "thing", "title": "Things",
         "actions": [
          {"action": "DescribeThings", "kind": "read", "group": "things", "summary": "Lists things.",
           "routes": [{"method": "GET", "path": "/things"},
                      {"method": "GET", "path": "/things/{thingId}", "bind": {"thingId": "ThingIds"}, "view": "one"}],
           "collection": "Things.Thing", "paging": ["page", "token"],
           "arns": [{"arn": "acs:ecs:$RegionId:$AccountId:thing/$ThingIds", "otherwise": "acs:ecs:$RegionId:$AccountId:thing/*"}],
           "cache": {"class": "list", "tags": ["thing"]},
           "parameters": [
            {"name": "RegionId", "type": "String", "required": true},
            {"name": "ThingIds", "type": "String", "format": "json-array", "maxItems": 100},
            {"name": "Names", "type": "String", "format": "comma-list", "maxItems": 3},
            {"name": "ZoneId.n", "type": "String", "maxItems": 5},
            {"name": "Status", "type": "String", "enum": ["Running", "Stopped"]},
            {"name": "Tag.n.Key", "type": "String", "maxLength": 64, "maxItems": 5},
            {"name": "Tag.n.Value", "type": "String", "maxLength": 128, "maxItems": 5},
            {"name": "PageNumber", "type": "Integer", "min": 1},
            {"name": "PageSize", "type": "Integer", "min": 1, "max": 50},
            {"name": "NextToken", "type": "String"},
            {"name": "MaxResults", "type": "Integer", "min": 1, "max": 100}
           ],
           "response": [["Things.Thing[].ThingId", "String", "Id."]]},
          {"action": "RunThings", "kind": "write", "group": "things", "summary": "Makes and starts things.",
           "routes": [{"method": "POST", "path": "/things", "success": 201, "creates": {"id": "ThingIdSets.ThingIdSet", "path": "/things/{}"}}],
           "idempotency": "ClientToken",
           "arns": [{"arn": "acs:ecs:$RegionId:$AccountId:thing/*"},
                    {"arn": "acs:ecs:$RegionId:$AccountId:disk/$DataDisk.n.SnapshotId", "optional": true},
                    {"arn": "acs:ecs:$RegionId:$AccountId:group/$Network.n.GroupIds.m", "optional": true}],
           "invalidates": ["thing"],
           "parameters": [
            {"name": "RegionId", "type": "String", "required": true},
            {"name": "ImageId", "type": "String", "required": true, "minLength": 1},
            {"name": "ThingName", "type": "String", "minLength": 2, "maxLength": 8},
            {"name": "Password", "type": "String", "secret": true, "minLength": 8},
            {"name": "Amount", "type": "Integer", "min": 1, "max": 100, "default": 1},
            {"name": "Bytes", "type": "Long"},
            {"name": "PriceLimit", "type": "Float", "min": 0},
            {"name": "DryRun", "type": "Boolean"},
            {"name": "SystemDisk.Category", "type": "String", "enum": ["cloud", "cloud_ssd"]},
            {"name": "SystemDisk.Size", "type": "String", "min": 20, "max": 500},
            {"name": "DataDisk.n.Size", "type": "Integer", "min": 20, "max": 32768, "maxItems": 3},
            {"name": "DataDisk.n.Device", "type": "String", "maxItems": 3},
            {"name": "DataDisk.n.SnapshotId", "type": "String", "maxItems": 3},
            {"name": "Network.n.VSwitchId", "type": "String", "required": true, "maxItems": 2},
            {"name": "Network.n.GroupIds.m", "type": "String", "maxItems": 4},
            {"name": "Port", "type": "String", "min": 1, "max": 65535, "enum": ["Any"]},
            {"name": "Protocol", "type": "String", "enum": ["TCP", "UDP"], "ignoreCase": true},
            {"name": "KMSKeyId", "type": "String", "alias": ["KmsKey"]},
            {"name": "ReleaseTime", "type": "String", "format": "iso8601"},
            {"name": "CidrBlock", "type": "String", "format": "cidr"},
            {"name": "Address", "type": "String", "format": "ip"},
            {"name": "PortRange", "type": "String", "format": "port-range"},
            {"name": "UserData", "type": "String", "format": "base64"},
            {"name": "Policy", "type": "String", "format": "json"},
            {"name": "Servers", "type": "String", "format": "json-array"},
            {"name": "ClientToken", "type": "String", "maxLength": 64}
           ],
           "response": [["ThingIdSets.ThingIdSet[]", "String", "Id."]]},
          {"action": "CreateThing", "kind": "write", "group": "things", "summary": "Makes a thing.",
           "routes": [{"method": "POST", "path": "/things", "when": {"start": false}}],
           "arns": [{"arn": "acs:ecs:$RegionId:$AccountId:thing/*"}],
           "parameters": [{"name": "RegionId", "type": "String", "required": true}, {"name": "ImageId", "type": "String"}],
           "response": [["ThingId", "String", "Id."]]},
          {"action": "DeleteThing", "kind": "write", "group": "things", "summary": "Deletes a thing.",
           "routes": [{"method": "DELETE", "path": "/things/{thingId}"}],
           "arns": [{"arn": "acs:ecs:$RegionId:$AccountId:thing/$ThingId"}],
           "invalidates": ["thing"],
           "parameters": [{"name": "ThingId", "type": "String", "required": true}, {"name": "Force", "type": "Boolean"}]},
          {"action": "StopThing", "kind": "write", "group": "things", "summary": "Stops a thing.",
           "routes": [{"method": "POST", "path": "/things/{thingId}/stop", "success": 202}],
           "arns": [{"arn": "acs:ecs:$RegionId:$AccountId:thing/$ThingId"}],
           "parameters": [{"name": "ThingId", "type": "String", "required": true}]},
          {"action": "TagThing", "kind": "write", "group": "things", "summary": "Tags a thing.",
           "routes": [{"method": "POST", "path": "/things/{thingId}/tags", "bind": {"thingId": "ResourceId"}, "fixed": {"ResourceType": "thing"}}],
           "arns": [{"arn": "acs:ecs:$RegionId:$AccountId:$ResourceType/$ResourceId"}],
           "parameters": [
            {"name": "regionId", "type": "String", "required": true},
            {"name": "ResourceType", "type": "String", "required": true},
            {"name": "ResourceId", "type": "String", "required": true},
            {"name": "Tag.n.Key", "type": "String", "required": true, "maxItems": 20},
            {"name": "Tag.n.Value", "type": "String", "maxItems": 20}
           ]},
          {"action": "CopyThing", "kind": "write", "group": "things", "summary": "Copies a thing.",
           "routes": [{"method": "POST", "path": "/things/{thingId}/copy"}],
           "arns": [{"arn": "acs:ecs:$ToRegionId:$AccountId:thing/*", "otherwise": "acs:ecs:$RegionId:$AccountId:thing/*"}],
           "parameters": [
            {"name": "RegionId", "type": "String", "required": true},
            {"name": "ThingId", "type": "String", "required": true},
            {"name": "ToRegionId", "type": "String"}
           ]},
          {"action": "AddServers", "kind": "write", "group": "things", "summary": "Puts servers behind a thing.",
           "routes": [{"method": "POST", "path": "/things/{thingId}/servers"},
                      {"method": "PUT", "path": "/things/{thingId}/servers/{serverId}", "bind": {"serverId": "Servers.ServerId"},
                       "creates": {"path": "/things/{thingId}/servers"}}],
           "arns": [{"arn": "acs:ecs:$RegionId:$AccountId:thing/$ThingId", "when": {"Kind": "thing"}},
                    {"arn": "acs:ecs:$RegionId:$AccountId:other/$ThingId", "when": {"Kind": "other"}},
                    {"arn": "acs:ecs:$RegionId:$AccountId:server/$Servers.ServerId", "optional": true}],
           "invalidates": ["thing"],
           "parameters": [
            {"name": "RegionId", "type": "String", "required": true},
            {"name": "ThingId", "type": "String", "required": true},
            {"name": "Kind", "type": "String", "enum": ["thing", "other", "none"]},
            {"name": "Servers", "type": "String", "required": true, "format": "json-array", "maxItems": 3, "fields": [
             {"name": "ServerId", "type": "String", "required": true, "maxLength": 8},
             {"name": "Port", "type": "Integer", "min": 1, "max": 65535},
             {"name": "Kind", "type": "String", "enum": ["ecs", "eni"]},
             {"name": "ServerIp", "type": "String", "format": "ip"},
             {"name": "On", "type": "Boolean"},
             {"name": "level", "type": "String", "min": 0, "max": 9}
            ]},
            {"name": "Options", "type": "String", "format": "json", "fields": [
             {"name": "Mode", "type": "String", "required": true}, {"name": "Lifetime", "type": "Integer"}
            ]}
            ]},
          {"action": "BindThing", "kind": "write", "group": "things", "summary": "Binds a thing to something.",
           "routes": [{"method": "POST", "path": "/things/{thingId}/bind"}],
           "arns": [{"arn": "acs:ecs:$RegionId:$AccountId:thing/$ThingId"},
                    {"arn": "acs:ecs:$RegionId:$AccountId:host/$TargetId", "when": {"TargetType": "Host"}},
                    {"arn": "acs:ecs:$RegionId:$AccountId:gate/$TargetId", "when": {"TargetType": "Gate"}, "optional": true}],
           "parameters": [
            {"name": "ThingId", "type": "String", "required": true},
            {"name": "TargetId", "type": "String"},
            {"name": "TargetType", "type": "String", "enum": ["Host", "Gate", "None"], "default": "Host"}
           ]},
          {"action": "FindThings", "kind": "read", "group": "things", "summary": "Finds things by filters.",
           "routes": [{"method": "GET", "path": "/found/{thingId}", "bind": {"thingId": "Filter.n.Value.m"}, "fixed": {"Filter.n.Key": "Id"}}],
           "parameters": [
            {"name": "Filter.n.Key", "type": "String", "enum": ["Id", "Name"], "maxItems": 5},
            {"name": "Filter.n.Value.m", "type": "String", "maxItems": 5}
           ]}
         ]}
        """#

    static let stacks = #"""
        {"product": "ecs", "version": "2014-05-26", "dialect": "apsara", "resource": "thing", "title": "Things",
         "actions": [
          {"action": "DescribeThings", "kind": "read", "group": "things", "summary": "Lists things.",
           "routes": [{"method": "GET", "path": "/things"}],
           "collection": "Things.Thing",
           "parameters": [{"name": "region_id", "type": "String", "required": true}],
           "cache": {"class": "list", "tags": ["thing"]}},
          {"action": "migrate_thing", "kind": "write", "group": "things", "summary": "Moves a thing.",
           "routes": [{"method": "POST", "path": "/things/{thingId}/migrate"}],
           "parameters": [{"name": "thing_id", "type": "String", "required": true}]}
         ]}
        """#

    static func load() throws -> Catalogue {
        try Catalogue(loading: [
            CatalogueSource(name: "ecs/things.json", text: things), CatalogueSource(name: "apsara/things.json", text: stacks),
        ])
    }
}
