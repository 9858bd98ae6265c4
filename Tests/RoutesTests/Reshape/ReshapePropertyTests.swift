import Bytes
import Testing

@testable import Routes

/// The reshaper against a slow and obvious one that works on trees.
@Suite struct ReshapePropertyTests {
    struct SplitMix: RandomNumberGenerator {
        var state: UInt64

        mutating func next() -> UInt64 {
            state &+= 0x9E37_79B9_7F4A_7C15
            var mixed = state
            mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
            mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
            return mixed ^ (mixed >> 31)
        }
    }

    /// What is documented in these tests; `Model` says the same by hand.
    static let rows = [
        "Disks.Disk[].DiskId", "Disks.Disk[].Tags.Tag[].Key", "Disks.Disk[].Vpc.VpcId", "Disks.Disk[].Vpc.Ips.Ip[]",
        "Disks.Disk[].Ports[]", "Settings.Values[]", "Settings.Mode", "Tags.Tag[].Key",
    ]

    indirect enum Model: Sendable {
        case unknown
        case object([String: Model])
        case wrapper(String, Model)
        case list([String: Model])

        static let tags = Model.wrapper("Tag", .list([:]))
        static let disk: [String: Model] = [
            "Tags": tags, "Vpc": .object(["Ips": .wrapper("Ip", .list([:]))]), "Ports": .list([:]),
        ]
        static let root: [String: Model] = [
            "Disks": .wrapper("Disk", .list(disk)), "Settings": .object(["Values": .list([:])]), "Tags": tags,
        ]

        func child(_ name: String) -> Model {
            switch self {
            case .unknown: .unknown
            case .object(let members), .list(let members): members[name] ?? .unknown
            case .wrapper(let inner, let list): name == inner ? list : .unknown
            }
        }

        func value(_ value: JSONValue, isMember: Bool) -> JSONValue {
            switch value {
            case .array(let elements):
                var list = self
                if case .wrapper(_, let inner) = self { list = inner }
                return .array(elements.map { list.value($0, isMember: false) })
            case .object(let members):
                var unwraps = false
                var emptyIsList = true
                switch self {
                case .wrapper: unwraps = true
                case .unknown: (unwraps, emptyIsList) = (isMember, false)
                case .list: unwraps = isMember
                case .object: unwraps = false
                }
                if unwraps, members.isEmpty, emptyIsList { return .array([]) }
                if unwraps, members.count == 1, case .array = members[0].value {
                    if case .list = self { return self.value(members[0].value, isMember: false) }
                    return child(members[0].name).value(members[0].value, isMember: true)
                }
                return .object(
                    members.map { .init(Self.name($0.name), child($0.name).value($0.value, isMember: true)) })
            default: return value
            }
        }

        static func name(_ name: String) -> String {
            name.split(separator: ".", omittingEmptySubsequences: false).map { part in
                let capitals = part.prefix { $0.isASCII && $0.isUppercase }.count
                guard let after = part.dropFirst(capitals).first, after.isASCII, after.isLetter else {
                    return part.prefix(capitals).lowercased() + part.dropFirst(capitals)
                }
                let lowered = capitals == 0 ? 0 : max(1, capitals - 1)
                return part.prefix(lowered).lowercased() + part.dropFirst(lowered)
            }.joined(separator: ".")
        }
    }

    /// Random answers: documented names often, in documented places or not.
    struct Generator {
        var random: SplitMix

        static let names = [
            "Disks", "Disk", "Tags", "Tag", "Vpc", "Ips", "Ip", "Ports", "Settings", "Values", "Mode", "DiskId", "Key",
            "VSwitchId", "KMSKeyId", "ISP", "A", "AB", "lower", "System.Disk.Size", "é", "Größe", "TotalCount", "x-Y",
            "",
        ]

        mutating func members(_ depth: Int) -> JSONValue {
            var used: Set<String> = []
            var members: [JSONValue.Member] = []
            for _ in 0..<Int.random(in: 0...4, using: &random) {
                guard let name = Self.names.randomElement(using: &random), used.insert(Model.name(name)).inserted else {
                    continue
                }
                members.append(.init(name, value(depth + 1)))
            }
            return .object(members)
        }

        mutating func value(_ depth: Int) -> JSONValue {
            let kind = Int.random(in: 0...(depth > 6 ? 4 : 9), using: &random)
            switch kind {
            case 0: return .null
            case 1: return .bool(Bool.random(using: &random))
            case 2:
                return .number(["0", "-1.5e3", "12345678901234567890", "1E-2"].randomElement(using: &random) ?? "0")
            case 3, 4: return .string(text())
            case 5: return .array((0..<Int.random(in: 0...3, using: &random)).map { _ in value(depth + 1) })
            // Wrappers, also nearly ones.
            case 6:
                return .object([
                    .init(
                        ["Disk", "Tag", "Ip", "New"].randomElement(using: &random) ?? "", .array([members(depth + 2)]))
                ])
            default: return members(depth)
            }
        }

        mutating func text() -> String {
            let pieces = [
                "a", "i-bp67f4exampleexample", "\"", "\\", "\n", "é", "青岛", "😀", " ", "{\"A\":[", "\u{1}", "/",
            ]
            return (0..<Int.random(in: 0...5, using: &random)).map { _ in pieces.randomElement(using: &random) ?? "" }
                .joined()
        }

