import Bytes
import CCatalogue

/// The bytes of one catalogue file and the name that messages give it.
public struct CatalogueSource: Sendable {
    private enum Storage: Sendable {
        case embedded(EmbeddedBytes)
        case owned([UInt8])
    }

    /// Path below the catalogue's folder, such as `ecs/disk.json`.
    public let name: String
    private let storage: Storage

    public init(name: String, bytes: [UInt8]) {
        self.name = name
        storage = .owned(bytes)
    }

    /// A source given as text.
    public init(name: String, text: String) {
        self.init(name: name, bytes: Array(text.utf8))
    }

    private init(_ file: catalogue_file) {
        name = String(cString: file.name)
        storage = .embedded(EmbeddedBytes(view: ByteView(start: file.bytes, count: file.length)))
    }

    /// The files that were built into the program.
    public static var embedded: [CatalogueSource] {
        var sources: [CatalogueSource] = []
        while let file = catalogue_file_at(sources.count) { sources.append(CatalogueSource(file.pointee)) }
        return sources
    }

    /// Gives the memory of the embedded files back to the system; what is read again comes back.
    public static func rest() { catalogue_rest() }

    /// Calls `body` with the file's bytes, valid during the call only.
    public func withView<Result, Failure: Error>(
        _ body: (ByteView) throws(Failure) -> Result
    ) throws(Failure) -> Result {
        switch storage {
        case .embedded(let bytes): try body(bytes.view)
        case .owned(let bytes): try bytes.withView(body)
        }
    }
}

/// INVARIANT: the view points to a constant array of the executable, which nobody writes or frees; so any thread may read it.
private struct EmbeddedBytes: @unchecked Sendable {
    let view: ByteView
}
