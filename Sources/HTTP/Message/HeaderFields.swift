import Bytes
import CSystem

/// One header of a request, as received. The views are valid as long as the request's exchange is not completed.
public struct HeaderField {
    public var name: ByteView
    /// Without the blanks and tabs around it.
    public var value: ByteView
}

/// The headers of a request in the order received.
public struct HeaderFields: RandomAccessCollection {
    let fields: UnsafeBufferPointer<mhd_field>

    public var startIndex: Int { 0 }
    public var endIndex: Int { fields.count }

    public subscript(position: Int) -> HeaderField {
        let field = fields[position]
        return HeaderField(name: field.nameView, value: field.valueView.trimmed)
    }
}

extension mhd_field {
    var nameView: ByteView { ByteView(start: name, count: name_length) }
    var valueView: ByteView { ByteView(start: value, count: value_length) }
}
