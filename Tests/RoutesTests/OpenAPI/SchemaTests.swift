import Bytes
import Testing

@testable import Routes

/// A catalogue of one product with one disk action; `parts` go into the action.
private func plan(_ parts: String, route: String = #"{"method": "POST", "path": "/disks"}"#, kind: String = "write") throws
    -> OperationPlan
{
    let text = """
        {"product": "ecs", "version": "2014-05-26", "dialect": "public", "resource": "disk", "title": "Disks", "actions": [
         {"action": "DoDisk", "kind": "\(kind)", "summary": "Does it.", "group": "disks", "routes": [\(route)],
          "arns": [{"arn": "acs:ecs:$RegionId:$AccountId:disk/*"}], \(parts)}]}
        """
    let catalogue = try Catalogue(loading: [CatalogueSource(name: "ecs/disk.json", text: text)])
    return OperationPlan(catalogue.operations[0].entry, route: 0, in: catalogue)
}

private func body(_ parameters: String) throws -> JSONValue {
    RequestSchema(fields: try plan("\"parameters\": [\(parameters)]").fields).body()
}

@Suite struct RequestSchemaTests {
    @Test func `dotted names become nested objects, and unknown members are refused`() throws {
        let schema = try body(
            #"{"name": "SystemDisk.Category", "type": "String"}, {"name": "SystemDisk.Size", "type": "Integer", "required": true}"#
        )
        let disk = schema["properties"]?["systemDisk"]
        #expect(disk?["type"] == "object")
        #expect(disk?["properties"]?["size"]?["type"] == "integer")
        #expect(disk?["required"] == ["size"])
        #expect(schema["required"] == ["systemDisk"])
        #expect(schema["additionalProperties"] == false)
        #expect(disk?["additionalProperties"] == false)
    }

    @Test func `repeated names become lists with their limit, also inside each other`() throws {
        let schema = try body(
            """
            {"name": "Tag.n.Key", "type": "String", "required": true, "maxItems": 20}, {"name": "Tag.n.Value", "type": "String", "maxItems": 20},
            {"name": "NetworkInterface.n.Ipv6Address.n", "type": "String", "maxItems": 10}, {"name": "HostNames.n", "type": "String"}
            """)
        let tag = schema["properties"]?["tag"]
        #expect(tag?["type"] == "array")
        #expect(tag?["maxItems"] == 20)
        #expect(tag?["minItems"] == 1)
        #expect(tag?["items"]?["required"] == ["key"])
        let interface = schema["properties"]?["networkInterface"]
        #expect(interface?["maxItems"] == nil)
        #expect(interface?["items"]?["properties"]?["ipv6Address"]?["maxItems"] == 10)
        #expect(schema["properties"]?["hostNames"]?["items"] == ["type": "string"])
    }

    @Test(
        arguments: [
            (
                #""type": "String", "format": "json-array", "maxItems": 100, "example": "[\"i-1\", \"i-2\"]""#,
                ["type": "array", "items": ["type": "string"], "maxItems": 100, "examples": [["i-1", "i-2"]]]
            ),
            (
                #""type": "String", "format": "comma-list", "enum": ["a", "b"], "example": "a,b""#,
                ["type": "array", "items": ["type": "string", "enum": ["a", "b"]], "examples": [["a", "b"]]]
            ),
            (
                #""type": "Integer", "min": 1, "max": 65536, "enum": [1, 2], "example": 2"#,
                ["type": "integer", "format": "int32", "enum": [1, 2], "minimum": 1, "maximum": 65536, "examples": [2]]
            ),
            (#""type": "Long""#, ["type": "integer", "format": "int64"]),
            (#""type": "Float", "min": 0.5"#, ["type": "number", "format": "double", "minimum": .number("0.5")]),
            (#""type": "Boolean", "default": false"#, ["type": "boolean", "default": false]),
            (
                #""type": "String", "secret": true, "minLength": 8, "maxLength": 30"#,
                ["type": "string", "format": "password", "writeOnly": true, "minLength": 8, "maxLength": 30]
            ),
            (#""type": "String", "format": "base64""#, ["type": "string", "contentEncoding": "base64"]),
            (
                #""type": "String", "enum": ["tcp", "all"], "ignoreCase": true, "example": "ALL""#,
                ["description": " Letter case does not matter.", "type": "string", "enum": ["tcp", "all"], "examples": ["all"]]
            ),
            (
                #""type": "String", "deprecated": true, "note": "Old.""#,
                ["description": "Old.", "type": "string", "deprecated": true]
            ),
        ] as [(String, JSONValue)])
    func `types, limits and examples are those of the catalogue`(parameter: String, expected: JSONValue) throws {
        let schema = try body("{\"name\": \"Thing\", \(parameter)}")
        #expect(schema["properties"]?["thing"] == expected)
    }

    @Test func `objects in a JSON array have their members' schemas, and examples their REST names`() throws {
        let schema = try body(
            #"""
            {"name": "Servers", "type": "String", "format": "json-array", "maxItems": 20, "example": "[{\"ServerId\": \"i-1\", \"Port\": 80}]", "fields": [
             {"name": "ServerId", "type": "String", "required": true, "note": "Its id."}, {"name": "Port", "type": "Integer", "min": 1}]}
            """#)
        let servers = schema["properties"]?["servers"]
        #expect(servers?["items"]?["properties"]?["serverId"] == ["description": "Its id.", "type": "string"])
        #expect(servers?["items"]?["properties"]?["port"] == ["type": "integer", "format": "int32", "minimum": 1])
        #expect(servers?["items"]?["required"] == ["serverId"])
        #expect(servers?["items"]?["additionalProperties"] == false)
        #expect(servers?["examples"] == [[["serverId": "i-1", "port": 80]]])
    }

    @Test func `a default that clients would send stands in words only`() throws {
        let schema = try body(#"{"name": "PerformanceLevel", "type": "String", "default": "PL1"}"#)
        #expect(schema["properties"]?["performanceLevel"] == ["description": "Default: PL1.", "type": "string"])
        let read = try plan(
            #""parameters": [{"name": "Status", "type": "String", "default": "Available"}], "cache": {"class": "list", "tags": ["disk"]}"#,
            route: #"{"method": "GET", "path": "/disks"}"#, kind: "read")
        #expect(read.fields[0].querySchema["default"] == "Available")
    }

    @Test func `the region is never required and always there`() throws {
        #expect(try body(#"{"name": "RegionId", "type": "String", "required": true}"#)["required"] == nil)
        #expect(try body(#"{"name": "DiskId", "type": "String"}"#)["properties"]?["regionId"]?["type"] == "string")
    }

    @Test func `what path and route set is not asked for again`() throws {
        let plan = try plan(
            #""parameters": [{"name": "DiskId", "type": "String", "required": true}, {"name": "Kind", "type": "String"}, {"name": "Size", "type": "Integer"}]"#,
            route: #"{"method": "POST", "path": "/disks/{diskId}", "fixed": {"Kind": "data"}}"#)
        #expect(plan.fields.map(\.parameter.restName) == ["size", "regionId"])
    }

    @Test func `elements that are objects are numbered in queries`() throws {
        let plan = try plan(
            #""parameters": [{"name": "Tag.n.Key", "type": "String", "maxItems": 20}, {"name": "DiskId.n", "type": "String"}]"#,
            route: #"{"method": "DELETE", "path": "/disks"}"#)
        #expect(plan.fields.map(\.queryName) == ["tag.1.key", "diskId", "regionId"])
        #expect(plan.fields[0].queryDescription == "Further elements are numbered on: `tag.2.key`, up to 20.")
        #expect(plan.fields[1].querySchema["type"] == "array")
    }
}

@Suite struct AnswerSchemaTests {
    private let answer = AnswerSchema([
        .init(path: "TotalCount", type: "Integer", note: ""), .init(path: "NextToken", type: "String", note: ""),
        .init(path: "Disks", type: "Struct", note: ""), .init(path: "Disks.Disk[]", type: "Struct", note: "A disk."),
        .init(path: "Disks.Disk[].DiskId", type: "String", note: "Its id."),
        .init(path: "Disks.Disk[].IOPS", type: "Integer", note: ""),
        .init(path: "Disks.Disk[].Tags", type: "Struct", note: ""),
        .init(path: "Disks.Disk[].Tags.Tag[]", type: "Struct", note: "Tags."),
        .init(path: "Disks.Disk[].Tags.Tag[].TagKey", type: "String", note: ""),
        .init(path: "Disks.Disk[].MountInstances", type: "Struct", note: ""),
        .init(path: "Disks.Disk[].MountInstances.Device", type: "String", note: ""),
    ])

    @Test func `an element has REST names, and wrapped lists are unwrapped`() {
        #expect(
            answer.element(of: "Disks.Disk") == [
                "type": "object",
                "properties": [
                    "diskId": ["description": "Its id.", "type": "string"], "iops": ["type": "integer", "format": "int32"],
                    "tags": [
                        "description": "Tags.", "type": "array",
                        "items": ["type": "object", "properties": ["tagKey": ["type": "string"]]],
                    ],
                    "mountInstances": ["type": "object", "properties": ["device": ["type": "string"]]],
                ],
            ])
        #expect(answer.element(of: "Disks") == nil)
        #expect(answer.element(of: "Snapshots.Snapshot") == nil)
    }

    @Test func `the values of the documented answer are examples`() {
        let answer = AnswerSchema(
            [
                .init(path: "Disks.Disk[].Size", type: "Integer", note: ""),
                .init(path: "Disks.Disk[].Name", type: "String", note: ""),
                .init(path: "Ids.Id[]", type: "String", note: ""),
            ], example: ["Disks": ["Disk": [["Size": 40, "Name": ""]]], "Ids": ["Id": ["d-1", "d-2"]]])
        #expect(
            answer.element(of: "Disks.Disk")?["properties"] == [
                "size": ["type": "integer", "format": "int32", "examples": [40]], "name": ["type": "string"],
            ])
        let ids = answer.object(collection: nil, element: nil, isPaged: false)["properties"]?["ids"]
        #expect(ids == ["type": "array", "items": ["type": "string", "examples": ["d-1"]]])
    }

    @Test func `a member with a full stop in its name is one member`() {
        let answer = AnswerSchema(
            [
                .init(path: "Data", type: "Struct", note: ""), .init(path: "Data.SystemDisk.Size", type: "Integer", note: ""),
                .init(path: "Data.ImageId", type: "String", note: ""),
            ], example: ["Data": ["SystemDisk.Size": 40]])
        #expect(
            answer.object(collection: nil, element: nil, isPaged: false)["properties"]?["data"]?["properties"] == [
                "systemDisk.size": ["type": "integer", "format": "int32", "examples": [40]], "imageId": ["type": "string"],
            ])
    }

    @Test func `what tells of the page is at the root, though the cloud has it around the list`() {
        let answer = AnswerSchema([
            .init(path: "Invocation", type: "Struct", note: ""), .init(path: "Invocation.TotalCount", type: "Integer", note: ""),
            .init(path: "Invocation.Results", type: "Struct", note: ""),
            .init(path: "Invocation.Results.Result[]", type: "Struct", note: ""),
        ])
        let list = answer.object(collection: "Invocation.Results.Result", element: ["type": "object"], isPaged: false)
        guard case .object(let properties) = list["properties"] else { return #expect(Bool(false), "no properties") }
        #expect(properties.map(\.name) == ["items", "totalCount", "requestId"])
    }

    @Test func `a list has items, the token of the next page, and the request's id`() {
        let list = answer.object(collection: "Disks.Disk", element: ["type": "object"], isPaged: true)
        guard case .object(let properties) = list["properties"] else { return #expect(Bool(false), "no properties") }
        #expect(properties.map(\.name) == ["items", "totalCount", "nextPageToken", "requestId"])
        #expect(list["required"] == ["items"])
    }
}
