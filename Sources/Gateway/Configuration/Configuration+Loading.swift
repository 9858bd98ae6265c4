import Bytes

extension Configuration {
    /// A configuration that is fit for use, and what is unwise about it.
    public struct Loaded: Sendable {
        public var configuration: Configuration
        /// Each of severity `warning`.
        public var warnings: [ConfigurationFault]
    }

    /// Bytes of a configuration file that are read at all.
    static let byteLimit = 1 << 20

    /// Reads and checks the file at `path` with everything that it names: policies, certificates.
    /// - Throws: every fault at once, warnings among them.
    public static func load(_ path: String) throws(ConfigurationFaults) -> Loaded {
        let bytes: [UInt8]
        do {
            bytes = try FileText.contents(of: path, limit: byteLimit)
        } catch {
            throw Self.unreadable(path, error.reason, "a readable file of at most \(Quantity.text(bytes: byteLimit))")
        }
        guard bytes.withView({ $0.isValidUTF8 }) else { throw unreadable(path, "bytes that are no UTF-8", "YAML in UTF-8") }
        let folder = path.lastIndex(of: "/").map { String(path[..<$0]) } ?? "."
        return try load(text: String(decoding: bytes, as: UTF8.self), file: path, folder: folder)
    }

    /// Checks a configuration's text. `file` is named in the faults; relative paths are relative to `folder`.
    /// - Throws: every fault at once, warnings among them.
    static func load(text: String, file: String, folder: String) throws(ConfigurationFaults) -> Loaded {
        let faults = FaultCollector(file: file, folder: folder)
        let document = YAMLDocument(text, faults: faults)
        var configuration = Configuration()
        if !faults.hasErrors {
            configuration = Configuration(
                decoding: ConfigurationValue(node: document.root, position: document.root?.position, path: "", faults: faults)
            )
        }
        if faults.hasErrors { throw ConfigurationFaults(faults: faults.sorted) }
        return Loaded(configuration: configuration, warnings: faults.sorted)
    }

    private static func unreadable(_ path: String, _ found: String, _ allowed: String) -> ConfigurationFaults {
        ConfigurationFaults(
            faults: [ConfigurationFault(file: path, line: 0, column: 0, path: "", found: found, allowed: allowed)]
        )
    }
}
