/// What the contract asks of the members, in the order in which it is told to a producer.
extension EventScanner {
    /// Checks the noted members and gathers them.
    mutating func gather(
        _ event: inout ScannedEvent,
        _ payload: RawSpan,
        whole: Range<Int>
    ) throws(Rejection) {
        guard payload.byte(whole.lowerBound) == UInt8(ascii: "{") else {
            let found = JSONKind(leading: payload.byte(whole.lowerBound)).words
            throw Rejection(
                reason: .wrongType,
                pointer: "",
                detail: "expected an object, found \(found)"
            )
        }
        try refuseRepeated(vocabulary.attributeMembers)
        try checkVersion(payload)
        let type = try eventType(payload)
        let id = try label(.id, payload, required: true)
        let source = try label(.source, payload, required: true)
        guard let time = try instant(.time, payload) else { throw missing(.time) }
        event = ScannedEvent()
        event.type = type
        event.time = time
        event.id = id
        event.source = source
        event.subject = try label(.subject, payload)
        event.partitionKey = try label(.partitionkey, payload)
        try checkContent(payload)
        event.wholeText = TextRange(whole)
        event.dataText = TextRange(members[.data].bounds)
        switch type {
        case .appDownload: try gatherDownload(&event, payload)
        case .appPurchase: try gatherPurchase(&event, payload)
        case .paymentTransaction: try gatherPayment(&event, payload)
        }
    }

    private mutating func gatherApp(
        _ event: inout ScannedEvent,
        _ payload: RawSpan
    ) throws(Rejection) {
        event.store = try slug(.store, payload)
        event.appID = try appID(.appId, payload)
        event.storeAppID = try storeAppID(payload)
        guard !event.appID.isAbsent || !event.storeAppID.isAbsent else {
            throw Rejection(
                reason: .missingMember,
                pointer: Member.appId.pointer,
                detail: "one of appId and storeAppId is required"
            )
        }
        event.appName = try text(.appName, payload)
        event.publisher = try text(.publisher, payload)
        guard let country = try country(.country, payload) else { throw missing(.country) }
        event.country = country
    }

    @inline(__always)
    private mutating func gatherDownload(
        _ event: inout ScannedEvent,
        _ payload: RawSpan
    ) throws(Rejection) {
        try refuseRepeated(vocabulary.downloadMembers)
        try gatherApp(&event, payload)
        event.acquisition =
            try word(.acquisition, payload, vocabulary.acquisitions) ?? .firstTime
        event.units = try units(payload)
        if let end = try instant(.periodEnd, payload) {
            let length = end.microseconds &- event.time.microseconds
            guard length > 0, length <= EventLimits.periodLimit else {
                throw invalid(.periodEnd, payload, "a time after /time by at most 24 hours")
            }
            event.periodEnd = end
        }
    }

    private mutating func gatherPurchase(
        _ event: inout ScannedEvent,
        _ payload: RawSpan
    ) throws(Rejection) {
        try refuseRepeated(vocabulary.purchaseMembers)
        try gatherApp(&event, payload)
        event.transactionID = try label(.transactionId, payload)
        event.status = try word(.status, payload, vocabulary.statuses)
        event.product = try text(.product, payload)
        event.paymentMethod = try label(.paymentMethod, payload)
        try gatherMoney(&event, payload)
    }

    @inline(__always)
    private mutating func gatherPayment(
        _ event: inout ScannedEvent,
        _ payload: RawSpan
    ) throws(Rejection) {
        try refuseRepeated(vocabulary.paymentMembers)
        event.transactionID = try label(.transactionId, payload, required: true)
        event.status = try word(.status, payload, vocabulary.statuses) ?? .captured
        event.vendorStatus = try text(.vendorStatus, payload)
        event.paymentMethod = try label(.paymentMethod, payload, required: true)
        try gatherMoney(&event, payload)
        event.payerCountry = try country(.payerCountry, payload)
        event.payeeCountry = try country(.payeeCountry, payload)
        event.merchantID = try text(.merchantId, payload)
        event.merchantName = try text(.merchantName, payload)
        event.counterpartyName = try text(.counterpartyName, payload)
        event.counterpartyAppID = try appID(.counterpartyAppId, payload)
    }

    @inline(__always)
    private mutating func gatherMoney(
        _ event: inout ScannedEvent,
        _ payload: RawSpan
    ) throws(Rejection) {
        event.amount = try amount(payload)
        guard let currency = try currency(payload) else { throw missing(.currency) }
        event.currency = currency
    }
}

extension EventScanner {
    @inline(__always)
    private mutating func checkVersion(_ payload: RawSpan) throws(Rejection) {
        let version = try text(.specversion, payload, required: true)
        let isOne = reading(version, payload) { bytes, start, end in
            end &- start == 3 && bytes.word(start) & 0xFF_FFFF == 0x30_2E31
        }
        guard isOne else { throw invalid(.specversion, payload, "\"1.0\"") }
    }

    @inline(__always)
    private mutating func eventType(_ payload: RawSpan) throws(Rejection) -> EventType {
        let name = try label(.type, payload, required: true)
        let type = reading(name, payload) { vocabulary.types.value($0, from: $1, to: $2) }
        guard let type else {
            let known = EventType.allCases.map(\.name).joined(separator: ", ")
            throw Rejection(
                reason: .unknownType,
                pointer: Member.type.pointer,
                detail: "expected one of \(known), found \(found(.type, payload))"
            )
        }
        return type
    }

    /// The data must be a JSON object, by their own declaration too.
    @inline(__always)
    private mutating func checkContent(_ payload: RawSpan) throws(Rejection) {
        if isPresent(.datacontenttype) {
            let name = try label(.datacontenttype, payload)
            guard reading(name, payload, { MediaType.isJSON($0, from: $1, to: $2) }) else {
                throw unsupported(
                    .datacontenttype,
                    "expected JSON, found \(found(.datacontenttype, payload))"
                )
            }
        }
        _ = try label(.dataschema, payload)
        guard !isPresent(.dataBase64) else {
            throw unsupported(.dataBase64, "expected JSON in data, found bytes in data_base64")
        }
        guard isPresent(.data) else { throw missing(.data) }
        guard members[.data].kind == .object else {
            throw wrongType(.data, payload, .object)
        }
    }

    private func unsupported(_ member: Member, _ detail: String) -> Rejection {
        Rejection(reason: .unsupportedContentType, pointer: member.pointer, detail: detail)
    }
}
