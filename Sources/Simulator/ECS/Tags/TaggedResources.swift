extension TaggedKind {
    /// The member of DescribeTags that counts resources of this kind.
    var countName: String {
        switch self {
        case .instance: "Instance"
        case .disk: "Disk"
        case .snapshot: "Snapshot"
        case .image: "Image"
        case .securitygroup: "Securitygroup"
        case .eni: "Eni"
        case .keypair: "KeyPair"
        case .volume: "Volume"
        case .ddh: "Ddh"
        case .launchtemplate: "LaunchTemplate"
        case .snapshotpolicy: "SnapshotPolicy"
        }
    }
}

extension World {
    /// The key under which the tags of a resource are kept; nil when the region has no such resource. Key pairs go by their
    /// name or their id, everything else by its id.
    func tagKey(_ kind: TaggedKind, _ id: String, in region: String) -> TagStore.Key? {
        if kind == .keypair {
            let pair = keyPairs.all.first { $0.regionId == region && ($0.name == id || $0.id == id) }
            return pair.map { TagStore.Key(kind: kind, id: $0.key) }
        }
        return self.region(of: TagStore.Key(kind: kind, id: id)) == region ? TagStore.Key(kind: kind, id: id) : nil
    }

    /// Where a resource that may carry tags lies; nil when it does not exist.
    func region(of key: TagStore.Key) -> String? {
        switch key.kind {
        case .instance: instances[key.id]?.regionId
        case .disk: disks[key.id]?.regionId
        case .snapshot: snapshots[key.id]?.regionId
        case .image: images[key.id]?.regionId
        case .securitygroup: securityGroups[key.id]?.regionId
        case .eni: networkInterfaces[key.id]?.regionId
        case .keypair: keyPairs[key.id]?.regionId
        case .snapshotpolicy: snapshotPolicies[key.id]?.regionId
        case .launchtemplate: launchTemplates[key.id]?.regionId
        // The simulated cloud has none of these.
        case .volume, .ddh: nil
        }
    }
}
