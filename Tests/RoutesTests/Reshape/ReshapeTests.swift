import Bytes
import Testing

@testable import Routes

@Suite struct ReshapeTests {
    static let rows: [(path: String, type: String)] = [
        ("TotalCount", "Integer"), ("PageNumber", "Integer"), ("PageSize", "Integer"), ("NextToken", "String"),
        ("Disks", "Object"), ("Disks.Disk[]", "Array"), ("Disks.Disk[].DiskId", "String"),
        ("Disks.Disk[].Size", "Integer"),
        ("Disks.Disk[].Tags", "Object"), ("Disks.Disk[].Tags.Tag[]", "Array"),
        ("Disks.Disk[].Tags.Tag[].TagKey", "String"),
        ("Disks.Disk[].Locks.Lock[].Reason", "String"), ("Disks.Disk[].Vpc.VpcId", "String"),
        ("Disks.Disk[].Vpc.Ips.Ip[]", "String"), ("Disks.Disk[].Ports[]", "Integer"), ("Disks.Disk[].Extra", "Object"),
        ("Ids.Id[]", "String"), ("DiskId", "String"), ("Settings.Values[]", "String"), ("Settings.Mode", "String"),
    ]

    static let plain = ReshapePlan(rows: rows)
    static let list = ReshapePlan(rows: rows, collection: "Disks.Disk")
    static let single = ReshapePlan(rows: rows, collection: "Disks.Disk", isSingle: true)

    /// The output as text, or the error's.
    static func reshape(_ plan: ReshapePlan, _ body: String) -> String {
        reshaped(plan, body).text
    }

    static func reshaped(_ plan: ReshapePlan, _ body: String) -> (text: String, summary: ReshapeSummary) {
        var output: [UInt8] = []
        do throws(ReshapeError) {
            let summary = try plan.reshape(Array(body.utf8), into: &output)
            return (String(decoding: output, as: UTF8.self), summary)
        } catch {
            return ("\(error)", ReshapeSummary())
        }
    }

