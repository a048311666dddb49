import TestSupport
import Testing

extension EndToEnd {
    /// Records that other people's producers write straight onto the topics.
    struct DirectRecordTests {
        @Test(.timeLimit(.minutes(2)))
        func `a record written by kcat becomes a flag and a count`() async throws {
            let bench = try await Bench()
            let service = try bench.screening()
            try await bench.topics.produce(
                SampleEvents.download(id: "d-1", units: "3"),
                key: "alipay",
                to: "appstore-events"
            )
            try await bench.waitUntilScreened(by: [service])

            let flag = try #require(
                try await bench.topics.records(of: "flagged-transactions").first
            )
            #expect(flag.member("type") == "cordon.transaction.flagged")
            #expect(flag.member("source") == "urn:cordon:screening")
            #expect(flag.member("causationid") == "d-1")
            #expect(flag.member("time") == "2021-03-01T12:00:00Z")
            #expect(flag.member("data.directive.id") == "us-eo-13971")
            #expect(flag.member("data.state") == "unimplemented")
            #expect(flag.member("data.disposition") == "review")
            #expect(flag.member("data.jurisdiction.country") == "US")
            #expect(flag.member("data.matches.0.value") == "com.eg.android.AlipayGphone")
            #expect(flag.member("data.units") == "3")
            #expect(flag.member("data.record.topic") == bench.topics.name("appstore-events"))
            #expect(flag.member("data.record.offset") == "0")
            #expect(flag.member("data.event.data.country") == "US")
            #expect(try await flag.key == identifier(of: flag))

            let counts = try await bench.topics.records(of: "download-counts")
            #expect(counts.map { $0.member("count") } == ["3"])
            #expect(counts.first?.member("day") == "2021-03-01")
            #expect(counts.first?.member("acquisition") == "first-time")
            #expect(counts.first?.key?.hasPrefix(#"["2021-03-01","google","com.eg."#) == true)
            #expect(try await service.stop() == 0)
        }

        @Test(.timeLimit(.minutes(2)))
        func `a record in binary mode is screened like any other`() async throws {
            let bench = try await Bench()
            let service = try bench.screening()
            try await bench.topics.produce(
                SampleEvents.paymentData(),
                key: "t-1",
                headers: [
                    "ce_specversion": "1.0", "ce_id": "p-1", "ce_source": "urn:test:psp",
                    "ce_type": "cordon.payment.transaction", "ce_time": "2021-01-20T12:00:00Z",
                    "content-type": "application/json",
                ],
                to: "payment-transactions"
            )
            try await bench.waitUntilScreened(by: [service])

            #expect(try await bench.topics.records(of: "dead-letters").isEmpty)
            let flag = try #require(
                try await bench.topics.records(of: "flagged-transactions").first
            )
            #expect(flag.member("causationid") == "p-1")
            #expect(flag.member("data.state") == "pending")
            #expect(flag.member("data.matches.0.method") == "payment-method")
            #expect(flag.member("data.transactionId") == "t-1")
            #expect(flag.member("data.event.data.amount") == "12.50")
            #expect(try await bench.topics.records(of: "download-counts").isEmpty)
        }

        @Test(.timeLimit(.minutes(2)))
        func `only what the law names while it stands is flagged, and a repeat counts once`()
            async throws
        {
            let bench = try await Bench()
            let service = try bench.screening()
            for (id, time) in [
                ("before", "2021-01-05T04:59:59Z"), ("signed", "2021-01-05T05:00:00Z"),
                ("signed", "2021-01-05T05:00:00Z"), ("revoked", "2021-06-09T04:00:00Z"),
            ] {
                try await bench.topics.produce(
                    SampleEvents.download(id: id, time: time),
                    key: "alipay",
                    to: "appstore-events"
                )
            }
            try await bench.topics.produce(
                SampleEvents.download(id: "other", app: "com.example.other"),
                key: "other",
                to: "appstore-events"
            )
            try await bench.topics.produce(
                SampleEvents.payment(id: "card", method: "card"),
                key: "card",
                to: "payment-transactions"
            )
            try await bench.waitUntilScreened(by: [service])

            let flags = try await bench.topics.records(of: "flagged-transactions")
            #expect(flags.map { $0.member("causationid") } == ["signed"])
            let counts = try await bench.topics.records(of: "download-counts")
            #expect(counts.latestCounts.values.reduce(0, +) == 4)
            let journal = try await bench.journalEnds(of: "appstore-events")
            #expect(journal.values.reduce(0) { $0 + $1.duplicate } == 1)
            #expect(journal.values.allSatisfy { $0.isConserved })
        }

        /// The id that the contract gives a flag, worked out apart from our code.
        private func identifier(of flag: KafkaRecord) async throws -> String {
            let parts = [
                "data.eventSource", "data.eventId", "data.directive.id", "data.prohibition",
                "data.target",
            ].map { "\"\(flag.member($0) ?? "")\"" }
            let array = "[" + parts.joined(separator: ",") + "]"
            let hash = try Program("sha256sum", [], input: Array(array.utf8))
            _ = try await hash.exitStatus()
            return String(hash.output.prefix(32))
        }
    }
}
