/// Recomputes signatures.
enum SignatureCheck {
    static func verify(
        _ request: SimulatedRequest, style: CallEnvelope.Style, _ key: CloudConfiguration.AccessKey
    ) throws(CloudError) {
    }
}
