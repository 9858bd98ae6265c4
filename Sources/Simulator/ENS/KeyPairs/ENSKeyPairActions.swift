import Bytes

/// Making, importing, listing and deleting key pairs, which have their names to tell them apart.
enum ENSKeyPairActions {
    static let handlers: [String: ActionHandler] = [
        "CreateKeyPair": create,
        "ImportKeyPair": importPublicKey,
        "DescribeKeyPairs": list,
        "DeleteKeyPairs": delete,
    ]

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
        let text = try context.required("PublicKeyBody")
        guard text.hasPrefix("ssh-rsa "), let key = PublicKey(text) else { throw CloudError("InvalidPublicKeyBody") }
        let pair = try add(key, &world, context)
        return ["KeyPairName": .string(pair.name), "KeyPairFingerPrint": .string(pair.fingerprint)]
    }

    private static func add(
        _ publicKey: PublicKey, _ world: inout World, _ context: ActionContext
    ) throws(CloudError) -> ENSKeyPair {
        let name = try context.required("KeyPairName")
        guard Naming.isResourceName(name), !name.contains("."), world.ens.keyPairs[name] == nil else {
            throw CloudError("InvalidKeyPairName")
        }
        let pair = ENSKeyPair(
            id: world.identifiers.edgeResource("ssh"), name: name, fingerprint: publicKey.fingerprint,
            creationTime: context.now)
        world.ens.keyPairs[name] = pair
        return pair
    }

    @Sendable
    private static func list(_ world: inout World, _ context: ActionContext) throws(CloudError) -> JSONValue {
        let name = context.parameters.text("KeyPairName")
        let page = try Page(world.ens.keyPairs.newestFirst.filter { name == nil || $0.name == name }, context)
        return .object(
            page.members("KeyPairs", "KeyPair") { pair in
                [
                    "KeyPairName": .string(pair.name), "KeyPairFingerPrint": .string(pair.fingerprint),
                    "CreationTime": .string(pair.creationTime.text),
                ]
            })
    }

    /// Instances go on with a deleted pair.
    @Sendable
    private static func delete(_ world: inout World, _ context: ActionContext) throws(CloudError) -> JSONValue {
        let name = try context.required("KeyPairName")
        guard world.ens.keyPairs[name] != nil else { throw CloudError("InstanceNotFound") }
        world.ens.keyPairs[name] = nil
        return .empty
    }
}
