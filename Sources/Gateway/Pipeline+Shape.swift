import Bytes
import HTTP
import Routes

/// From the cloud's answer to the caller's.
extension Pipeline {
    /// Reshapes a successful answer: REST names, lists without wrappers, the status and headers that the route promises.
    func shape(_ response: UpstreamResponse, _ call: Call) throws(Problem) -> Answer {
        guard let operation = call.bound.operation, let action = call.action else { throw .internalError }
        var answer = Answer(status: call.bound.route?.success ?? 200)
        let summary = try reshape(response, call, into: &answer.body)
        if call.bound.route?.isSingle == true, operation.isList, summary.itemCount == 0 {
            throw Problem(
                404, "NotFound", "`\(action.text)` finds nothing of that name", origin: .cloud,
                upstream: .init(action: action.text, code: nil, requestID: call.cloudRequestID, status: Int(response.status)))
        }
        if let creation = call.bound.route?.creates { setLocation(of: creation, summary, call, &answer) }
        if call.isNative {
            answer.contentType = .native
            answer.body = response.body
        } else if operation.isList, call.bound.route?.isSingle != true {
            if let next = nextPage(summary, call) {
                let token = services.pageTokens.seal(next, for: pageScope(call))
                token.withView { ReshapeSummary.append("nextPageToken", $0, to: &answer.body) }
                answer.nextPageToken = token
            }
        }
        if answer.status == 204 { answer.body.removeAll() }
        return answer
    }

    /// Reshapes the answer's body into `output`.
    func reshape(
        _ response: UpstreamResponse, _ call: Call, into output: inout [UInt8]
    ) throws(Problem) -> ReshapeSummary {
        guard let action = call.action, let plan = services.plan(for: call.bound) else { throw .internalError }
        do throws(ReshapeError) {
            let summary = try plan.reshape(response.body, into: &output)
            if let id = summary.requestID { call.cloudRequestID = id }
            return summary
        } catch {
            throw CloudAnswer.malformed("\(error)", response: response, action: action.text)
        }
    }

    /// `Location` names the created resource when there is one; of several the body has all ids.
    private func setLocation(
        of creation: Route.Creation, _ summary: ReshapeSummary, _ call: Call, _ answer: inout Answer
    ) {
        answer.createdPaths =
            creation.id == nil
            ? [creation.path(of: [], call.bound)] : summary.createdIDs.map { creation.path(of: $0, call.bound) }
        guard var location = answer.createdPaths.first, answer.createdPaths.count == 1 else { return }
        guard let account = call.account else { return }
        // By a path that leads there from anywhere: the account and the region are those of this request.
        let isDefault = account.index == services.defaultAccount.index
        if call.pathOffset > 0 || !isDefault { location = "/accounts/\(account.name)\(location)" }
        call.bound.withRegion { region in
            if !account.region.elementsEqual(region), !region.isEmpty { location += "?regionId=\(region.text)" }
        }
        answer.location = location
    }
}

extension Route.Creation {
    /// The path of the created resource with this id, or of the one that the request names.
    func path(of id: [UInt8], _ request: BoundRequest) -> String {
        var path: [UInt8] = []
        for part in parts {
            path.append(UInt8(ascii: "/"))
            switch part {
            case .literal(let text): path.append(text: text)
            case .id: id.withView { path.append(percentEncoded: $0) }
            case .parameter(let position): request.appendPathPart(position, to: &path)
            }
        }
        return String(decoding: path, as: UTF8.self)
    }
}

extension BoundRequest {
    /// Appends the value of the parameter at `position` as it stands in a path.
    func appendPathPart(_ position: Int, to path: inout [UInt8]) {
        guard let entry = entries.first(where: { $0.parameter == position }) else { return }
        withValue(of: entry) { path.append(percentEncoded: $0) }
    }
}
