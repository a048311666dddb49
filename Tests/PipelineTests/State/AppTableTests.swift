import Events
import Testing

@testable import Pipeline

@Suite struct AppTableTests {
    @Test func `every app keeps its number however many there are`() {
        var table = AppTable()
        for round in 0..<2 {
            for app in 0..<3_000 {
                let number = number(in: &table, "google", "com.example.app\(app)", "")
                #expect(number == UInt32(app), "round \(round)")
            }
        }
        let expected = Array(#""google","com.example.app42",null"#.utf8)
        table.withKeyPart(42) { #expect($0.copied == expected) }
    }

    @Test func `the same text in another place is another app`() {
        var table = AppTable()
        let numbers = [
            number(in: &table, "apple", "1", ""), number(in: &table, "apple", "", "1"),
            number(in: &table, "apple1", "", ""), number(in: &table, "apple", "1", "1"),
        ]
        #expect(Set(numbers).count == 4)
    }

    @Test func `a table that forgot its apps numbers them anew`() {
        var table = AppTable()
        _ = number(in: &table, "google", "a", "")
        table.removeAll()
        let number = number(in: &table, "google", "b", "")
        #expect(number == 0)
    }

    private func number(
        in table: inout AppTable,
        _ store: String,
        _ appID: String,
        _ storeAppID: String
    ) -> UInt32 {
        let texts = (store.utf8Span.span, appID.utf8Span.span, storeAppID.utf8Span.span)
        return unsafe table.number(
            store: texts.0.bytes,
            appID: texts.1.bytes,
            storeAppID: texts.2.bytes
        )
    }
}
