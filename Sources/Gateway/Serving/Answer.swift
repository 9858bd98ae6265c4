import Bytes

/// A finished answer to a caller, apart from what differs from one request to the next.
struct Answer: Sendable {
    var status: Int
    var contentType = ContentType.json
    var body: [UInt8] = []
    /// Path of what was created.
    var location: String?
    /// Sealed token of the next page of a list, when there is one.
    var nextPageToken: [UInt8]?
    /// Whether nothing was done: the caller asked for a dry run.
    var isDryRun = false
    /// Paths of what was created.
    var createdPaths: [String] = []
    /// Header lines that belong to this answer alone.
    var headers: [(name: StaticString, value: String)] = []
}

extension Answer {
    /// The answer to a dry run that found nothing wrong: the cloud reports that as an error. Any other problem is thrown on.
    init(dryRun problem: Problem, _ call: Call) throws(Problem) {
        guard CloudErrors.classify(problem.code) == .dryRunPassed, let upstream = problem.upstream else { throw problem }
        self.init(status: 200)
        isDryRun = true
        body.append("{\"dryRun\":true,\"detail\":")
        body.append(jsonString: problem.detail)
        if let id = upstream.requestID {
            body.append(",\"requestId\":")
            body.append(jsonString: id)
        }
        body.append("}")
    }
}
