import CRDKafka
import Testing

@testable import Kafka

@Suite struct `Kafka errors` {
    @Test(arguments: [
        (RD_KAFKA_RESP_ERR__TRANSPORT, true), (RD_KAFKA_RESP_ERR_NOT_COORDINATOR, true),
        (RD_KAFKA_RESP_ERR_NOT_ENOUGH_REPLICAS, true), (RD_KAFKA_RESP_ERR__TIMED_OUT, true),
        (RD_KAFKA_RESP_ERR_TOPIC_AUTHORIZATION_FAILED, false),
        (RD_KAFKA_RESP_ERR_MSG_SIZE_TOO_LARGE, false), (RD_KAFKA_RESP_ERR__FENCED, false),
    ])
    func `a bare code is retriable if it passes by itself`(
        code: rd_kafka_resp_err_t,
        isRetriable: Bool
    ) {
        #expect(KafkaError(code, operation: "test").isRetriable == isRetriable)
        #expect(!KafkaError(code, operation: "test", isFatal: true).isRetriable)
    }

    @Test func `the meanings agree with librdkafka's codes`() {
        func error(_ code: rd_kafka_resp_err_t) -> KafkaError { KafkaError(code, operation: "t") }
        #expect(error(RD_KAFKA_RESP_ERR_FENCED_INSTANCE_ID).isFenced)
        #expect(error(RD_KAFKA_RESP_ERR__FENCED).isFenced)
        #expect(error(RD_KAFKA_RESP_ERR_PRODUCER_FENCED).isFenced)
        #expect(!error(RD_KAFKA_RESP_ERR_INVALID_PRODUCER_EPOCH).isFenced)
        #expect(
            KafkaError(
                RD_KAFKA_RESP_ERR_INVALID_PRODUCER_EPOCH,
                operation: "t",
                isFatal: true
            ).isFenced
        )
        #expect(error(RD_KAFKA_RESP_ERR__MSG_TIMED_OUT).isTimeout)
        #expect(error(RD_KAFKA_RESP_ERR_REQUEST_TIMED_OUT).isTimeout)
        #expect(error(RD_KAFKA_RESP_ERR__QUEUE_FULL).isQueueFull)
        #expect(error(RD_KAFKA_RESP_ERR__AUTO_OFFSET_RESET).isOffsetOutOfRange)
        #expect(error(RD_KAFKA_RESP_ERR_OFFSET_OUT_OF_RANGE).isOffsetOutOfRange)
        #expect(error(RD_KAFKA_RESP_ERR_UNKNOWN_TOPIC_OR_PART).isUnknownTopic)
        #expect(error(RD_KAFKA_RESP_ERR_MSG_SIZE_TOO_LARGE).isRecordTooLarge)
        #expect(error(RD_KAFKA_RESP_ERR__MAX_POLL_EXCEEDED).isPollIntervalExceeded)
        #expect(error(RD_KAFKA_RESP_ERR__ALL_BROKERS_DOWN).isUnreachable)
    }

    @Test(arguments: [-9999, 0, 12_345] as [Int32])
    func `an unknown code is a value like any other`(code: Int32) {
        let error = KafkaError(rd_kafka_resp_err_t(rawValue: code), operation: "test")
        #expect(error.code == code)
        #expect(!error.isRetriable && !error.isFenced && !error.isTimeout)
        #expect(!error.description.isEmpty)
    }

    @Test(
        arguments: [
            (Duration.zero, 0), (.milliseconds(-5), 0), (.nanoseconds(1), 1),
            (.microseconds(999), 1),
            (.milliseconds(1), 1), (.microseconds(1001), 2), (.seconds(60), 60_000),
            (.seconds(100_000_000), 2_000_000_000),
        ] as [(Duration, Int32)]
    )
    func `a duration becomes milliseconds that never round down to a busy loop`(
        duration: Duration,
        milliseconds: Int32
    ) {
        #expect(duration.wholeMilliseconds == milliseconds)
    }
}
