import Bytes

/// Snapshots on their way from and to object storage: ImportSnapshot and ExportSnapshot.
enum SnapshotTransfer {
    static let handlers: [String: ActionHandler] = [:]
}
