import Bytes

extension AccessRecord {
    /// Appends the record as one JSON object and a line feed. Members that say nothing are left out.
    func appendJSON(to output: inout [UInt8], _ clock: inout LogTime) {
        output.appendFilling(longestJSON) { start in
            var cursor = LineCursor(start)
            cursor.write("{\"time\":\"")
            clock.write(time, to: &cursor)
            cursor.write("\",\"level\":\"info\",\"msg\":\"request\",\"request_id\":\"")
            cursor.write(escaped: requestID)
            cursor.write("\",\"method\":\"")
            cursor.write(escaped: method)
            cursor.write("\",\"path\":\"")
            cursor.write(escaped: path)
            cursor.write("\",\"status\":")
            cursor.write(decimal: UInt64(status))
            cursor.write(",\"end\":\"", end)
            cursor.write(",\"principal\":\"", principal)
            cursor.write(",\"action\":\"", action)
            cursor.write(",\"decision\":\"", decision)
            cursor.write(",\"cache\":\"", cache)
            cursor.write(",\"account\":\"", account)
            cursor.write(",\"code\":\"", code)
            cursor.write(",\"reason\":\"", reason)
            cursor.write(",\"source\":\"", source)
            if let upstreamTime {
                cursor.write(",\"upstream_ms\":")
                cursor.write(milliseconds: upstreamTime)
            }
            cursor.write(",\"total_ms\":")
            cursor.write(milliseconds: totalTime)
            cursor.write(",\"bytes\":")
            cursor.write(decimal: UInt64(clamping: bytes))
            cursor.write(",\"acs_request_id\":\"", cloudRequestID)
            cursor.write(",\"peer\":\"")
            cursor.write(peer)
            cursor.write("\"}\n")
            return cursor.position - start
        }
    }

    /// Bytes that the object takes at most: what is written in any case, five numbers, time and address, and the texts.
    private var longestJSON: Int {
        var texts = requestID.count + method.count + path.count
        texts += Self.length(end) + Self.length(principal) + Self.length(action) + Self.length(decision)
        texts += Self.length(cache) + Self.length(account) + Self.length(code) + Self.length(cloudRequestID)
        texts += Self.length(reason) + Self.length(source)
        return Self.longestFrame + texts * LineCursor.longestEscape
    }

    @inline(__always)
    private static func length(_ text: String?) -> Int { text?.utf8.count ?? 0 }

    /// All member names with what stands around them are less than 300 bytes.
    private static let longestFrame = 400 + 5 * (LineCursor.longestNumber + 4) + LogTime.length + LineCursor.longestAddress
}
