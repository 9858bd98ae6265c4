import Bytes

/// A valid RAM policy. Only the parser and the table of system policies make one, so a value of this type can be compiled.
public struct PolicyDocument: Hashable, Sendable {
    /// What principals, messages and the audit log call it.
    public let name: String
    /// In the order of the document, which decides nothing but what is reported first.
    public let statements: [PolicyStatement]
    /// Characters (Unicode scalars) of its text; 0 when it came from none.
    public let characters: Int

    /// RAM's own limit for a custom policy. Longer ones are accepted here and deserve a warning: RAM would refuse them.
    public static let ramCharacterLimit = 6144
    /// Bytes of a document that are read at all.
    public static let byteLimit = 1 << 20
    /// Levels of objects and lists that are read at all; a valid policy has six.
    public static let depthLimit = 16

    init(name: String, statements: [PolicyStatement], characters: Int = 0) {
        self.name = name
        self.statements = statements
        self.characters = characters
    }

    /// Reads one document. `file` is named in the faults; nil means the policy's name.
    /// - Throws: every fault of the document at once.
    public init(parsing text: ByteView, name: String, file: String? = nil) throws(PolicyFaults) {
        var parser = PolicyParser(text, file: file ?? name)
        let statements = parser.parse()
        let faults = parser.faults
        guard faults.isEmpty else { throw PolicyFaults(faults: faults) }
        self.init(name: name, statements: statements, characters: text.scalarCount)
    }

    /// Whether RAM itself would refuse the document for its length.
    public var exceedsRAMLimit: Bool { characters > Self.ramCharacterLimit }
}
