/// Where to begin on an input partition, decided from what the group and the journal say.
///
/// The two move in the same transaction, so they agree unless somebody moved one of them by hand
/// or one of them is gone. See the contract in the service's README.
package enum StartDecision: Equatable {
    /// Begin at an offset that is still there.
    case start(Int64)
    /// Retention overtook the group: record the loss and begin behind it.
    case startAfterGap(lost: Range<Int64>)
    /// The commit markers of the last transaction may still be on their way: ask again.
    case wait(String)
    /// Nothing can be concluded: do not read the partition, and say what to do.
    case stop(String)

    /// Decides from the four facts.
    ///
    /// - Parameters:
    ///   - committed: the group's offset, if it has one.
    ///   - journal: the next offset of the journal's last record, if there is one.
    ///   - available: the offsets the partition holds.
    package init(committed: Int64?, journal: Int64?, available: Range<Int64>) {
        switch (committed, journal) {
        case (nil, nil):
            self = .start(available.lowerBound)
        case (nil, let next?):
            self = Self.within(next, available, "the journal")
        case (let offset?, nil):
            self = Self.within(offset, available, "the group")
        case (let offset?, let next?) where offset == next:
            self = Self.within(offset, available, "the group")
        case (let offset?, let next?):
            self = .wait(
                """
                the group's offset is \(offset) but the journal says \(next): one of them was \
                moved by hand; set the group's offset back to \(next), or delete the \
                group's offset and the journal's records to begin anew
                """
            )
        }
    }

    private static func within(
        _ offset: Int64,
        _ available: Range<Int64>,
        _ teller: String
    ) -> StartDecision {
        if offset < available.lowerBound {
            return .startAfterGap(lost: offset..<available.lowerBound)
        }
        guard offset <= available.upperBound else {
            return .stop(
                """
                \(teller) says \(offset) but the partition ends at \(available.upperBound): the \
                topic was recreated or truncated; export its counts, which new ones may replace, \
                then delete the group's offset and the journal's records of this partition to \
                read it from its beginning
                """
            )
        }
        return .start(offset)
    }
}
