/// What is wrong at one place of the catalogue.
public struct CatalogueFault: Hashable, Sendable, CustomStringConvertible {
    public let file: String
    /// Counted from 1.
    public let line: Int
    /// A lower-case sentence that says what was found and what is allowed.
    public let message: String

    public var description: String { "\(file):\(line): \(message)" }
}

/// Everything that keeps a catalogue from being used.
public struct CatalogueFaults: Error, Sendable, CustomStringConvertible {
    /// In the order of files and lines; never empty.
    public let faults: [CatalogueFault]

    public var description: String { faults.map(\.description).joined(separator: "\n") }
}

/// A fault with its place as an offset; lines are counted only when somebody is going to read them.
struct LocatedFault {
    let file: Int
    let offset: Int
    let message: String
}
