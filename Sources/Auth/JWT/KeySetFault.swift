/// One thing that is wrong with a set of keys, or a key in it that is not used.
public struct KeySetFault: Error, Hashable, Sendable {
    /// Whether nothing is wrong: the key is just of no use here.
    public var isHarmless = false
    /// Line and column in the text, both from 1.
    public var line: Int
    public var column: Int
    /// `keys[2].n`; empty for the document.
    public var path: String
    public var found: String
    public var allowed: String
}

extension KeySetFault: CustomStringConvertible {
    /// `line 3: keys[0].n: found …; allowed: …`
    public var description: String {
        "line \(line): \(path.isEmpty ? "" : "\(path): ")found \(found); allowed: \(allowed)"
    }
}
