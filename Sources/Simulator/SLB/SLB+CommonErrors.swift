extension SLB {
    /// The errors that every action of the product can answer with.
    static let commonErrors: [ErrorBook.Row] = []
}