        /// The same document with white space between its tokens.
        mutating func spaced(_ document: [UInt8]) -> [UInt8] {
            var output: [UInt8] = []
            var isInString = false
            var index = 0
            func isToken(_ byte: UInt8) -> Bool { "{}[],:\"".utf8.contains(byte) }
            while index < document.count {
                let byte = document[index]
                if !isInString, isToken(byte) { output += space() }
                output.append(byte)
                if byte == UInt8(ascii: "\\"), isInString {
                    index += 1
                    output.append(document[index])
                } else if byte == UInt8(ascii: "\"") {
                    isInString.toggle()
                }
                if !isInString, isToken(byte) { output += space() }
                index += 1
            }
            return output
        }

        private mutating func space() -> [UInt8] {
            (0..<max(0, Int.random(in: -2...2, using: &random))).map { _ in
                [32, 9, 10, 13].randomElement(using: &random) ?? 32
            }
        }
    }

    static let plan = ReshapePlan(rows: rows.map { ($0, "String") })

    static func bytes(_ value: JSONValue) -> [UInt8] {
        var output: [UInt8] = []
        value.append(to: &output)
        return output
    }

    @Test func agreesWithTheObviousReshaper() throws {
        for seed in 0..<3000 {
            var generator = Generator(random: SplitMix(state: UInt64(seed)))
            guard case .object(let members) = generator.members(0) else { continue }
            let document = Self.bytes(.object(members))
            let expected = Self.bytes(
                .object(
                    members.map {
                        .init(Model.name($0.name), (Model.root[$0.name] ?? .unknown).value($0.value, isMember: true))
                    }))
            for body in [document, generator.spaced(document)] {
                var output: [UInt8] = []
                _ = try Self.plan.reshape(body, into: &output)
                #expect(
                    output == expected,
                    "seed \(seed): \(String(decoding: body, as: UTF8.self)) gave \(String(decoding: output, as: UTF8.self))"
                )
            }
        }
    }

    /// Every list that a collection may be is found, and what is around it is the same as without one.
    @Test func collectionsHoldTheSameElements() throws {
        let rows = Self.rows.map { (path: $0, type: "String") }
        let list = ReshapePlan(rows: rows, collection: "Disks.Disk")
        let single = ReshapePlan(rows: rows, collection: "Disks.Disk", isSingle: true)
        for seed in 0..<500 {
            var generator = Generator(random: SplitMix(state: UInt64(seed) + 1 << 32))
            let elements = (0..<Int.random(in: 0...4, using: &generator.random)).map { _ in generator.members(1) }
            let document = Self.bytes(
                .object([.init("Disks", .object([.init("Disk", .array(elements))])), .init("Z", "z")]))
            let shaped = elements.map { Model.list(Model.disk).value($0, isMember: false) }
            var output: [UInt8] = []
            let summary = try list.reshape(generator.spaced(document), into: &output)
            #expect(output == Self.bytes(.object([.init("items", .array(shaped)), .init("z", "z")])))
            #expect(summary.itemCount == elements.count)
            #expect(Array("[".utf8) + output[summary.items] + Array("]".utf8) == Self.bytes(.array(shaped)))
            var one: [UInt8] = []
            _ = try single.reshape(generator.spaced(document), into: &one)
            #expect(one == (shaped.first.map(Self.bytes) ?? []))
        }
    }

    /// Documents that are cut off or changed are refused exactly when they are no JSON any more; nothing ends the
    /// process, and what comes out is JSON.
    @Test func survivesCutsAndMutations() {
        let plans = [
            Self.plan, ReshapePlan(rows: []),
            ReshapePlan(rows: Self.rows.map { ($0, "String") }, collection: "Disks.Disk", createdID: "DiskId"),
            ReshapePlan(rows: [], collection: "Disks.Disk", isSingle: true),
        ]
        for seed in 0..<1500 {
            var generator = Generator(random: SplitMix(state: UInt64(seed) + 7 << 40))
            var body = generator.spaced(Self.bytes(generator.members(0)))
            if seed.isMultiple(of: 3) {
                body.removeLast(Int.random(in: 0...body.count, using: &generator.random))
            } else {
                for _ in 0..<Int.random(in: 1...3, using: &generator.random) where !body.isEmpty {
                    let index = Int.random(in: 0..<body.count, using: &generator.random)
                    switch Int.random(in: 0...2, using: &generator.random) {
                    case 0: body[index] = UInt8.random(in: 0...255, using: &generator.random)
                    case 1: body.remove(at: index)
                    default:
                        body.insert(
                            Array("{}[],:\"\\0".utf8)[Int.random(in: 0..<9, using: &generator.random)], at: index)
                    }
                }
            }
            let isJSON = body.withView { view in
                var scanner = JSONScanner(view)
                do throws(JSONError) {
                    guard try scanner.next() == .beginObject else { return false }
                    while try scanner.next() != .end {}
                    return true
                } catch {
                    return false
                }
            }
            for (index, plan) in plans.enumerated() {
                var output: [UInt8] = []
                do throws(ReshapeError) {
                    _ = try plan.reshape(body, into: &output)
                    #expect(isJSON, "seed \(seed), plan \(index)")
                    if output.isEmpty { continue }
                    let isOutputJSON = output.withView { view in
                        var scanner = JSONScanner(view)
                        do throws(JSONError) {
                            while try scanner.next() != .end {}
                            return true
                        } catch {
                            return false
                        }
                    }
                    #expect(isOutputJSON, "seed \(seed), plan \(index)")
                } catch {
                    #expect(output.isEmpty)
                    switch error {
                    case .malformed, .noObject: #expect(!isJSON, "seed \(seed), plan \(index): \(error)")
                    case .noList, .repeatedList: #expect(index >= 2)
                    }
                }
            }
        }
    }
}
