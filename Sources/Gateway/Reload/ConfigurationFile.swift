/// The configuration's file as `gateway serve` was told to read it, again and again.
public struct ConfigurationFile: Sendable {
    let path: String
    /// What the command line says instead of the file.
    private let adjust: @Sendable (Configuration) throws -> Configuration

    public init(_ path: String, adjust: @escaping @Sendable (Configuration) throws -> Configuration = { $0 }) {
        self.path = path
        self.adjust = adjust
    }

    /// Reads the file with everything that it names, and notes in `trace` which files those are.
    /// - Returns: the configuration, or every fault in words.
    func load(_ trace: FileTrace) -> Result<Configuration.Loaded, ReloadFailure> {
        FileTrace.$current.withValue(trace) {
            do {
                var loaded = try Configuration.load(path)
                loaded.configuration = try adjust(loaded.configuration)
                return .success(loaded)
            } catch let error as ConfigurationFaults {
                return .failure(ReloadFailure(error.faults.filter { $0.severity == .error }.map(\.description)))
            } catch {
                return .failure(ReloadFailure(["\(error)"]))
            }
        }
    }
}

/// Why a configuration was not put in force.
struct ReloadFailure: Error {
    /// One for each fault; never empty.
    let reasons: [String]

    init(_ reasons: [String]) {
        self.reasons = reasons
    }

    /// The first reason, and how many there are.
    var summary: String {
        let first = reasons.first ?? "unknown"
        return reasons.count > 1 ? "\(first) (and \(reasons.count - 1) more)" : first
    }
}
