import Bytes
import Testing

@testable import Routes

@Suite struct YAMLTests {
    @Test(arguments: [
        ("plain words", "plain words"), ("/disks/{diskId}", "\"/disks/{diskId}\""), ("/disks", "/disks"),
        ("acs:ecs:*", "acs:ecs:*"), ("with: colon", "\"with: colon\""), ("ends with:", "\"ends with:\""),
        ("a #comment", "\"a #comment\""), ("a#b", "a#b"), ("", "\"\""), ("true", "\"true\""), ("Yes", "\"Yes\""),
        ("NULL", "\"NULL\""),
        ("12", "\"12\""), ("2018-01-01", "\"2018-01-01\""), ("-1/-1", "\"-1/-1\""), ("~", "\"~\""), ("*", "\"*\""),
        ("&a", "\"&a\""),
        ("line\nbreak", "\"line\\nbreak\""), ("quote \"x\"", "\"quote \\\"x\\\"\""), ("[a]", "\"[a]\""), ("a, b", "\"a, b\""),
        ("trailing ", "\"trailing \""), (" leading", "\" leading\""), ("$ref", "\"$ref\""), ("it's", "it's"),
    ])
    func `texts are plain only where nothing else can be read`(text: String, expected: String) {
        #expect(String(decoding: YAML.document(.string(text)), as: UTF8.self) == expected + "\n")
    }

    @Test func `objects and lists are written in block style`() {
        let value: JSONValue = [
            "a": 1, "empty": .object([]), "none": [], "flow": [1, "two", true, .null],
            "deep": ["list": [["x": 1, "w": ["z": .number("2.5")]], ["x": 3]], "texts": [["a", "b"], []]],
        ]
        let expected = """
            a: 1
            empty: {}
            none: []
            flow: [1, two, true, null]
            deep:
              list:
                - x: 1
                  w:
                    z: 2.5
                - x: 3
              texts:
                - [a, b]
                - []

            """
        #expect(String(decoding: YAML.document(value), as: UTF8.self) == expected)
    }
}
