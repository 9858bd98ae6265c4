/// The time at which an instance goes by itself.
enum AutoRelease {
    private static let nearest: Int64 = 30 * 60
    private static let farthest: Int64 = 3 * 366 * 86_400

    /// The `AutoReleaseTime` of a call, cut down to the minute: at least 30 minutes and at most three years ahead.
    static func time(_ context: ActionContext) throws(CloudError) -> SimulatedTime {
        guard let asked = context.parameters.time("AutoReleaseTime") else {
            throw CloudError("InvalidAutoReleaseTime.Malformed")
        }
        let minute = SimulatedTime(milliseconds: asked.milliseconds - asked.milliseconds % 60_000)
        guard asked >= context.now.adding(seconds: nearest), minute <= context.now.adding(seconds: farthest) else {
            throw CloudError("InvalidAutoReleaseTime.Malformed")
        }
        return minute
    }
}
