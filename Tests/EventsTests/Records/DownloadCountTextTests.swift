import Testing

@testable import Events

@Suite struct DownloadCountTextTests {
    private let apps = [
        DownloadCount.AppKey(store: "google", appID: "com.example.notes", storeAppID: nil),
        DownloadCount.AppKey(store: "apple", appID: nil, storeAppID: "388627783"),
        DownloadCount.AppKey(store: "other", appID: "a\"b\\c", storeAppID: "1"),
    ]
    private let figures: [Int64] = [0, 7, 10, -1, 1_234_567, .max, .min]

    @Test func `the bytes are those that a count writes by itself`() throws {
        var random = SeededRandom()
        var text = DownloadCountText(topic: "p.appstore-events", partition: 3)
        for _ in 0..<2_000 {
            let app = try #require(apps.randomElement(using: &random))
            let count = DownloadCount(
                dimensions: DownloadCount.Dimensions(
                    day: Day(number: .random(in: 18_261...18_264, using: &random)),
                    app: app,
                    country: try #require(
                        CountryCode(["US", "ZZ"].randomElement(using: &random)!)
                    ),
                    acquisition: try #require(Acquisition.allCases.randomElement(using: &random)),
                    origin: DownloadCount.Origin(
                        topic: "p.appstore-events",
                        partition: 3,
                        segment: .random(in: 0...1, using: &random)
                    )
                ),
                count: try #require(figures.randomElement(using: &random)),
                throughOffset: try #require(figures.randomElement(using: &random))
            )
            try #require(written(count, app, &text) == plain(count), "\(random)")
        }
    }

    private func written(
        _ count: DownloadCount,
        _ app: DownloadCount.AppKey,
        _ text: inout DownloadCountText
    ) -> [[UInt8]] {
        let dimensions = count.dimensions
        text.select(dimensions.day, segment: dimensions.segment)
        var key: [UInt8] = []
        unsafe text.appendKey(
            app: app.keyPart.span.bytes,
            dimensions.country,
            dimensions.acquisition,
            to: &key
        )
        var value: [UInt8] = []
        unsafe text.appendValue(
            app: app.valuePart.span.bytes,
            dimensions.country,
            dimensions.acquisition,
            figures: (count.count, count.throughOffset),
            to: &value
        )
        return [key, value]
    }

    private func plain(_ count: DownloadCount) -> [[UInt8]] {
        var key = JSONWriter()
        count.writeKey(to: &key)
        var value = JSONWriter()
        count.writeValue(to: &value)
        return [key.bytes, value.bytes]
    }
}
