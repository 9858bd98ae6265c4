import Bytes

/// The common parameters of one RPC call with their values, in byte order of their names. The views are borrowed.
struct CommonPairs {
    private static let count = 9

    private static let signatureVersion: StaticString = "1.0"

    var accessKeyId: ByteView
    var action: ByteView
    var format: StaticString
    var securityToken: ByteView?
    var signatureMethod: StaticString
    var nonce: ByteView
    var timestamp: ByteView
    var version: ByteView

    private subscript(index: Int) -> (name: StaticString, value: ByteView?) {
        switch index {
        case 0: ("AccessKeyId", accessKeyId)
        case 1: ("Action", action)
        case 2: ("Format", format.view)
        case 3: ("SecurityToken", securityToken)
        case 4: ("SignatureMethod", signatureMethod.view)
        case 5: ("SignatureNonce", nonce)
        case 6: ("SignatureVersion", Self.signatureVersion.view)
        case 7: ("Timestamp", timestamp)
        default: ("Version", version)
        }
    }

    /// Bytes of the encoded query that they make, separators included.
    var encodedLength: Int {
        var total = 0
        for index in 0..<Self.count {
            let (name, value) = self[index]
            if let value { total += name.utf8CodeUnitCount + value.percentEncodedLength + 2 }
        }
        return total
    }

    /// The same at most, without looking at the bytes.
    var longestEncodedLength: Int {
        // All names together take 97 bytes.
        let values =
            accessKeyId.count + action.count + format.utf8CodeUnitCount + (securityToken?.count ?? 0)
            + signatureMethod.utf8CodeUnitCount + nonce.count + timestamp.count + version.count + 3
        return 3 * values + 97 + 2 * Self.count
    }

    /// Calls `body` for these and the sorted `parameters` in one order.
    @inline(__always)
    func merge(
        with parameters: WireParameters, _ body: (_ name: ByteView, _ value: ByteView, _ isCommon: Bool) -> Void
    ) {
        var next = 0
        parameters.forEach { name, value in
            while next < Self.count, self[next].name.view.precedes(name) {
                if let value = self[next].value { body(self[next].name.view, value, true) }
                next += 1
            }
            body(name, value, false)
        }
        while next < Self.count {
            if let value = self[next].value { body(self[next].name.view, value, true) }
            next += 1
        }
    }
}
