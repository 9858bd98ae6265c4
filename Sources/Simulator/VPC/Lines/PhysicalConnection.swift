/// A leased line between a user's site and an access point.
struct PhysicalConnection: Sendable {
    /// Lines of the account that are in no use yet or no longer.
    static let idleLimit = 5

    enum State: String, Hashable, Sendable {
        case initial = "Initial"
        case approved = "Approved"
        case allocating = "Allocating"
        case allocated = "Allocated"
        case confirmed = "Confirmed"
        case enabled = "Enabled"
        case rejected = "Rejected"
        case canceled = "Canceled"
        case allocationFailed = "AllocationFailed"
        case terminating = "Terminating"
        case terminated = "Terminated"
    }

    let id: String
    let regionId: String
    let accessPointId: String
    var lineOperator: String
    var peerLocation: String
    /// Mbit/s.
    var bandwidth = 100
    var portType = "1000Base-T"
    var redundantId = ""
    var circuitCode = ""
    var name = ""
    var description = ""
    let portNumber: String
    let creationTime: SimulatedTime
    var enabledTime: SimulatedTime?
    var state: Timeline<State>

    /// The most Mbit/s that a port of the type carries.
    static func capacity(ofPort type: String) -> Int {
        switch type {
        case "E1": 2
        case "100Base-T": 100
        case "10GBase-T", "10GBase-LR": 10_240
        case "Other": 10_240
        default: 1000
        }
    }

    /// The way of an application through the vendor's hands: it is turned down when the port cannot carry the bandwidth.
    static func review(
        of bandwidth: Int, on portType: String, _ context: ActionContext
    ) -> Timeline<State> {
        let review = (state: State.initial, lasting: context.lasting(.lineReview))
        guard bandwidth <= capacity(ofPort: portType) else { return Timeline(from: context.now, [review], target: .rejected) }
        return Timeline(
            from: context.now,
            [
                review, (state: .approved, lasting: context.lasting(.lineApproved)),
                (state: .allocating, lasting: context.lasting(.lineAllocating)),
                (state: .allocated, lasting: context.lasting(.lineAllocated)),
            ], target: .confirmed)
    }
}

extension World {
    /// The line that the call names as `PhysicalConnectionId`.
    func physicalConnection(_ context: ActionContext) throws(CloudError) -> PhysicalConnection {
        let region = try context.knownRegion()
        guard let line = vpc.physicalConnections[try context.required("PhysicalConnectionId")], line.regionId == region else {
            throw CloudError("InvalidPhysicalConnectionId.NotFound")
        }
        return line
    }

    /// The routers at the end of a line.
    func borderRouters(ofLine id: String) -> [BorderRouter] {
        vpc.borderRouters.all.filter { $0.physicalConnectionId == id }
    }
}
