import Bytes
import HTTP
import Routes

/// Lists in pages: one way for callers, whichever way the cloud has.
extension Pipeline {
    /// Checks the caller's page token, which is bound to everything else in the request.
    func openPageToken(_ call: Call) throws(Problem) {
        guard call.bound.page.hasToken else { return }
        let position = call.bound.withPageToken { token in
            token.flatMap { services.pageTokens.open($0, for: pageScope(call)) }
        }
        guard let position else {
            throw Problem(faults: [
                .init(
                    location: "pageToken", reason: "is not a token of this list",
                    allowed: "the `nextPageToken` of the same request's last answer, unchanged")
            ])
        }
        if let size = call.bound.page.size, let sealed = position.size, size != sealed {
            throw Problem(faults: [
                .init(
                    location: "pageSize", reason: "is not that of the page before", allowed: "\(sealed), or nothing")
            ])
        }
        call.page = position
    }

    /// Turns the caller's wish into the cloud's parameters.
    func preparePage(_ call: Call) {
        if let page = call.page {
            apply(page, call)
        } else if call.bound.page.number != nil || call.bound.page.size != nil {
            switch call.bound.pageStyle {
            case .page: call.bound.setPage(.number(call.bound.page.number ?? 1), size: call.bound.page.size)
            case .token: call.bound.setPage(.token(nil), size: call.bound.page.size)
            case nil: break
            }
        }
    }

    private func apply(_ page: PageToken.Position, _ call: Call) {
        switch page.place {
        case .number(let number): call.bound.setPage(.number(number), size: page.size)
        case .token(let token): token.withView { call.bound.setPage(.token($0), size: page.size) }
        }
    }

    /// What a page token is bound to: account, operation, region and all parameters, but not the page.
    func pageScope(_ call: Call) -> [UInt8] {
        var scope = call.account?.accountID ?? []
        call.bound.appendListKey(to: &scope)
        return scope
    }

    /// Where the page behind the one that `summary` is about begins; nil when that was the last.
    func nextPage(_ summary: ReshapeSummary, _ call: Call) -> PageToken.Position? {
        if let token = summary.nextToken, !token.isEmpty {
            return PageToken.Position(place: .token(token), size: call.page?.size ?? call.bound.page.size)
        }
        guard call.bound.operation?.entry.paging.contains(.page) == true, let total = summary.totalCount,
            let number = summary.pageNumber, let size = summary.pageSize, size > 0, number > 0, summary.itemCount > 0
        else { return nil }
        let (seen, overflow) = number.multipliedReportingOverflow(by: size)
        guard !overflow, seen < total else { return nil }
        return PageToken.Position(place: .number(number + 1), size: size)
    }

    /// All pages of a list in one answer, up to the configured number of items; then the answer says that it is not
    /// complete, and carries the token of the page that would follow.
    func gather(_ call: Call) async throws(Problem) -> Answer {
        guard let operation = call.bound.operation else { throw .internalError }
        let limit = services.configuration.limits.gatheredItems
        let scope = pageScope(call)
        if call.page == nil {
            let size = call.bound.page.size ?? operation.largestPage
            switch call.bound.pageStyle {
            case .page: call.page = PageToken.Position(place: .number(1), size: size)
            case .token: call.bound.setPage(.token(nil), size: size)
            case nil: break
            }
        }
        var answer = Answer(status: 200)
        answer.body.append("{\"items\":[")
        var count = 0
        var requestID: String?
        var next: PageToken.Position?
        var pages = 0
        repeat {
            if let page = call.page { apply(page, call) }
            let response = try await send(call)
            var page: [UInt8] = []
            let summary = try reshape(response, call, into: &page)
            if count > 0, summary.itemCount > 0 { answer.body.append(",") }
            page.withView { answer.body.append($0.slice(summary.items)) }
            count += summary.itemCount
            requestID = call.cloudRequestID
            if Task.isCancelled { throw .callerGone }
            pages += 1
            let following = nextPage(summary, call)
            // A cloud that gives the same page again would never end.
            next = following == call.page ? nil : following
            call.page = next
        } while next != nil && count < limit && pages <= limit
        answer.body.append("],\"totalCount\":")
        answer.body.append(decimal: count)
        answer.body.append(",\"complete\":")
        answer.body.append(next == nil ? "true" : "false")
        if let next {
            let token = services.pageTokens.seal(next, for: scope)
            answer.body.append(",\"nextPageToken\":")
            token.withView { answer.body.append(jsonString: $0) }
            answer.nextPageToken = token
        }
        if let requestID {
            answer.body.append(",\"requestId\":")
            answer.body.append(jsonString: requestID)
        }
        answer.body.append("}")
        return answer
    }
}
