import Bytes

/// Data that an instance reads at its first start, Base64 on the wire.
enum UserData {
    /// Bytes before encoding.
    static let greatestSize = 16 * 1024

    /// Refuses what is no Base64 or too large.
    static func check(_ text: String) throws(CloudError) {
        guard let bytes = Array(text.utf8).withView({ Base64.decode($0) }) else { throw .invalid("UserData") }
        guard bytes.count <= greatestSize else { throw CloudError("InvalidUserData.SizeExceeded") }
    }
}
