/// A statement as numbers: where its patterns and conditions stand in the tables of its policy set.
struct CompiledStatement {
    let policy: UInt32
    let index: UInt32
    let isDeny: Bool
    let isNotAction: Bool
    /// Places of the statement's patterns in the set's tables of them.
    let actions: Range<UInt32>
    let resources: Range<UInt32>
    /// Conditions of the statement, in the set's table of conditions.
    let conditions: Range<UInt32>
}
