import Testing

@testable import Gateway

/// The codes are those of the API references' error tables; the answers follow the REST conventions.
@Suite struct CloudErrorsTests {
    @Test(
        arguments: [
            ("InvalidInstanceId.NotFound", 404, 404, "cloud"), ("InvalidDiskIds.NotFound", 404, 404, "cloud"),
            ("IncorrectInstanceStatus", 403, 409, "cloud"), ("IncorrectDiskStatus", 403, 409, "cloud"),
            ("IncorrectInstanceStatus.Initializing", 403, 409, "cloud"), ("DependencyViolation", 403, 409, "cloud"),
            ("InstanceLockedForSecurity", 403, 409, "cloud"), ("OperationConflict", 409, 409, "cloud"),
            ("Throttling", 400, 429, "cloud"), ("Throttling.User", 400, 429, "cloud"),
            ("QuotaExceed.DiskCapacity", 403, 409, "cloud"), ("QuotaExceeded", 403, 409, "cloud"),
            ("IdempotentParameterMismatch", 400, 422, "cloud"), ("IdempotenceParamNotMatch", 400, 422, "cloud"),
            ("InvalidIdempotenceParameter.Mismatch", 403, 422, "cloud"), ("LastTokenProcessing", 403, 409, "cloud"),
            ("InvalidAccessKeyId.NotFound", 400, 502, "credentials"), ("IncompleteSignature", 400, 502, "credentials"),
            ("SignatureNonceUsed", 400, 502, "credentials"), ("Forbidden.AccessKeyDisabled", 403, 502, "credentials"),
            ("InvalidSecurityToken.Expired", 400, 502, "credentials"), ("IllegalTimestamp", 400, 502, "credentials"),
            ("Forbidden.RAM", 403, 502, "credentials"), ("InvalidTimeStamp.Expired", 400, 502, "credentials"),
            ("DependencyViolation.NotFound", 403, 409, "cloud"), ("DependencyViolation.domain.granularity", 400, 400, "cloud"),
            ("SNAPSHOT_NOT_EXIST", 403, 404, "cloud"), ("DEPLOYMENTSET.QUOTA_FULL", 400, 409, "cloud"),
            ("InvalidLoadBalancerId.NotFound", 404, 404, "cloud"), ("OperationDenied.DeleteProtectionIsOn", 400, 409, "cloud"),
            ("RspoolVipExist", 400, 409, "cloud"), ("AclInUsed", 400, 409, "cloud"), ("ListenerAlreadyExists", 400, 409, "cloud"),
            ("CertificateAndPrivateKeyIsRefered", 400, 409, "cloud"), ("ListenerNumberOverLimit", 400, 409, "cloud"),
            ("OverQuota", 400, 409, "cloud"), ("LX_REQUEST_TOKEN_CONFLICT", 400, 422, "cloud"),
            ("InternalError", 500, 502, "cloud"), ("ServiceUnavailable", 503, 502, "cloud"),
            ("InvalidParameter", 400, 400, "cloud"), ("MissingParameter", 400, 400, "cloud"),
            ("InsufficientBalance", 400, 400, "cloud"), ("Account.Arrearage", 400, 400, "cloud"),
            ("DependencyViolation.VSwitch", 400, 409, "cloud"), ("IncorretRouteEntryStatus", 400, 409, "cloud"),
            ("Forbidden.NotAllowedInState", 400, 409, "cloud"), ("VpnGateway.Configuring", 400, 409, "cloud"),
            ("InvalidCidrBlock.Overlapped", 400, 409, "cloud"), ("Forbidden.IpUsedInForwardTable", 400, 409, "cloud"),
            ("CountLimitExceeded.EIPOnECSInstance", 400, 409, "cloud"),
            ("LimitationExceed.InterfaceNumberOnRouter", 400, 409, "cloud"),
            ("InvalidAccessPoint.ValueNotAllowed", 500, 502, "cloud"), ("Forbidden.RegionNotFound", 404, 404, "cloud"),
            ("ImageIsCreating", 403, 409, "cloud"), ("InvalidSnapshotId.NotReady", 403, 409, "cloud"),
            ("InvalidOperation.InvalidEniState", 400, 409, "cloud"), ("InvalidInstanceStatus", 400, 409, "cloud"),
            ("MaxEniCountExceeded", 403, 409, "cloud"), ("InvalidParamter.Conflict", 403, 403, "cloud"),
            ("InvalidInstanceId.NotSupport", 403, 403, "cloud"), ("Whatever", 401, 403, "cloud"),
        ] as [(String, Int, Int, String)])
    func becomes(_ code: String, _ cloudStatus: Int, _ status: Int, _ origin: String) {
        let upstream = Problem.Upstream(action: "ecs:StopInstance", code: code, requestID: "R", status: cloudStatus)
        let problem = CloudErrors.problem(
            status: cloudStatus, code: code, message: "The message.", upstream: upstream, retryAfter: nil)
        #expect(problem.status == status)
        #expect(problem.origin.rawValue == origin)
        #expect(problem.code == code)
        #expect(problem.detail.contains("The message.") == (origin != "credentials"))
        #expect(problem.retryable == (status == 429 || cloudStatus >= 500 || code == "LastTokenProcessing"))
        if status == 429 { #expect(problem.retryAfter == 1) }
    }

    @Test(arguments: ["LastTokenProcessing", "ServiceIsConfiguring", "ListenerProcessing", "IdempotentProcessing", "SystemBusy"])
    func whatIsStillBeingWorkedOnMayBeTriedAgain(_ code: String) {
        let upstream = Problem.Upstream(action: "slb:SetRule", code: code, requestID: "R", status: 400)
        let problem = CloudErrors.problem(status: 400, code: code, message: "The message.", upstream: upstream, retryAfter: nil)
        #expect(problem.status == 409 && problem.retryable && problem.retryAfter == 1)
    }

    /// One code for several things.
    @Test(
        arguments: [
            ("InvalidParameter", 400, "The specified resource does not exist.", 404),
            (
                "InvalidParamter.Conflict", 403,
                "The specified same token is trying to make requests with different parameters.", 422
            ),
        ])
    func becomesByItsMessage(_ code: String, _ cloudStatus: Int, _ message: String, _ status: Int) {
        let upstream = Problem.Upstream(action: "slb:SetRule", code: code, requestID: "R", status: cloudStatus)
        let problem = CloudErrors.problem(
            status: cloudStatus, code: code, message: message, upstream: upstream, retryAfter: nil)
        #expect(problem.status == status)
    }

    @Test func neverRepeatsWhatWasSigned() {
        for code in ["SignatureDoesNotMatch", "InvalidParameter"] {
            let problem = CloudErrors.problem(
                status: 400, code: code,
                message: "Specified signature is not matched. server string to sign is:GET&%2F&SecurityToken%3Dx",
                upstream: .init(action: "a", code: code, requestID: nil, status: 400), retryAfter: nil)
            #expect(!problem.detail.contains("SecurityToken"))
        }
    }

    @Test(
        arguments: [
            (
                "{\"RequestId\":\"R-1\",\"HostId\":\"h\",\"Code\":\"A.B\",\"Message\":\"Some \\u00e9 text\"}", "A.B",
                "Some é text", "R-1"
            ),
            ("{\"Extra\":{\"Code\":\"inner\",\"list\":[1,{}]},\"Code\":\"A\"}", "A", "", nil),
            ("{\"RequestId\":\"not sane\\n\",\"Code\":\"A\"}", "A", "", nil),
        ] as [(String, String, String, String?)])
    func readsErrorBodies(_ text: String, _ code: String, _ message: String, _ requestID: String?) {
        let body = CloudErrorBody(Array(text.utf8))
        #expect(body?.code == code)
        #expect(body?.message == message)
        #expect(body?.requestID == requestID)
    }

    @Test(arguments: ["", "<html></html>", "[]", "{}", "{\"Code\":5}", "{\"Code\":\"\"}", "{\"Code\":\"A\"", "{\"Code\":\"A\"}x"])
    func refusesOtherBodies(_ text: String) {
        #expect(CloudErrorBody(Array(text.utf8)) == nil)
    }
}

@Suite struct ProblemTests {
    @Test func rendersEveryMember() {
        let problem = Problem(
            409, "IncorrectInstanceStatus", "a \"state\"", origin: .cloud, retryable: true, retryAfter: 3,
            upstream: .init(action: "ecs:StopInstance", code: "IncorrectInstanceStatus", requestID: "R-1", status: 403),
            faults: [
                .init(location: "dataDisk[0].size", reason: "is too small", allowed: "at least 5"),
                .init(location: "/tag/0", reason: "is given twice"),
            ])
        var output: [UInt8] = []
        Array("id-1".utf8).withUnsafeBufferPointer { problem.append(to: &output, requestID: $0) }
        #expect(
            String(decoding: output, as: UTF8.self) == """
                {"type":"urn:acs-gateway:problem:incorrect-instance-status","title":"Conflict","status":409,"detail":"a \\"state\\"",\
                "code":"IncorrectInstanceStatus","origin":"cloud","retryable":true,"requestId":"id-1",\
                "upstream":{"action":"ecs:StopInstance","code":"IncorrectInstanceStatus","requestId":"R-1","status":403},\
                "errors":[{"parameter":"dataDisk[0].size","reason":"is too small","allowed":"at least 5"},\
                {"pointer":"/tag/0","reason":"is given twice"}]}
                """)
    }

    @Test(arguments: [
        ("InvalidDiskId.NotFound", "invalid-disk-id-not-found"), ("NotFound", "not-found"), ("VPCNotFound", "vpcnot-found"),
        ("..a..B..", "a-b"), ("", ""),
    ])
    func namesItsType(_ code: String, _ name: String) {
        #expect(Problem.kebabCase(code) == name)
    }
}
