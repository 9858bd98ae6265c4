/// How the cloud's error codes become HTTP answers. The codes of all products follow the same few spellings; the sources are
/// the error tables of their API references.
enum CloudErrors {
    enum Class: Equatable {
        case notFound, conflict, throttled, idempotencyMismatch, stillRunning, quota, credentials, dryRunPassed, other
    }

    /// Codes that say what their spelling alone would not.
    private static let exact: [String: Class] = [
        "DryRunOperation": .dryRunPassed,
        "IdempotentParameterMismatch": .idempotencyMismatch,
        "IdempotenceParamNotMatch": .idempotencyMismatch,
        "InvalidIdempotenceParameter.Mismatch": .idempotencyMismatch,
        "LastTokenProcessing": .stillRunning,
        "OperationConflict": .conflict,
        "DependencyViolation": .conflict,
        "InstanceLockedForSecurity": .conflict,
        "InvalidInstance.NotRunning": .conflict,
        "Forbidden.VbrAttached": .conflict,
        "Forbidden.VBRExists": .conflict,
        "ForbiddenRelease": .conflict,
        "InvalidOperation.RouterInterfaceNotDeleted": .conflict,
        "InvalidVlanId.Used": .conflict,
        "RejectedByOppositeInterface": .conflict,
        "ResourceNotAssociated": .conflict,
        "InvalidStatus": .conflict,
        "InvalidVBRStatus": .conflict,
        "InvalidPhysicalConnectionBusinessStatus": .conflict,
        "InvalidRedundantPhysicalConnectionStatus": .conflict,
        "InvalidPhysicalConnectionId.NotEnabled": .conflict,
        "ImageIsCreating": .conflict,
        "ImageUsingByInstance": .conflict,
        "SnapshotCreatedImage": .conflict,
        "InvalidSnapshotId.NotReady": .conflict,
        "OperationDenied.ImageNotValid": .conflict,
        "InstanceNotInSecurityGroup": .conflict,
        "InvalidOperation.DeletionProtection": .conflict,
        "InvalidInstanceStatus": .conflict,
        "InvalidInstanceStatus.NotStopped": .conflict,
        "InvalidOperation.InvalidEniState": .conflict,
        "InvalidOperation.InvalidEcsState": .conflict,
        "InvalidIpAddress.AlreadyExsit": .conflict,
        "MaxEniCountExceeded": .quota,
        "TooManyBandwidthPackages": .quota,
        "Forbidden.AccessKeyDisabled": .credentials,
        "Forbidden.RAM": .credentials,
        "Forbidden.NotSupportRAM": .credentials,
        "Forbidden.SubUser": .credentials,
        "Forbbiden.SubUser": .credentials,
        "Forbidden.Unauthorized": .credentials,
        "NoPermission": .credentials,
        "IncompleteSignature": .credentials,
        "SignatureDoesNotMatch": .credentials,
        "SignatureNonceUsed": .credentials,
        "IllegalTimestamp": .credentials,
        "MissingAccessKeyId": .credentials,
        "Flow.Throttled": .throttled,
        // SLB
        "OperationDenied.DeleteProtectionIsOn": .conflict,
        "CertificateAndPrivateKeyIsRefered": .conflict,
        "RspoolVipExist": .conflict,
        "RspoolRuleExist": .conflict,
        "DomainExist": .conflict,
        "TLSPolicyBeingUsed": .conflict,
        "TLSPolicyRelated": .conflict,
        "TLSPolicyConfiguring": .stillRunning,
        "ServiceIsConfiguring": .stillRunning,
        "ServiceIsStopping": .stillRunning,
        "BackendServer.configuring": .stillRunning,
        "OperationBusy": .stillRunning,
        "SystemBusy": .stillRunning,
        "ProcessingSameRequest": .stillRunning,
        "OperationFailed.TokenIsProcessing": .stillRunning,
        "OperationFailed.ListenerStatusNotSupport": .stillRunning,
        "LX_REQUEST_TOKEN_CONFLICT": .idempotencyMismatch,
        "TooManyRules": .quota,
        "ORDER.QUANTITY_INVALID": .quota,
        "AUTH.RAM_AUTH_FAILED": .credentials,
        // The private cloud
        "DependencyViolation.NotFound": .conflict,
        "DependencyViolation.domain.granularity": .other,
        "DependencyViolation.strategy.granularity": .other,
        "DEPLOYMENTSET.QUOTA_FULL": .quota,
        "SNAPSHOT_NOT_EXIST": .notFound,
        "OSS_BUCKET_NOT_FOUND": .notFound,
        "SNAPSHOT_CREATE_NOT_FINISHED": .conflict,
        "SNAPSHOT_IS_EXPORTING": .conflict,
    ]

