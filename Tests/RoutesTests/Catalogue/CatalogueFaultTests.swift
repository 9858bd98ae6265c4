import Testing

@testable import Routes

@Suite struct CatalogueFaultTests {
    static let action = #"{"action":"A","kind":"read","summary":"A.","routes":[{"method":"GET","path":"/a"}]}"#

    static func file(
        _ actions: String..., header: String = #""product":"p","version":"1","dialect":"public","resource":"disk","title":"D""#
    ) -> String {
        "{\(header),\n\"actions\":[\n\(actions.joined(separator: ",\n"))\n]}"
    }

    /// Faults as `line: message`.
    static func faults(_ texts: String...) -> [String] {
        do {
            _ = try Catalogue(loading: texts.enumerated().map { CatalogueSource(name: "\($0.offset).json", text: $0.element) })
            return []
        } catch {
            return error.faults.map { "\($0.file):\($0.line): \($0.message)" }
        }
    }

    struct Case: Sendable, CustomTestStringConvertible {
        let text: String
        let expected: String

        var testDescription: String { expected }
    }

    /// The parts of an otherwise sound action, and what is wrong with it.
    static func action(_ parts: String, _ expected: String) -> Case {
        Case(text: file(#"{"action":"A","summary":"A.",\#(parts)}"#), expected: expected)
    }

    static func parameter(_ parts: String, _ expected: String) -> Case {
        action(#""kind":"read","routes":[{"method":"GET","path":"/a"}],"parameters":[{"name":"X",\#(parts)}]"#, expected)
    }

    static func route(_ parts: String, _ expected: String) -> Case {
        action(#""kind":"write","parameters":[{"name":"DiskId","type":"String"}],"routes":[{\#(parts)}]"#, expected)
    }

    static let cases: [Case] = [
        Case(text: "{", expected: "0.json:1: the text ends too early"),
        Case(text: "[]", expected: "0.json:1: the file must be an object"),
        Case(
            text: file(action, header: #""product":"p","dialect":"public","resource":"d""#),
            expected: "0.json:2: `version` must come before `actions`"),
        Case(
            text: file(action, header: #""product":"p","version":"1","dialect":"privat","resource":"d""#),
            expected: "0.json:1: `dialect` `privat` is unknown; allowed: public, apsara"),
        Case(text: file(action, action), expected: "0.json:4: the action A of p is already in 0.json"),
        action(
            #""kind":"raed","routes":[{"method":"GET","path":"/a"}]"#,
            "0.json:3: the kind of an action `raed` is unknown; allowed: read, write"),
        action(
            #""kind":"read","routes":[{"method":"GET","path":"/a"}],"sumary":"x""#,
            "0.json:3: unknown member `sumary` of the action; allowed: action, kind"),
        action(#""kind":"read","kind":"read","routes":[{"method":"GET","path":"/a"}]"#, "0.json:3: member `kind` is given twice"),
        action(#""kind":"read","routes":[]"#, "0.json:3: A needs at least one route"),
        action(#""kind":"write","routes":[{"method":"GET","path":"/a"}]"#, "0.json:3: A is a write; GET is for reads"),
        action(
            #""kind":"write","routes":[{"method":"POST","path":"/a"}],"cache":{"class":"list","tags":["disk"]}"#,
            "0.json:3: A is a write; only a read can be cached"),
        action(
            #""kind":"read","routes":[{"method":"GET","path":"/a"}],"invalidates":["disk"]"#,
            "0.json:3: A is a read; only a write invalidates"),
        action(
            #""kind":"read","routes":[{"method":"GET","path":"/a"}],"cache":{"class":"fast","tags":["disk"]}"#,
            "0.json:3: the cache class `fast` is unknown; allowed: static, list"),
        action(
            #""kind":"read","routes":[{"method":"GET","path":"/a"}],"cache":{"class":"list","tags":["disks"]}"#,
            "0.json:3: A: unknown tag `disks`; did you mean `disk`?"),
        action(
            #""kind":"read","routes":[{"method":"GET","path":"/a"}],"cache":{"class":"list","tags":["Disk"]}"#,
            "0.json:3: A: the tag `Disk` must be a resource type"),
        action(
            #""kind":"read","routes":[{"method":"GET","path":"/a"}],"idempotency":"ClientToken""#,
            "0.json:3: `idempotency` names the unknown parameter `ClientToken`"),
        action(
            #""kind":"read","routes":[{"method":"GET","path":"/a"}],"paging":["page"],"collection":"A""#,
            "0.json:3: `paging` is page, but A lacks PageNumber"),
        action(
            #""kind":"read","routes":[{"method":"GET","path":"/a"}],"collectionAliases":["A"]"#,
            "0.json:3: A has `collectionAliases` and therefore needs `collection`"),
        action(
            #""kind":"read","routes":[{"method":"GET","path":"/a"}],"arns":[{"arn":"acs:ecs:$RegionId:$AccountId:disk/$DiskId"}]"#,
            "0.json:3: the resource `acs:ecs:$RegionId:$AccountId:disk/$DiskId` names the unknown parameter `DiskId`"),
        action(
            #""kind":"read","routes":[{"method":"GET","path":"/a"}],"arns":[{"arn":"disk/*"}]"#,
            "0.json:3: the resource `disk/*` must be like"),
        action(
            #""kind":"read","routes":[{"method":"GET","path":"/a"}],"arns":[{"arn":"acs:e:*:*:$A.n/$B.n"}],"parameters":[{"name":"A.n","type":"String"},{"name":"B.n","type":"String"}]"#,
            "0.json:3: the resource `acs:e:*:*:$A.n/$B.n` names more than one list"),
        action(
            #""kind":"read","routes":[{"method":"GET","path":"/a"}],"arns":[{"arn":"acs:e:*:*:a/*","when":{"Kind":"x"}}]"#,
            "0.json:3: `when` names the unknown parameter `Kind`"),
        action(
            #""kind":"read","routes":[{"method":"GET","path":"/a"}],"arns":[{"arn":"acs:e:*:*:a/*","when":{"S":"x"}}],"parameters":[{"name":"S","type":"String","enum":["x"],"ignoreCase":true}]"#,
            "0.json:3: `when` needs a single parameter"),
        action(
            #""kind":"read","routes":[{"method":"GET","path":"/a"}],"arns":[{"arn":"acs:e:*:*:a/*","when":{"S":"x"}}],"parameters":[{"name":"S","type":"String","enum":["y"]}]"#,
            "0.json:3: `when` needs a single parameter"),
        parameter(
            #""type":"Int""#, "0.json:3: the type of a parameter `Int` is unknown; allowed: String, Integer, Long, Float, Boolean"
        ),
        parameter(#""required":true"#, "0.json:3: parameter `X` has no usable type"),
        parameter(#""type":"String","required":"yes""#, "0.json:3: `required` is `yes`; allowed: true, false, conditional"),
        parameter(
            #""type":"String","enum":["a","b"],"default":"c""#,
            "0.json:3: parameter `X`: the default `c` is not among the allowed values"),
        parameter(#""type":"Integer","min":5,"max":1"#, "0.json:3: parameter `X`: `min` is above `max`"),
        parameter(#""type":"Integer","min":5,"default":1"#, "0.json:3: parameter `X`: the default is below `min`"),
        parameter(#""type":"Integer","format":"ip""#, "0.json:3: parameter `X`: only a String has a format"),
        parameter(#""type":"String","format":"json-list""#, "0.json:3: the format of a parameter `json-list` is unknown"),
        parameter(
            #""type":"String","fields":[{"name":"A","type":"String"}]"#, "0.json:3: parameter `X`: only a JSON value has `fields`"
        ),
        parameter(
            #""type":"String","format":"json-array","fields":[{"name":"A.B","type":"String"}]"#,
            "0.json:3: parameter `X`: the field `A.B` must be a single value"),
        parameter(
            #""type":"String","format":"json-array","fields":[{"name":"A","type":"String"},{"name":"a","type":"String"}]"#,
            "0.json:3: parameter `X`: two fields have the name `a` in REST"),
        action(
            #""kind":"read","routes":[{"method":"GET","path":"/a"}],"arns":[{"arn":"acs:e:*:*:a/$X.A"}],"parameters":[{"name":"X","type":"String","format":"json-array","fields":[{"name":"A","type":"String"}]}]"#,
            "0.json:3: the resource `acs:e:*:*:a/$X.A` names `X.A`, which is not required"),
        action(
            #""kind":"read","routes":[{"method":"GET","path":"/a/{b}","bind":{"b":"X.A"}}],"parameters":[{"name":"X","type":"String","format":"json-array","fields":[{"name":"A","type":"String"},{"name":"B","type":"String","required":true}]}]"#,
            "0.json:3: `bind` fills `X.A` only, but `B` is required as well"),
        action(
            #""kind":"read","routes":[{"method":"GET","path":"/a"}],"arns":[{"arn":"acs:e:*:*:a/*","when":{"Kind":"a"}}]"#,
            "0.json:3: `when` names the unknown parameter `Kind`"),
        action(
            #""kind":"read","routes":[{"method":"GET","path":"/a"}],"arns":[{"arn":"acs:e:*:*:a/*","when":{"Kind":"a"}}],"parameters":[{"name":"Kind","type":"String","enum":["b"]}]"#,
            "0.json:3: `when` needs a single parameter, and one of its values as they are spelled: not `Kind` with `a`"),
        parameter(#""type":"String","maxLength":"64""#, "0.json:3: `maxLength` must be a whole number, 0 or more"),
        parameter(#""type":"String"},{"name":"x","type":"String""#, "0.json:3: two parameters of A have the name `x` in REST"),
        parameter(#""type":"String"},{"name":"A..B","type":"String""#, "0.json:3: the name `A..B` has an empty part"),
        parameter(#""type":"String"},{"name":"Signature","type":"String""#, "0.json:3: A cannot have the parameter `Signature`"),
        route(
            #""method":"FETCH","path":"/a""#,
            "0.json:3: the method of a route `FETCH` is unknown; allowed: GET, POST, PUT, PATCH, DELETE"),
        route(#""method":"POST","path":"disks""#, "0.json:3: the path `disks` must be like"),
        route(
            #""method":"POST","path":"/disks/{diskId}/{diskId}""#, "0.json:3: the path `/disks/{diskId}/{diskId}` must be like"),
        route(#""method":"POST","path":"/Disks""#, "0.json:3: the path `/Disks` must be like"),
        route(#""method":"POST","path":"/disks/{id}""#, "0.json:3: the variable `id` binds to the unknown parameter `id`"),
        route(
            #""method":"POST","path":"/disks/{diskld}""#,
            "0.json:3: the variable `diskld` binds to the unknown parameter `diskld`; did you mean `diskId`?"),
        route(
            #""method":"POST","path":"/disks/{id}","bind":{"id":"DiskID"}"#,
            "0.json:3: the variable `id` binds to the unknown parameter `DiskID`; did you mean `DiskId`?"),
        route(
            #""method":"POST","path":"/disks/{diskId}","bind":{"id":"DiskId"}"#,
            "0.json:3: `bind` names `id`, which is no variable of the path"),
        route(#""method":"POST","path":"/disks","fixed":{"Kind":"x"}"#, "0.json:3: `fixed` sets the unknown parameter `Kind`"),
        action(
            #""kind":"read","routes":[{"method":"GET","path":"/a","fixed":{"S":"x"}}],"parameters":[{"name":"S","type":"String","enum":["y"]}]"#,
            "0.json:3: `fixed` sets `S`: `x` is not one of the allowed values"),
        route(#""method":"POST","path":"/disks","success":404"#, "0.json:3: `success` is 404; allowed: 200 to 299"),
        route(
            #""method":"POST","path":"/disks","creates":{"id":"DiskId","path":"/disks"}"#,
            "0.json:3: `creates` needs `id` and a `path` with `{}`"),
        action(
            #""kind":"write","routes":[{"method":"POST","path":"/a"}],"outcome":{"code":"c","statuses":{"-1":302}}"#,
            "0.json:3: the status of `-1` is 302; allowed: 400 to 599"),
        action(
            #""kind":"write","routes":[{"method":"POST","path":"/a"}],"outcome":{"code":"c","success":"200"}"#,
            "0.json:3: `outcome` needs `code`, `message` and `success`"),
        route(
            #""method":"POST","path":"/disks","creates":{"path":"/disks/{diskld}"}"#,
            "0.json:3: the path of `creates` names `diskld`, which is no single parameter; did you mean `diskId`?"),
        route(
            #""method":"POST","path":"/a"},{"method":"POST","path":"/a""#,
            "0.json:3: POST /a of A is already the route of A; tell them apart with `when`"),
        route(
            #""method":"POST","path":"/disks/{diskId}"},{"method":"POST","path":"/disks/{x}","bind":{"x":"DiskId"}"#,
            "0.json:3: POST /disks/{x} of A is already the route of A"),
    ]

    @Test(arguments: cases) func `a fault is told with file and line`(_ sample: Case) {
        let faults = Self.faults(sample.text)
        #expect(faults.contains { $0.hasPrefix(sample.expected) }, "\(faults)")
    }

    @Test func `faults of several files are listed together, in order`() {
        let bad =
            #"{"action":"B","kind":"read","summary":"B.","routes":[{"method":"GET","path":"/b"},{"method":"GET","path":"/{b}"}],"x":1}"#
        #expect(
            Self.faults(Self.file(bad), Self.file(Self.action), Self.file(bad, "5")).map { String($0.prefix(9)) } == [
                "0.json:3:", "0.json:3:", "2.json:3:", "2.json:3:", "2.json:4:",
            ])
    }

    @Test func `one route in two dialects is no conflict`() {
        #expect(
            Self.faults(
                Self.file(Self.action),
                Self.file(Self.action, header: #""product":"p","version":"1","dialect":"apsara","resource":"disk","title":"D""#))
                == [])
    }

    @Test func `the sample is read as written`() throws {
        let catalogue = try SampleCatalogue.load()
        let describe = try #require(catalogue.operation(product: "ecs", action: "DescribeThings", dialect: .publicCloud))
        #expect(describe.entry.routes.map(\.success) == [200, 200])
        #expect(describe.entry.routes.map(\.isSingle) == [false, true])
        #expect(describe.entry.cache == CacheRule(class: .list, tags: ["thing"]))
        #expect(describe.entry.paging == [.page, .token])
        #expect(describe.entry.parameters[5].restName == "tag[].key")
        #expect(describe.isList && !describe.isRegionImplicit)
        let delete = try #require(catalogue.operation(product: "ecs", action: "DeleteThing", dialect: .publicCloud))
        #expect(delete.entry.routes[0].success == 204)
        #expect(delete.isRegionImplicit)
        #expect(catalogue.answer(of: describe.entry).map(\.path) == ["Things.Thing[].ThingId"])
        #expect(catalogue.operation(product: "ecs", action: "Nothing", dialect: .publicCloud) == nil)
    }
}
