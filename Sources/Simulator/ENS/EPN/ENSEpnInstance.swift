/// A network between edge nodes: over the public network, or over the intranet.
struct ENSEpnInstance: Sendable {
    enum State: String, Hashable, Sendable {
        case running = "Running"
        /// A change is under way.
        case executing = "Excuting"
        case stopped = "Stopped"
    }

    enum Model: String, Hashable, Sendable {
        case speedUp = "SpeedUp"
        case connection = "Connection"
        case both = "SpeedUpAndConnection"

        /// Whether the members are vSwitches; else they are public addresses.
        var isIntranet: Bool { self != .speedUp }
    }

    let id: String
    var name: String
    let type: String
    var model: Model
    /// Mbit/s.
    var bandwidth: Int
    let creationTime: SimulatedTime
    var modificationTime: SimulatedTime
    var state: Timeline<State>
    var vSwitchIds: [String] = []
    var publicAddresses: [String] = []

    /// Mbit/s that an account may ask for.
    static let bandwidths = 1...100

    /// Lets a change run its time, and then the instance rest in `target`.
    mutating func change(to target: State, _ context: ActionContext) {
        state = Timeline(
            from: context.now, [(state: .executing, lasting: context.duration(of: .epnExecuting))], target: target)
        modificationTime = context.now
    }
}

extension World {
    /// The EPN instance that the call names.
    func epnInstance(_ context: ActionContext) throws(CloudError) -> ENSEpnInstance {
        guard let epn = ens.epnInstances[try context.required("EPNInstanceId")] else { throw CloudError("InstanceNotFound") }
        return epn
    }

    /// The EPN instance that the call names, refused while a change is under way.
    func restingEpnInstance(_ context: ActionContext) throws(CloudError) -> ENSEpnInstance {
        let epn = try epnInstance(context)
        guard epn.state.isSettled(at: context.now) else { throw CloudError("IncorrectInstanceStatus") }
        return epn
    }
}
