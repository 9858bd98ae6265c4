import Bytes
import CSystem

/// The head of a request as libmicrohttpd cut it up: views into the one block of bytes that it arrived in, where the
/// blanks of the request line, the colons after header names and the line ends were overwritten with NUL.
struct RequestHead {
    /// From the method's first byte to the end of the empty line that ends the head.
    var block: ByteView
    var method: ByteView
    var target: ByteView
    var version: ByteView
    var fields: UnsafeBufferPointer<mhd_field>
}

/// What the check found out about a head on its way.
struct CheckedHead {
    /// How the body is delimited.
    enum Body: Hashable {
        case none
        case length(UInt64)
        case chunked
    }

    var body: Body = .none
    /// The target without scheme and authority; `*` for a server-wide OPTIONS.
    var originForm: ByteView
}
