import Bytes

/// Making, importing, finding and deleting key pairs.
enum KeyPairActions {
    static let handlers: [String: ActionHandler] = [
        "CreateKeyPair": create,
        "ImportKeyPair": importPublicKey,
        "DescribeKeyPairs": list,
        "DeleteKeyPairs": delete,
    ]

    private static let quotaPerRegion = 500

    /// The private key is in this answer and nowhere else.
    @Sendable
    private static func create(_ world: inout World, _ context: ActionContext) throws(CloudError) -> JSONValue {
        let made = MadeKeyPair(seed: world.identifiers.next())
        let pair = try add(made.publicKey, &world, context)
        return [
            "KeyPairId": .string(pair.id), "KeyPairName": .string(pair.name),
            "KeyPairFingerPrint": .string(pair.fingerprint), "PrivateKeyBody": .string(made.privateKeyBody),
        ]
    }

    @Sendable
    private static func importPublicKey(_ world: inout World, _ context: ActionContext) throws(CloudError) -> JSONValue {
        guard let key = PublicKey(try context.required("PublicKeyBody")) else {
            throw CloudError("InvalidPublicKeyBody.Malformed")
        }
        let pair = try add(key, &world, context)
        return ["KeyPairName": .string(pair.name), "KeyPairFingerPrint": .string(pair.fingerprint)]
    }

    private static func add(
        _ publicKey: PublicKey, _ world: inout World, _ context: ActionContext
    ) throws(CloudError) -> KeyPair {
        let region = try context.requiredRegion()
        let name = try context.required("KeyPairName")
        guard Naming.isResourceName(name) else { throw CloudError("InvalidKeyPairName.Malformed") }
        let tags = try TagParameters.tags(context.parameters)
        let key = KeyPair.key(region: region, name: name)
        guard world.keyPairs[key] == nil else { throw CloudError("KeyPair.AlreadyExist") }
        guard world.keyPairs.all.count(where: { $0.regionId == region }) < quotaPerRegion else {
            throw CloudError("QuotaExceed.KeyPair")
        }
        let pair = KeyPair(
            id: world.identifiers.resource("ssh"), regionId: region, name: name, fingerprint: publicKey.fingerprint,
            publicKey: publicKey.text, creationTime: context.now,
            resourceGroupId: context.parameters.text("ResourceGroupId") ?? "")
        world.keyPairs[key] = pair
        world.tags.add(tags, to: .keypair, key)
        return pair
    }

    @Sendable
    private static func list(_ world: inout World, _ context: ActionContext) throws(CloudError) -> JSONValue {
        let region = try context.requiredRegion()
        let parameters = context.parameters
        let tags = try TagParameters.filter(parameters)
        let showsKey = parameters.flag("IncludePublicKey") ?? false
        let current = world
        let found = world.keyPairs.newestFirst.filter {
            $0.regionId == region && (parameters.text("KeyPairFingerPrint") ?? $0.fingerprint) == $0.fingerprint
                && (parameters.text("ResourceGroupId") ?? $0.resourceGroupId) == $0.resourceGroupId
                && Wildcard.matches($0.name, parameters.text("KeyPairName") ?? "*")
                && current.tags.matches(tags, .keypair, $0.key)
        }
        let page = try Page(found, context)
        let members = page.members("KeyPairs", "KeyPair") { pair in
            let element: JSONValue = [
                "KeyPairName": .string(pair.name), "KeyPairFingerPrint": .string(pair.fingerprint),
                "CreationTime": .string(pair.creationTime.minuteText),
                "ResourceGroupId": .string(pair.resourceGroupId), "Tags": current.tags[.keypair, pair.key].rendered,
            ]
            return showsKey ? element.with("PublicKey", .string(pair.publicKey)) : element
        }
        return .object(members + [.init("RegionId", .string(region))])
    }

    /// Pairs that do not exist are deleted already. Instances go on with a deleted pair and still show its name.
    @Sendable
    private static func delete(_ world: inout World, _ context: ActionContext) throws(CloudError) -> JSONValue {
        let region = try context.requiredRegion()
        guard let names = context.parameters.jsonArray("KeyPairNames"), !names.isEmpty else {
            throw CloudError("InvalidKeyPairNames.ValueNotSupported")
        }
        for name in names {
            let key = KeyPair.key(region: region, name: name)
            world.tags[.keypair, key] = []
            world.keyPairs[key] = nil
        }
        return .empty
    }
}
