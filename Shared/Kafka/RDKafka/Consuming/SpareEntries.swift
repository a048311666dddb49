import Synchronization

/// The table of a batch that is over, for the next one: getting megabytes from the system for every
/// batch costs more than filling them.
final class SpareEntries: Sendable {
    private struct Table: @unchecked Sendable {  // nobody else has the pointer
        var entries: UnsafeMutablePointer<RecordBatch.Entry>
        var capacity: Int
    }

    private let spare = Mutex<Table?>(nil)

    deinit { take()?.0.deallocate() }

    func take() -> (UnsafeMutablePointer<RecordBatch.Entry>, Int)? {
        let table = spare.withLock { spare in
            defer { spare = nil }
            return spare
        }
        return table.map { ($0.entries, $0.capacity) }
    }

    /// Keeps the table unless there is one already.
    func give(_ entries: UnsafeMutablePointer<RecordBatch.Entry>, _ capacity: Int) {
        let table = Table(entries: entries, capacity: capacity)
        let isKept = spare.withLock { spare in
            guard spare == nil else { return false }
            spare = table
            return true
        }
        if !isKept { entries.deallocate() }
    }
}
