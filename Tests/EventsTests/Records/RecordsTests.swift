import Events
import Testing

@Suite struct RecordsTests {
    @Test func `a count's key and value are the contract's, byte for byte`() throws {
        let count = try downloadCount(appID: "com.example", storeAppID: nil)
        var key = JSONWriter()
        count.writeKey(to: &key)
        #expect(
            text(key)
                == #"["2020-02-29","apple","com.example",null,"US","first-time","#
                + #""p.appstore-events",3,42]"#
        )
        var value = JSONWriter()
        count.writeValue(to: &value)
        #expect(
            text(value) == """
                {"day":"2020-02-29","store":"apple","appId":"com.example","storeAppId":null,\
                "country":"US","acquisition":"first-time","topic":"p.appstore-events",\
                "partition":3,"segment":42,"count":-7,"throughOffset":99}
                """
        )
    }

    @Test func `a count reads back as it was written`() throws {
        for (appID, storeAppID) in [("a.b", nil), (nil, "12"), ("a\u{301}\"b", "12")] {
            let count = try downloadCount(appID: appID, storeAppID: storeAppID)
            var value = JSONWriter()
            count.writeValue(to: &value)
            #expect(unsafe try DownloadCount(value: value.bytes.span.bytes) == count)
        }
    }

    @Test func `a journal record reads back with its marks`() throws {
        var tally = JournalRecord.Tally(since: 5)
        tally.received = 10
        tally.screened = 7
        tally.duplicate = 2
        tally.deadLettered = 1
        #expect(tally.isConserved)
        for count in [0, 1, 2, 3, 1_000] {
            let marks = (0..<count).map { number in
                Hash128(low: UInt64(number) &* 0x9E37_79B9_7F4A_7C15, high: ~UInt64(number))
            }
            let record = JournalRecord(
                next: 15,
                tally: tally,
                ruleSetDigest: "sha256:00",
                hashKey: HashKey(low: 0x0102_0304_0506_0708, high: .max),
                marks: marks
            )
            var value = JSONWriter()
            record.writeValue(marks: marks[...], to: &value)
            #expect(unsafe try JournalRecord(value: value.bytes.span.bytes) == record)
        }
    }

    @Test func `the fullest journal record stays under the limit of a record`() {
        let marks = Array(repeating: Hash128(low: .max, high: .max), count: JournalRecord.markLimit)
        var tally = JournalRecord.Tally(since: .max)
        tally.received = .max
        tally.screened = .max
        tally.expired = .max
        let record = JournalRecord(
            next: .max,
            tally: tally,
            ruleSetDigest: "sha256:" + String(repeating: "f", count: 64),
            hashKey: HashKey(low: .max, high: .max),
            marks: []
        )
        var value = JSONWriter()
        record.writeValue(marks: marks[...], to: &value)
        #expect(value.bytes.count <= EventLimits.journalRecordByteLimit)
    }

    @Test(arguments: ["", "A", "AAAA", "====", "AAAA====", "not base64 at all!!!", "AAA\u{0}"])
    func `marks that are not whole marks in base64 are refused`(marks: String) throws {
        let record = """
            {"next":1,"since":0,"received":1,"screened":1,"duplicate":0,"deadLettered":0,\
            "expired":0,"ruleSet":"x","hashKey":"\(String(repeating: "0", count: 32))",\
            "marks":"\(marks)"}
            """
        guard !marks.isEmpty else {
            #expect(unsafe try JournalRecord(value: record.utf8Span.span.bytes).marks.isEmpty)
            return
        }
        #expect(throws: Rejection.self) {
            unsafe try JournalRecord(value: record.utf8Span.span.bytes)
        }
    }

    @Test func `a hash key is written first byte first`() {
        let key = HashKey(low: 0x0706_0504_0302_0100, high: 0x0F0E_0D0C_0B0A_0908)
        #expect(key.hexadecimal == "000102030405060708090a0b0c0d0e0f")
        #expect(HashKey(hexadecimal: key.hexadecimal) == key)
        #expect(HashKey(hexadecimal: "00") == nil)
    }

    @Test func `a flag reads back as it was written`() throws {
        let flag = try Self.flag()
        var value = JSONWriter()
        flag.write(to: &value)
        #expect(unsafe try Flag(value: value.bytes.span.bytes) == flag)
    }

    @Test func `a flag is a CloudEvent with the contract's members`() throws {
        var value = JSONWriter()
        try Self.flag().write(to: &value)
        let event = try JSONValue.parse(value.bytes)
        #expect(event["specversion"] == .string("1.0"))
        #expect(event["type"] == .string("cordon.transaction.flagged"))
        #expect(event["source"] == .string("urn:cordon:screening"))
        #expect(event["subject"] == .string("alipay"))
        #expect(event["causationid"] == .string("e-1"))
        #expect(event["recordedtime"] == .string("2021-02-01T00:00:00.500Z"))
        #expect(event.at(pointer: "/data/event/data/units") == .integer(3))
        #expect(event.at(pointer: "/data/interval/to") == nil)
        #expect(event.at(pointer: "/data/record/offset") == .integer(9))
    }

    @Test func `a flag without a member names the member`() throws {
        let broken =
            #"{"type":"cordon.transaction.flagged","id":"x","time":"2021-01-01T00:00:00Z","#
            + #""data":{}}"#
        let rejection = #expect(throws: Rejection.self) {
            unsafe try Flag(value: broken.utf8Span.span.bytes)
        }
        #expect(rejection?.pointer.hasPrefix("/data/") == true)
        #expect(rejection?.reason == .missingMember)
    }

    private static func flag() throws -> Flag {
        var ruling = Flag.Ruling(
            disposition: "review",
            directive: Flag.Instrument(
                id: "us-eo-13971",
                title: "Addressing \"the\" Threat",
                citation: "86 FR 1249",
                digest: "sha256:aa"
            ),
            prohibition: "transactions",
            target: "alipay",
            interval: Flag.Interval(
                state: "pending",
                from: try #require(Timestamp(rfc3339: "2021-01-05T05:00:00Z")),
                to: nil,
                citation: "s. 1(a)"
            ),
            jurisdiction: Flag.Place(country: "US", field: "/data/country")
        )
        ruling.reason = "country-unknown"
        ruling.ruleSetDigest = "sha256:bb"
        ruling.matches = [
            Flag.Match(field: "/data/appId", value: "支付宝", method: "app-id", score: 1),
            Flag.Match(field: "/data/appName", value: "x", method: "exact-name", score: 0.9),
        ]
        ruling.explanation = "Because."
        var facts = Flag.Facts()
        facts.store = "google"
        facts.appID = "com.eg.android.AlipayGphone"
        facts.units = 3
        return Flag(
            id: String(repeating: "0", count: 32),
            time: try #require(Timestamp(rfc3339: "2021-01-06T00:00:00Z")),
            recordedTime: Timestamp(rfc3339: "2021-02-01T00:00:00.5Z"),
            ruling: ruling,
            origin: Flag.Origin(
                source: "s",
                id: "e-1",
                topic: "appstore-events",
                partition: 2,
                offset: 9
            ),
            content: (facts: facts, event: Array(#"{"id":"e-1","data":{"units":3}}"#.utf8))
        )
    }

    private func downloadCount(appID: String?, storeAppID: String?) throws -> DownloadCount {
        DownloadCount(
            dimensions: DownloadCount.Dimensions(
                day: try #require(Day("2020-02-29")),
                app: DownloadCount.AppKey(store: "apple", appID: appID, storeAppID: storeAppID),
                country: try #require(CountryCode("US")),
                acquisition: .firstTime,
                origin: DownloadCount.Origin(
                    topic: "p.appstore-events",
                    partition: 3,
                    segment: 42
                )
            ),
            count: -7,
            throughOffset: 99
        )
    }

    private func text(_ writer: JSONWriter) -> String {
        String(decoding: writer.bytes, as: UTF8.self)
    }
}
