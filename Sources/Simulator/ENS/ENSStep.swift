/// What takes time at the edge; the raw value is the time in milliseconds at speed 1.
enum ENSStep: Int64 {
    case instanceCreating = 12_000
    case instanceStarting = 15_000
    case instanceStopping = 10_000
    case instanceForcedStop = 2_000
    case instanceRebooting = 20_000
    case networkPending = 1_500
    case vSwitchPending = 1_400
    case addressAssociating = 1_200
    case addressUnassociating = 1_100
    case listenerStarting = 900
    case listenerStopping = 800
    case listenerConfiguring = 700
    case epnExecuting = 6_000
}

extension ActionContext {
    /// Milliseconds that a step at the edge takes.
    func duration(of step: ENSStep) -> Int64 { durations[own: step] }
}