    @Test(arguments: [
        ("{}", "{}"), (" { } ", "{}"), (#"{"RequestId":"1"}"#, #"{"requestId":"1"}"#),
        // Names
        (
            #"{"VSwitchId":1,"KMSKeyId":2,"ISP":3,"OSNameEn":4,"already":5,"":6,"X":7,"x.Y":8}"#,
            #"{"vSwitchId":1,"kmsKeyId":2,"isp":3,"osNameEn":4,"already":5,"":6,"x":7,"x.y":8}"#
        ),
        (
            #"{"SystemDisk.Size":1,".A.":2,"AB.CD.Ef":3,"A.1.n":4}"#,
            #"{"systemDisk.size":1,".a.":2,"ab.cd.ef":3,"a.1.n":4}"#
        ),
        (#"{"\u0041B":1,"AB\"C":2,"Größe":3,"ÄB":4}"#, #"{"\u0041B":1,"ab\"C":2,"größe":3,"ÄB":4}"#),
        // Values are not touched
        (
            #"{"A":[1,-0.50,1E+5,true,false,null,"\u00e9\n\"é😀\\"]}"#,
            #"{"a":[1,-0.50,1E+5,true,false,null,"\u00e9\n\"é😀\\"]}"#
        ),
        // White space goes, but not from strings
        ("\n{\t\"A\" : [ 1 ,\r\n { } , [ ] ] , \"B\" : \" x  y \" }\n", #"{"a":[1,{},[]],"b":" x  y "}"#),
        // Documented wrappers
        (#"{"Disks":{"Disk":[{"Tags":{"Tag":[]}}]}}"#, #"{"disks":[{"tags":[]}]}"#),
        (#"{"Disks":{"Disk":[{"Tags":{ },"Locks":{}}]}}"#, #"{"disks":[{"tags":[],"locks":[]}]}"#),
        (#"{"Disks":{"Disk":[{"Tags":{"TagItem":[{"TagKey":"k"}]}}]}}"#, #"{"disks":[{"tags":[{"tagKey":"k"}]}]}"#),
        (
            #"{"Disks":[{"Tags":[{"TagKey":"k"}],"Vpc":{"Ips":["1"]}}]}"#,
            #"{"disks":[{"tags":[{"tagKey":"k"}],"vpc":{"ips":["1"]}}]}"#
        ),
        (#"{"Disks":{"Disk":[],"Total":1}}"#, #"{"disks":{"disk":[],"total":1}}"#),
        (
            #"{"Disks":{"Disk":[{"Tags":{"Tag":[1],"More":[2]}}] , "Total":1}}"#,
            #"{"disks":{"disk":[{"tags":{"tag":[1],"more":[2]}}],"total":1}}"#
        ),
        (#"{"Disks":{"Total":1,"Disk":[]}}"#, #"{"disks":{"total":1,"disk":[]}}"#),
        (#"{"Disks":{"Disk":{"DiskId":"a"}}}"#, #"{"disks":{"disk":{"diskId":"a"}}}"#),
        (#"{"Disks":null}"#, #"{"disks":null}"#), (#"{"Disks":{"Disk":null}}"#, #"{"disks":{"disk":null}}"#),
        // Documented objects stay objects, also when only one list of them is there
        (#"{"Settings":{"Values":["a"]}}"#, #"{"settings":{"values":["a"]}}"#),
        (
            #"{"Disks":{"Disk":[{"Extra":{"Things":[1]},"Vpc":{"Ips":{"Ip":["1"]}}}]}}"#,
            #"{"disks":[{"extra":{"things":[1]},"vpc":{"ips":["1"]}}]}"#
        ),
        // Documented lists that come with a wrapper
        (
            #"{"Disks":{"Disk":[{"Ports":{"Port":[1]}},{"Ports":{}},{"Ports":[2]}]}}"#,
            #"{"disks":[{"ports":[1]},{"ports":[]},{"ports":[2]}]}"#
        ),
        // Undocumented members by the same rule
        (
            #"{"News":{"New":[{"Id":1}]},"Empty":{},"Two":{"A":[1],"B":[2]},"One":{"A":1}}"#,
            #"{"news":[{"id":1}],"empty":{},"two":{"a":[1],"b":[2]},"one":{"a":1}}"#
        ),
        (#"{"A":{"B":{"C":{"D":[]}}}}"#, #"{"a":{"b":{"c":[]}}}"#),
        (#"{"A":{"B":[{"C":[1]}]}}"#, #"{"a":[{"c":[1]}]}"#),
        (#"{"A":[{"C":[1]},[{"D":[]}]]}"#, #"{"a":[{"c":[1]},[{"d":[]}]]}"#),
        (#"{"A":{"B":[1] , "C":{"D":[2],"E":3}}}"#, #"{"a":{"b":[1],"c":{"d":[2],"e":3}}}"#),
        (
            #"{ "A" : { "B" : [ { "C" : { "D" : [ 1 ] } , "E" : { "F" : [ 2 ] , "G" : 3 } } ] } }"#,
            #"{"a":[{"c":[1],"e":{"f":[2],"g":3}}]}"#
        ),
        (#"{"NextToken":"abc"}"#, #"{"nextToken":"abc"}"#),
    ])
    func reshapes(_ body: String, _ expected: String) {
        #expect(Self.reshape(Self.plain, body) == expected)
    }

    @Test(arguments: [
        (
            #"{"Disks":{"Disk":[{"DiskId":"a"},{"DiskId":"b"}]},"TotalCount":2}"#,
            #"{"items":[{"diskId":"a"},{"diskId":"b"}],"totalCount":2}"#, 2
        ),
        (#"{"TotalCount":0,"Disks":{"Disk":[]}}"#, #"{"totalCount":0,"items":[]}"#, 0),
        (#"{"Disks":{}}"#, #"{"items":[]}"#, 0), (#"{"Disks":{"Disk":null}}"#, #"{"items":[]}"#, 0),
        (#"{"Disks":null,"RequestId":"1"}"#, #"{"items":[],"requestId":"1"}"#, 0), ("{}", #"{"items":[]}"#, 0),
        (#"{"RequestId":"1"}"#, #"{"requestId":"1","items":[]}"#, 0),
        (#"{"Disks":[{"DiskId":"a","Tags":{"Tag":[]}}]}"#, #"{"items":[{"diskId":"a","tags":[]}]}"#, 1),
        (
            #"{ "Disks" : { "Total" : [ { "A" : 1 } ] , "Disk" : [ 1 , 2 ] , "More" : 3 } , "B" : 1 }"#,
            #"{"items":[1,2],"b":1}"#, 2
        ),
        (#"{"NextToken":"x","Disks":{"Disk":[]},"PageSize":10}"#, #"{"items":[],"pageSize":10}"#, 0),
        (#"{"PageSize":10,"NextToken":"","Disks":{"Disk":[]}}"#, #"{"pageSize":10,"items":[]}"#, 0),
        (#"{"Disks":{"Disk":[]} , "NextToken" : "x" }"#, #"{"items":[]}"#, 0),
    ])
    func putsTheCollectionUnderItems(_ body: String, _ expected: String, _ count: Int) {
        let (text, summary) = Self.reshaped(Self.list, body)
        #expect(text == expected)
        #expect(summary.itemCount == count)
    }

    @Test(arguments: [
        (
            #"{"Disks":{"Disk":[ { "DiskId" : "a","Tags":{"Tag":[]} } , {"DiskId":"b"}]},"RequestId":"1"}"#,
            #"{"diskId":"a","tags":[]}"#, 2
        ),
        (#"{"RequestId":"1","Disks":{"Disk":[{"DiskId":"a"}]}}"#, #"{"diskId":"a"}"#, 1),
        (#"{"Disks":{"Disk":[]}}"#, "", 0),
        ("{}", "", 0), (#"{"Disks":{"Disk":[null]}}"#, "null", 1),
    ])
    func takesTheSingleElement(_ body: String, _ expected: String, _ count: Int) {
        let (text, summary) = Self.reshaped(Self.single, body)
        #expect(text == expected)
        #expect(summary.itemCount == count)
    }

    /// What tells of the page stands in an object around the list, at the root, or in both.
    @Test(arguments: [
        (
            #"{"V":{"TotalCount":5,"W":{"L":[1,2]},"PageNumber":1 , "PageSize":2},"RequestId":"r"}"#,
            #"{"items":[1,2],"requestId":"r","totalCount":5,"pageNumber":1,"pageSize":2}"#
        ),
        (#"{"V":{"TotalCount":"7","W":{"L":[]}}}"#, #"{"items":[],"totalCount":"7"}"#),
        (#"{"V":{"W":{"L":[1],"TotalCount":3},"TotalCount":4}}"#, #"{"items":[1],"totalCount":4}"#),
        (#"{"TotalCount":1,"V":{"TotalCount":2,"W":{"L":[1]}}}"#, #"{"totalCount":1,"items":[1]}"#),
        (#"{"V":{"TotalCount":2,"W":{"L":[1]}},"TotalCount":1}"#, #"{"items":[1],"totalCount":1}"#),
        (#"{"V":{"TotalCount":{"A":1},"PageSize":null,"W":{"L":[1]}}}"#, #"{"items":[1]}"#),
        (#"{"V":{"NextToken":"abc","W":{"L":[1]}}}"#, #"{"items":[1]}"#),
    ])
    func movesWhatTellsOfThePageToTheRoot(_ body: String, _ expected: String) {
        let (text, summary) = Self.reshaped(ReshapePlan(rows: [], collection: "V.W.L"), body)
        #expect(text == expected)
        if body.contains("NextToken") { #expect(summary.nextToken == Array("abc".utf8)) }
        #expect(
            summary.totalCount
                == expected.split(separator: "totalCount\":").dropFirst().first.flatMap {
                    Int($0.drop { $0 == "\"" }.prefix { $0.isNumber })
                })
    }

    @Test(arguments: [
        (#"{"V":[1]}"#, "V", #"{"items":[1]}"#), (#"{"V":{"W":[1]}}"#, "V", #"{"items":[1]}"#),
        (#"{"V":{"Other":[1]}}"#, "V.W", #"{"items":[1]}"#),
        (#"{"V":{"Other":[1],"W":[2]}}"#, "V.W", #"{"items":[2]}"#),
        (#"{"V":{"W":[2] , "Other":[1]} , "A":1}"#, "V.W", #"{"items":[2],"a":1}"#),
        (#"{"V":{"A":[1],"B":[2]}}"#, "V.W", "no list where one is documented, at byte 5"),
        (#"{"V":{"A":1}}"#, "V.W", "no list where one is documented, at byte 5"),
        (#"{"V":{"W":{}}}"#, "V.W", #"{"items":[]}"#),
        (#"{"A":{"B":{"C":[1,{"D":{"E":[]}}]}}}"#, "A.B.C", #"{"items":[1,{"d":[]}]}"#),
    ])
    func findsTheCollectionWhereItIs(_ body: String, _ path: String, _ expected: String) {
        let plan = ReshapePlan(rows: [], collection: path)
        #expect(Self.reshape(plan, body) == expected)
    }

    @Test(arguments: [
        (#"{"Disks":1}"#, "no list where one is documented, at byte 9"),
        (#"{"Disks":{"Disk":"x"}}"#, "no list where one is documented, at byte 17"),
        (#"{"Disks":{"Disk":[]},"Disks":{"Disk":[]}}"#, "the list given twice, at byte 21"), ("[]", "no JSON object"),
        ("1", "no JSON object"), ("<Error/>", "no JSON object"), ("", "no JSON object"),
        (" ", "the text ends too early at byte 1"),
        ("{} x", "text after the end of the document at byte 3"),
        ("{}{}", "text after the end of the document at byte 2"),
        (#"{"A":1,}"#, "unexpected character at byte 7"), (#"{"A" 1}"#, "unexpected character at byte 5"),
        (#"{"A":01}"#, "malformed number at byte 5"), (#"{"A":[1,]}"#, "unexpected character at byte 8"),
        (#"{"A":{"B":[]x}}"#, "unexpected character at byte 12"),
        (#"{"A":"\x"}"#, "malformed escape in a string at byte 6"),
        (#"{"A":"\ud800......"}"#, "malformed escape in a string at byte 12"),
        ("{\"A\":\"\n\"}", "unescaped control character in a string at byte 6"),
        (#"{"A":nul}"#, "unexpected character at byte 8"), (#"{"A":nul"#, "the text ends too early at byte 8"),
        (#"{"A":"b"#, "the text ends too early at byte 7"), (#"{A:1}"#, "unexpected character at byte 1"),
        (#"{"A":}"#, "unexpected character at byte 5"), (#"{"A":[}"#, "unexpected character at byte 6"),
    ])
    func refusesWhatIsNoAnswer(_ body: String, _ expected: String) {
        #expect(Self.reshape(Self.list, body) == expected)
    }

    @Test func leavesTheOutputAloneOnErrors() {
        var output: [UInt8] = Array("kept".utf8)
        #expect(throws: ReshapeError.self) { try Self.plain.reshape(Array(#"{"A":1"#.utf8), into: &output) }
        #expect(output == Array("kept".utf8))
    }

    @Test func refusesInvalidUTF8() {
        for bytes: [UInt8] in [
            [0xFF], [0xC3], [0xE2, 0x82], [0xED, 0xA0, 0x80], [0xC0, 0x80], [0xF4, 0x90, 0x80, 0x80],
        ] {
            for padding in [0, 5, 15, 16, 40] {
                var output: [UInt8] = []
                let body = Array(#"{"A":""#.utf8) + [UInt8](repeating: 97, count: padding) + bytes + Array(#""}"#.utf8)
                #expect(throws: ReshapeError.malformed(JSONError(.invalidUTF8, at: 6 + padding))) {
                    try Self.plain.reshape(body, into: &output)
                }
            }
        }
    }

    @Test func limitsTheDepth() {
        for opening in ["[", #"{"A":"#, #"{"A":["#] {
            let isObject = opening.hasPrefix("{")
            let weight = opening.count == 6 ? 2 : 1
            func body(_ levels: Int) -> String {
                let count = levels / weight
                let closing = weight == 2 ? "]}" : isObject ? "}" : "]"
                return #"{"X":"# + String(repeating: opening, count: count) + "1"
                    + String(repeating: closing, count: count) + "}"
            }
            #expect(Self.reshape(Self.plain, body(62)).hasPrefix(#"{"x":"#))
            #expect(Self.reshape(Self.plain, body(64)).hasPrefix("nested too deeply"))
        }
    }

    @Test func gathersTheSummary() {
        let body = #"""
            {"PageNumber":2,"PageSize":"50","TotalCount":123,"NextToken":"a\u0062c","RequestId":"4\"7","Disks":{"Disk":[1,2,3]}}
            """#
        let (text, summary) = Self.reshaped(Self.list, body)
        #expect(text == #"{"pageNumber":2,"pageSize":"50","totalCount":123,"requestId":"4\"7","items":[1,2,3]}"#)
        #expect(summary.pageNumber == 2 && summary.pageSize == 50 && summary.totalCount == 123)
        #expect(summary.nextToken == Array("abc".utf8))
        #expect(summary.requestID == "4\"7")
        let bytes = Array(text.utf8)
        #expect(String(decoding: bytes[summary.items], as: UTF8.self) == "1,2,3")
    }

    @Test func offsetsOfItemsCountWhatStoodInTheOutput() throws {
        var output = Array("before".utf8)
        let summary = try Self.list.reshape(Array(#"{"Disks":{"Disk":[7]}}"#.utf8), into: &output)
        #expect(String(decoding: output[summary.items], as: UTF8.self) == "7")
    }

    @Test(arguments: [#"a\r\nb"#, "a b", "é", "", String(repeating: "x", count: 129)])
    func ignoresRequestIDsThatFitNoHeader(_ id: String) {
        #expect(Self.reshaped(Self.list, #"{"RequestId":"\#(id)"}"#).summary.requestID ?? "" == "")
    }

    @Test func ignoresStrangeSummaries() {
        let (_, summary) = Self.reshaped(
            Self.list,
            #"{"PageNumber":-1,"PageSize":1.5,"TotalCount":12345678901234567890,"RequestId":7,"NextToken":null}"#)
        #expect(summary.pageNumber == nil && summary.pageSize == nil && summary.totalCount == nil)
        #expect(summary.requestID == nil && summary.nextToken == nil)
    }

    @Test(arguments: [
        ("Ids.Id[]", #"{"Ids":{"Id":["a","b"]},"DiskId":"z"}"#, ["a", "b"]),
        ("DiskId", #"{"DiskId":"d\u002d1"}"#, ["d-1"]),
        (
            "Disks.Disk[].DiskId",
            #"{"Disks":{"Disk":[{"DiskId":"a","Size":1},{"Size":2,"DiskId":"b"}]},"DiskId":"z"}"#, ["a", "b"]
        ),
        ("New.Ids.Id", #"{"New":{"Ids":{"Id":["a"]}},"Ids":{"Id":["x"]}}"#, ["a"]), ("DiskId", "{}", []),
        ("DiskId", #"{"DiskId":7}"#, []),
    ])
    func collectsCreatedIDs(_ path: String, _ body: String, _ expected: [String]) {
        let plan = ReshapePlan(rows: Self.rows, createdID: path)
        let (text, summary) = Self.reshaped(plan, body)
        #expect(summary.createdIDs.map { String(decoding: $0, as: UTF8.self) } == expected)
        #expect(text == Self.reshape(Self.plain, body))
    }

    @Test(arguments: [
        ("{}", #"{"nextPageToken":"t\"1"}"#), (#"{"a":1}"#, #"{"a":1,"nextPageToken":"t\"1"}"#), ("", ""),
    ])
    func appendsAMember(_ object: String, _ expected: String) {
        var output = Array(object.utf8)
        Array("t\"1".utf8).withView { ReshapeSummary.append("nextPageToken", $0, to: &output) }
        #expect(String(decoding: output, as: UTF8.self) == expected)
    }
}
