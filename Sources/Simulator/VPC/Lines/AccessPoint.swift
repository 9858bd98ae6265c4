/// A place where leased lines reach the cloud.
struct AccessPoint: Hashable, Sendable {
    /// Lines that end in one place.
    static let lineLimit = 10

    let id: String
    let regionId: String
    let name: String
    /// `Recommended`, `Hot` or `Full`.
    let status: String
    let location: String
    let hostOperator: String

    /// Whether it takes more lines.
    var takesLines: Bool { status != "Full" }

    /// The access points that a region manages: one with much room, one with less, and in the older regions a full one.
    static func all(in region: Region) -> [AccessPoint] {
        let rows: [(letter: String, status: String, hostOperator: String)] = [
            ("A", "Recommended", "CT"), ("B", "Hot", "CU"),
        ]
        let older = region.zones.count > 3 ? [(letter: "C", status: "Full", hostOperator: "CM")] : []
        return (rows + older).map { row in
            AccessPoint(
                id: "ap-\(region.id)-\(row.letter)", regionId: region.id, name: "\(region.localName) \(row.letter)",
                status: row.status, location: region.localName, hostOperator: row.hostOperator)
        }
    }

    /// The access point with this id, or nil.
    static func named(_ id: String) -> AccessPoint? {
        Geography.publicCloud.regions.lazy.flatMap(all).first { $0.id == id }
    }
}
