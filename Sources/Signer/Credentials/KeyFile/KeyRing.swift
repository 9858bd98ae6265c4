import Bytes

/// The keys of a key file, opened. The secrets lie in memory that is cleared with the ring; rings are values that are
/// replaced, not changed.
///
/// The text, in which numbers are big-endian: a 16-bit count of keys, and for each its name (8-bit length and bytes), its
/// AccessKeyId (the same), its secret (16-bit length and bytes), and when it was added and last changed (64-bit seconds since
/// 1970).
public final class KeyRing {
    /// What may be shown of a key.
    public struct Entry: Hashable, Sendable {
        /// What configurations call it.
        public var name: String
        /// The AccessKeyId.
        public var id: String
        public var added: Timestamp
        public var changed: Timestamp
    }

    /// Why a ring cannot be read, or be what is asked for.
    public struct Fault: Error, Hashable, Sendable, CustomStringConvertible {
        public var description: String

        init(_ description: String) {
            self.description = description
        }
    }

    /// As many as fit into the largest file that is read.
    static let mostKeys = 128
    public static let longestSecret = 256
    private static let largestRecord = 1 + 64 + 1 + 128 + 2 + longestSecret + 16

    public let entries: [Entry]
    let text: LockedBytes
    private let secrets: [Range<Int>]

    /// A ring without keys.
    public init() {
        entries = []
        secrets = []
        text = LockedBytes(capacity: 2)
        text.append(bigEndian: 0, bytes: 2)
    }

    /// The ring that `text` is.
    init(_ text: LockedBytes) throws(Fault) {
        var entries: [Entry] = []
        var secrets: [Range<Int>] = []
        try text.withView { (bytes) throws(Fault) in
            var reader = Reader(bytes: bytes)
            let count = try reader.number(2)
            for _ in 0..<count {
                let name = try reader.range(lengthBytes: 1)
                let id = try reader.range(lengthBytes: 1)
                secrets.append(try reader.range(lengthBytes: 2))
                let added = Timestamp(secondsSinceEpoch: Int64(clamping: try reader.number(8)))
                let changed = Timestamp(secondsSinceEpoch: Int64(clamping: try reader.number(8)))
                entries.append(
                    Entry(name: bytes.slice(name).text, id: bytes.slice(id).text, added: added, changed: changed))
            }
            guard reader.offset == bytes.count else { throw Fault("holds more than its keys") }
        }
        self.text = text
        self.entries = entries
        self.secrets = secrets
    }

    /// The key called `name`, ready to sign; nil when there is none.
    public func key(named name: String) -> AccessKey? {
        guard let index = entries.firstIndex(where: { $0.name == name }) else { return nil }
        return text.withView { bytes in
            AccessKey(id: Array(entries[index].id.utf8), secret: SecretBytes(copying: bytes.slice(secrets[index])))
        }
    }

    /// The ring with one more key.
    public func adding(_ name: String, id: String, secret: LockedBytes, at now: Timestamp) throws(Fault) -> KeyRing {
        guard !entries.contains(where: { $0.name == name }) else {
            throw Fault("has a key `\(name)` already; `rotate` replaces it")
        }
        guard entries.count < Self.mostKeys else { throw Fault("has \(Self.mostKeys) keys, which is the most there can be") }
        return try changed(Entry(name: name, id: id, added: now, changed: now), secret)
    }

    /// The ring with another id and secret for a key that it has.
    public func rotating(_ name: String, id: String, secret: LockedBytes, at now: Timestamp) throws(Fault) -> KeyRing {
        guard let old = entries.first(where: { $0.name == name }) else { throw missing(name) }
        return try changed(Entry(name: name, id: id, added: old.added, changed: now), secret)
    }

    /// The ring without a key that it has.
    public func removing(_ name: String) throws(Fault) -> KeyRing {
        guard entries.contains(where: { $0.name == name }) else { throw missing(name) }
        return try copy(without: name, and: nil, nil)
    }

