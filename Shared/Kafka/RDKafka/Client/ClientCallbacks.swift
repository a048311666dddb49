import CRDKafka
import Logging

// The functions that librdkafka calls. Each is short: a poll's time limit does not bound them.

/// Runs on librdkafka's threads, also while the client is being made and destroyed.
func onLog(
    client: OpaquePointer?,
    level: Int32,
    facility: UnsafePointer<CChar>?,
    text: UnsafePointer<CChar>?
) {
    guard let client, let context = ClientContext.from(rd_kafka_opaque(client)),
        let facility, let text
    else { return }
    let facilityName = String(cString: facility)
    let words = String(cString: text)
    if facilityName == "FAIL" || facilityName == "ERROR" { context.noteFailure(words) }
    context.logger.log(
        level: logLevel(syslog: level, words: words),
        "librdkafka",
        metadata: ["kafka.facility": "\(facilityName)", "kafka.text": "\(words)"]
    )
}

/// A library says nothing louder than info; what matters more reaches the owner as an error.
func logLevel(syslog level: Int32, words: String) -> Logger.Level {
    // One set of properties serves consumers and producers; that some are ignored is intended.
    if words.contains("will be ignored by this") { return .debug }
    return switch level {
    case ...4: .info
    case 5...6: .debug
    default: .trace
    }
}

/// Runs inside a poll: faults that belong to no call, such as lost connections.
func onError(
    client: OpaquePointer?,
    code: Int32,
    reason: UnsafePointer<CChar>?,
    opaque: UnsafeMutableRawPointer?
) {
    guard let context = ClientContext.from(opaque) else { return }
    let code = rd_kafka_resp_err_t(rawValue: code)
    // "All brokers down" follows the failure that tells more.
    if let reason, code != RD_KAFKA_RESP_ERR__ALL_BROKERS_DOWN {
        context.noteFailure(String(cString: reason))
    }
    if code == RD_KAFKA_RESP_ERR__FATAL { context.noteFatal() }
}

/// Runs inside a consumer's poll or close.
///
/// Partitions that were given are only noted: the owner restores their state first and then
/// assigns. Partitions that were taken are unassigned at once, so that no record of them can
/// follow; nothing is committed here, the generation is stale already.
func onRebalance(
    client: OpaquePointer?,
    code: rd_kafka_resp_err_t,
    list: UnsafeMutablePointer<rd_kafka_topic_partition_list_t>?,
    opaque: UnsafeMutableRawPointer?
) {
    guard let client, let context = ClientContext.from(opaque) else { return }
    let partitions = list.map { NativePartitionList.partitions(of: $0) } ?? []
    if code == RD_KAFKA_RESP_ERR__ASSIGN_PARTITIONS {
        context.push(.assigned(partitions))
    } else {
        let lost = rd_kafka_assignment_lost(client) != 0
        _ = rd_kafka_assign(client, nil)
        context.push(.revoked(partitions, lost: lost))
    }
    // Ends the poll that runs this, so that the owner hears of it at once. A call that empties the
    // queue does not wait anyway, and would lose an operation on the way out.
    if !context.isDraining { rd_kafka_yield(client) }
}
