import Events

/// The events of a request or of a block of a file: those that may go out, and those refused.
///
/// Values stand in the bytes they were read from and are named by place; keys are copied, since a
/// key may have had escapes.
struct EventBundle: Sendable {
    /// An event that keeps the contract.
    struct Outgoing: Sendable, Equatable {
        var topic: InputTopic
        /// Where the key stands in `keys`.
        var key: Range<Int>
        /// Where the event stands in the bytes it was read from.
        var value: Range<Int>
    }

    /// An event that breaks the contract.
    struct Refused: Sendable, Equatable {
        /// Its position among the events, or the number of its line, from 0.
        var index: Int
        /// Where it stands in the bytes it was read from.
        var place: Range<Int>
        var rejection: Rejection
    }

    var outgoing: [Outgoing] = []
    var refused: [Refused] = []
    var keys: [UInt8] = []

    /// How many events there were.
    var count: Int { outgoing.count + refused.count }

    mutating func removeAll() {
        outgoing.removeAll(keepingCapacity: true)
        refused.removeAll(keepingCapacity: true)
        keys.removeAll(keepingCapacity: true)
    }
}

/// Validates events and decides where each one goes; pure, owned by one task.
struct EventIntake: ~Copyable {
    private var scanner = EventScanner()

    /// Takes the event that stands at `place` in `bytes`.
    mutating func take(
        _ place: Range<Int>,
        of bytes: RawSpan,
        index: Int,
        into bundle: inout EventBundle
    ) {
        let payload = bytes.extracting(place)
        do {
            let event = try scanner.scan(payload)
            let start = bundle.keys.count
            scanner.withText(Self.key(of: event), in: payload) { text in
                unsafe text.withUnsafeBytes { unsafe bundle.keys.append(contentsOf: $0) }
            }
            let value = place.lowerBound + event.whole.lowerBound
            bundle.outgoing.append(
                EventBundle.Outgoing(
                    topic: event.type.topic,
                    key: start..<bundle.keys.count,
                    value: value..<value + event.whole.count
                )
            )
        } catch {
            bundle.refused.append(
                EventBundle.Refused(index: index, place: place, rejection: error)
            )
        }
    }

    /// The text that decides the partition, so that what belongs together keeps its order.
    ///
    /// The producer's own `partitionkey`, else `subject`; without them the app's id, for payments
    /// the transaction's, else the event's. An empty text counts as absent.
    static func key(of event: ScannedEvent) -> TextRange {
        let own =
            event.type == .paymentTransaction
            ? event.transactionID
            : (event.appID.byteCount > 0 ? event.appID : event.storeAppID)
        let candidates = (event.partitionKey, event.subject, own)
        if candidates.0.byteCount > 0 { return candidates.0 }
        if candidates.1.byteCount > 0 { return candidates.1 }
        return candidates.2.byteCount > 0 ? candidates.2 : event.id
    }
}
