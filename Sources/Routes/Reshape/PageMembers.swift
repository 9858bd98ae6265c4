/// Where an answer has the members that tell of the page.
struct PageMembers {
    enum Place {
        case nowhere
        case atRoot
        /// Beside the collection, in an object around it; the value is at these bytes of the input.
        case beside(Range<Int>)

        /// Notes that the member is beside the collection, unless it is at the root. Returns whether it now is.
        mutating func move(from value: Range<Int>) -> Bool {
            if case .atRoot = self { return false }
            self = .beside(value)
            return true
        }
    }

    var total = Place.nowhere
    var number = Place.nowhere
    var size = Place.nowhere
}