    private func missing(_ name: String) -> Fault {
        let names = entries.map { "`\($0.name)`" }.joined(separator: ", ")
        return Fault("has no key `\(name)`" + (names.isEmpty ? "; it is empty" : "; there is \(names)"))
    }

    private func changed(_ entry: Entry, _ secret: LockedBytes) throws(Fault) -> KeyRing {
        guard Self.isName(entry.name) else {
            throw Fault("takes names of 1 to 64 letters, digits, `.`, `_`, `-` and `@` only")
        }
        guard Self.isID(entry.id) else { throw Fault("takes AccessKeyIds of 1 to 128 letters, digits, `.`, `_` and `-` only") }
        let isSecret = secret.withView { bytes in
            (1...Self.longestSecret).contains(bytes.count) && bytes.allSatisfy { $0 > 0x20 && $0 < 0x7F }
        }
        guard isSecret else {
            throw Fault("takes secrets of 1 to \(Self.longestSecret) printable characters without blanks only")
        }
        return try copy(without: entry.name, and: entry, secret)
    }

    /// A ring that holds the others' records as they are, and a new one in the place of the old, or at the end.
    private func copy(without name: String, and new: Entry?, _ secret: LockedBytes?) throws(Fault) -> KeyRing {
        let result = LockedBytes(capacity: 2 + (entries.count + 1) * Self.largestRecord)
        let others = entries.count { $0.name != name }
        result.append(bigEndian: others + (new == nil ? 0 : 1), bytes: 2)
        func appendNew() {
            if let new, let secret { secret.withView { Self.append(new, $0, to: result) } }
        }
        text.withView { bytes in
            for (entry, place) in zip(entries, secrets) {
                if entry.name == name { appendNew() } else { Self.append(entry, bytes.slice(place), to: result) }
            }
        }
        if others == entries.count { appendNew() }
        return try KeyRing(result)
    }

    private static func append(_ entry: Entry, _ secret: ByteView, to text: LockedBytes) {
        for part in [entry.name, entry.id] {
            text.append(bigEndian: part.utf8.count, bytes: 1)
            Array(part.utf8).withView { _ = text.append($0) }
        }
        text.append(bigEndian: secret.count, bytes: 2)
        text.append(secret)
        text.append(bigEndian: Int(entry.added.secondsSinceEpoch), bytes: 8)
        text.append(bigEndian: Int(entry.changed.secondsSinceEpoch), bytes: 8)
    }

    /// What a key may be called.
    public static func isName(_ text: String) -> Bool {
        (1...64).contains(text.utf8.count)
            && text.utf8.allSatisfy { $0.isASCIILetter || $0.isASCIIDigit || "._-@".utf8.contains($0) }
    }

    private static func isID(_ text: String) -> Bool {
        (1...128).contains(text.utf8.count)
            && text.utf8.allSatisfy { $0.isASCIILetter || $0.isASCIIDigit || "._-".utf8.contains($0) }
    }

    private struct Reader {
        let bytes: ByteView
        var offset = 0

        mutating func number(_ size: Int) throws(Fault) -> UInt64 {
            guard size <= bytes.count - offset else { throw Fault("ends too early") }
            defer { offset += size }
            return bytes.slice(offset..<offset + size).reduce(0) { $0 << 8 | UInt64($1) }
        }

        mutating func range(lengthBytes: Int) throws(Fault) -> Range<Int> {
            let length = Int(try number(lengthBytes))
            guard length <= bytes.count - offset else { throw Fault("ends too early") }
            defer { offset += length }
            return offset..<offset + length
        }
    }
}

extension LockedBytes {
    fileprivate func append(bigEndian value: Int, bytes: Int) {
        for index in (0..<bytes).reversed() { append(UInt8(truncatingIfNeeded: value >> (8 * index))) }
    }
}