    private static let prefixes: [(String, Class)] = [
        ("Throttling", .throttled),
        ("InvalidAccessKeyId", .credentials),
        ("InvalidSecurityToken", .credentials),
        ("InvalidTimeStamp", .credentials),
        ("InvalidTimestamp", .credentials),
        ("QuotaExceed", .quota),
        ("Incorrect", .conflict),
        // As the VPC reference spells it here and there.
        ("Incorret", .conflict),
    ]

    private static let fragments: [(String, Class)] = [
        ("NotFound", .notFound), ("NotExist", .notFound),
        ("QuotaExceed", .quota), ("Quota.Exceed", .quota), ("LimitExceed", .quota), ("LimitationExceed", .quota),
        ("QuotaReached", .quota), ("OverLimit", .quota), ("OverQuota", .quota),
        ("Throttling", .throttled),
        ("DependencyViolation", .conflict), ("InUse", .conflict), ("Duplicate", .conflict), ("AlreadyExist", .conflict),
        ("NotAllowedInState", .conflict), ("AlreadyIn", .conflict), ("UsedIn", .conflict), ("HasBeenUsed", .conflict),
        ("Referred", .conflict), ("Overlapped", .conflict), ("Configuring", .conflict), ("TaskConflict", .conflict),
        ("StatusNotMatch", .conflict), ("StatusError", .conflict), ("IncorrectStatus", .conflict),
    ]

    /// Codes that stand for several things, which their messages tell apart.
    private static let byMessage: [(code: String, fragment: String, class: Class)] = [
        ("InvalidParameter", "specified resource does not exist", .notFound),
        ("InvalidParamter.Conflict", "same token", .idempotencyMismatch),
    ]

    static func classify(_ code: String, message: String = "") -> Class {
        if let known = exact[code] { return known }
        if let match = byMessage.first(where: { $0.code == code && contains(message, $0.fragment) }) { return match.class }
        if let match = prefixes.first(where: { code.hasPrefix($0.0) }) { return match.1 }
        if code.hasSuffix("Processing") { return .stillRunning }
        if code.hasSuffix("Status"), code.contains("Incorrect") || code.contains("Invalid.") { return .conflict }
        return fragments.first { contains(code, $0.0) }?.1 ?? .other
    }

    /// The problem for an answer of the cloud that is an error.
    static func problem(status: Int, code: String, message: String, upstream: Problem.Upstream, retryAfter: Int?) -> Problem {
        func make(
            _ status: Int, origin: Problem.Origin = .cloud, retryable: Bool = false, retryAfter: Int? = nil,
            detail: String? = nil
        ) -> Problem {
            var problem = Problem(
                status, code, detail ?? withoutSignedText(message), origin: origin, retryable: retryable,
                retryAfter: retryAfter, upstream: upstream
            )
            problem.mayHaveHadEffect = upstream.status.map { $0 >= 500 } ?? true
            return problem
        }
        switch classify(code, message: message) {
        case .throttled: return make(429, retryable: true, retryAfter: retryAfter ?? 1)
        case .credentials:
            return make(
                502, origin: .credentials,
                // The cloud's message may repeat the string to sign, and with it the security token.
                detail: "the cloud does not accept the gateway's own access key for this call; the code says why"
            )
        case _ where status >= 500: return make(502, retryable: true, retryAfter: retryAfter)
        case .notFound: return make(404)
        case .conflict: return make(409)
        case .stillRunning: return make(409, retryable: true, retryAfter: retryAfter ?? 1)
        case .quota: return make(409)
        case .idempotencyMismatch: return make(422)
        case .dryRunPassed, .other: return make((400..<500).contains(status) ? status == 401 ? 403 : status : 502)
        }
    }

    /// The message up to where it begins to repeat what was signed.
    private static func withoutSignedText(_ message: String) -> String {
        let lower = message.lowercased()
        for sign in ["string to sign", "stringtosign", "canonical"] where contains(lower, sign) {
            return "the cloud refused the call; its message is left out, since it repeats what was signed"
        }
        return message
    }

    private static func contains(_ text: String, _ fragment: String) -> Bool {
        let bytes = Array(text.utf8)
        let wanted = Array(fragment.utf8)
        guard bytes.count >= wanted.count else { return false }
        return (0...bytes.count - wanted.count).contains { start in
            bytes[start..<start + wanted.count].elementsEqual(wanted)
        }
    }
}
