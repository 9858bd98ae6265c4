import Bytes

/// Reads a JSON Web Key Set (RFC 7517) and gathers every fault. Keys that are faulty or of another kind are left out.
public struct KeySetParser {
    /// Bytes of a set that are read at all.
    public static let byteLimit = 256 << 10
    private static let mostKeys = 100

    public private(set) var faults: [KeySetFault] = []
    private let lines: LineMap

    /// The keys of `text` that can be used, and the faults of the others.
    public static func parse(_ text: ByteView) -> (set: KeySet, faults: [KeySetFault]) {
        var parser = KeySetParser(lines: LineMap(text))
        let set = KeySet(parser.entries(text))
        return (set, parser.faults)
    }

    private init(lines: LineMap) {
        self.lines = lines
    }

    private mutating func report(
        _ offset: Int, _ path: String, _ found: String, _ allowed: String, isHarmless: Bool = false
    ) {
        let (line, column) = lines.position(of: offset)
        faults.append(
            KeySetFault(
                isHarmless: isHarmless, line: line, column: column, path: path, found: found, allowed: allowed))
    }

    private mutating func entries(_ text: ByteView) -> [KeySet.Entry] {
        guard text.count <= Self.byteLimit else {
            report(0, "", "\(text.count) bytes", "at most \(Self.byteLimit) bytes")
            return []
        }
        let root: JSONNode
        do throws(JSONError) {
            root = try JSONNode(parsing: text, maxDepth: 16)
        } catch {
            report(error.offset, "", error.reason.rawValue, "one JSON document")
            return []
        }
        guard case .object(let members) = root.content, let list = members.value("keys"),
            case .array(let nodes) = list.content
        else {
            report(root.offset, "", root.kind, "an object with the list `keys`")
            return []
        }
        guard nodes.count <= Self.mostKeys else {
            report(list.offset, "keys", "\(nodes.count) keys", "at most \(Self.mostKeys)")
            return []
        }
        var entries: [KeySet.Entry] = []
        for (index, node) in nodes.enumerated() {
            guard let entry = entry(node, "keys[\(index)]") else { continue }
            if entries.contains(where: { $0.id.isExactly(entry.id) && $0.key.algorithm == entry.key.algorithm }) {
                report(node.offset, "keys[\(index)].kid", "`\(entry.id.abridged)` a second time", "each id once")
                continue
            }
            entries.append(entry)
        }
        if entries.isEmpty, faults.allSatisfy(\.isHarmless) {
            report(list.offset, "keys", "no key that can be used", "at least one RSA, P-256 or Ed25519 key for signatures")
        }
        return entries
    }

    private mutating func entry(_ node: JSONNode, _ path: String) -> KeySet.Entry? {
        guard case .object(let members) = node.content else {
            report(node.offset, path, node.kind, "an object")
            return nil
        }
        if members.value("d") != nil {
            report(node.offset, path, "a private key (`d`)", "public keys only; replace a key that was readable here")
            return nil
        }
        if let reason = Self.otherUse(members) {
            report(node.offset, path, reason, "a key for signatures, others are not used", isHarmless: true)
            return nil
        }
        guard let key = key(members, node, path) else { return nil }
        if let algorithm = members.text("alg"), !algorithm.isExactly(key.algorithm.rawValue) {
            report(
                node.offset, "\(path).alg", "`\(algorithm.abridged)`", "`\(key.algorithm.rawValue)` for such a key",
                isHarmless: true)
            return nil
        }
        guard let id = members.text("kid"), !id.isEmpty else {
            report(node.offset, path, "no `kid`", "an id, since tokens name their key by it")
            return nil
        }
        return KeySet.Entry(id: id, key: key)
    }

    /// What else a key is for; nil for one that checks signatures, or may.
    private static func otherUse(_ members: [JSONNode.Member]) -> String? {
        if let use = members.text("use"), !use.isExactly("sig") { return "a key for `\(use.abridged)`" }
        guard case .array(let operations)? = members.value("key_ops")?.content else { return nil }
        let verifies = operations.contains { if case .string(let name) = $0.content { name.isExactly("verify") } else { false } }
        return verifies ? nil : "`key_ops` without `verify`"
    }

    private mutating func key(_ members: [JSONNode.Member], _ node: JSONNode, _ path: String) -> PublicKey? {
        let curve = members.text("crv") ?? ""
        switch members.text("kty") {
        case nil: report(node.offset, path, "no `kty`", "`RSA`, `EC` or `OKP`")
        case "RSA"?:
            guard let modulus = bytes("n", members, node, path), let exponent = bytes("e", members, node, path) else {
                return nil
            }
            if let key = PublicKey(rsaModulus: modulus, exponent: exponent) { return key }
            report(node.offset, path, "an RSA key that cannot be used", "a modulus of 2048 to 8192 bits and an odd exponent")
        case "EC"? where curve == "P-256":
            guard let x = bytes("x", members, node, path), let y = bytes("y", members, node, path) else { return nil }
            if let key = PublicKey(p256X: x, y: y) { return key }
            report(node.offset, path, "coordinates that are no point of P-256", "`x` and `y` of 32 bytes each")
        case "OKP"? where curve == "Ed25519":
            guard let x = bytes("x", members, node, path) else { return nil }
            if let key = PublicKey(ed25519: x) { return key }
            report(node.offset, "\(path).x", "\(x.count) bytes", "32 bytes")
        case let type?:
            let name = "`\(type.abridged)`\(curve.isEmpty ? "" : " on `\(curve.abridged)`")"
            report(
                node.offset, "\(path).kty", name, "RSA, EC on P-256 or OKP on Ed25519, others are not used",
                isHarmless: true)
        }
        return nil
    }

    private mutating func bytes(
        _ name: String, _ members: [JSONNode.Member], _ node: JSONNode, _ path: String
    ) -> [UInt8]? {
        guard let value = members.value(name) else {
            report(node.offset, path, "no `\(name)`", "base64url")
            return nil
        }
        if case .string(let text) = value.content, let bytes = Array(text.utf8).withView({ Base64.decode($0, .url) }),
            !bytes.isEmpty
        {
            return bytes
        }
        report(value.offset, "\(path).\(name)", "no base64url without padding", "base64url")
        return nil
    }
}
