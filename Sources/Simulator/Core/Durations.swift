/// How long the cloud takes for what it does asynchronously.
struct Durations: Sendable {
    /// The asynchronous steps; the raw value is the time in milliseconds at speed 1.
    enum Step: Int64, CaseIterable {
        case instancePending = 3_000
        case instanceStarting = 12_000
        case instanceStopping = 10_000
        case instanceForcedStop = 2_000
        case instanceRebooting = 20_000
        case specificationChange = 7_000
        case diskCreating = 2_500
        case diskAttaching = 4_000
        /// About a minute, says the reference.
        case diskDetaching = 60_000
        case diskReinitializing = 30_000
        case snapshotProgressing = 90_000
        case imageCreating = 120_000
        case imageCopying = 180_000
        case imageImporting = 240_000
        case imageExporting = 200_000
        /// From the order to run a command to its start on the instance.
        case commandDispatching = 1_200
        case interfaceCreating = 1_500
        case interfaceAttaching = 4_500
        case interfaceDetaching = 5_000
        case interfaceDeleting = 1_000
        case diskMigrating = 150_000
    }

    private let speed: Double
    private let isPrivateCloud: Bool

    init(speed: Double, isPrivateCloud: Bool = false) {
        self.speed = speed
        self.isPrivateCloud = isPrivateCloud
    }

    /// Steps that the private cloud documents no state for: it takes them at once.
    private static let instantSteps: Set<Step> = [
        .interfaceCreating, .interfaceAttaching, .interfaceDetaching, .interfaceDeleting,
    ]

    /// Milliseconds that a step takes; 0 at infinite speed, and never more than some thirty years.
    subscript(step: Step) -> Int64 {
        isPrivateCloud && Self.instantSteps.contains(step) ? 0 : scaled(step.rawValue)
    }

    /// The same for a product's own steps, whose raw values are milliseconds at speed 1 too.
    subscript<OwnStep: RawRepresentable<Int64>>(own step: OwnStep) -> Int64 { scaled(step.rawValue) }

    /// How long something takes that takes `milliseconds` at speed 1.
    func scaled(_ milliseconds: Int64) -> Int64 {
        Int64(min(Double(milliseconds) / speed, 1e12))
    }
}
