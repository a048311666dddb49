package import Events

/// The end of a partition's journal: where it got to, its figures, and the newest seen-marks.
package struct JournalTail {
    /// The journal's newest record, without its marks; nil while the journal is empty.
    package private(set) var last: JournalRecord?
    /// Marks in order of arrival.
    package private(set) var marks: [Hash128] = []

    /// Before the first record.
    package init() {}

    /// Takes the next record of the journal.
    package mutating func append(_ record: JournalRecord) {
        if let last, last.hashKey != record.hashKey {
            // Marks under another key can recognise nothing any more.
            marks.removeAll()
        }
        marks.append(contentsOf: record.marks)
        last = record
        last?.marks = []
    }

    /// A window that holds the newest marks.
    package func window(horizon: Int) -> DedupeWindow {
        var window = DedupeWindow(horizon: horizon)
        for mark in marks.suffix(horizon) { _ = window.insert(mark) }
        window.commit()
        return window
    }
}
