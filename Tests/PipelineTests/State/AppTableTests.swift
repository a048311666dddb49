import Events
import Testing

@testable import Pipeline

@Suite struct AppTableTests {
    @Test func `every app keeps its number however many there are`() {
        let table = AppTable()
        for round in 0..<2 {
            for app in 0..<3_000 {
                let number = number(in: table, "google", "com.example.app\(app)", "")
                #expect(number == UInt32(app), "round \(round)")
            }
        }
        #expect(table.apps[42].appID == "com.example.app42")
        #expect(table.apps[42].storeAppID == nil)
    }

    @Test func `the same text in another place is another app`() {
        let table = AppTable()
        let numbers = [
            number(in: table, "apple", "1", ""), number(in: table, "apple", "", "1"),
            number(in: table, "apple1", "", ""), number(in: table, "apple", "1", "1"),
        ]
        #expect(Set(numbers).count == 4)
    }

    @Test func `a table that forgot its apps numbers them anew`() {
        let table = AppTable()
        _ = number(in: table, "google", "a", "")
        table.removeAll()
        #expect(number(in: table, "google", "b", "") == 0)
    }

    private func number(
        in table: AppTable,
        _ store: String,
        _ appID: String,
        _ storeAppID: String
    ) -> UInt32 {
        unsafe table.number(
            store: store.utf8Span.span.bytes,
            appID: appID.utf8Span.span.bytes,
            storeAppID: storeAppID.utf8Span.span.bytes
        )
    }
}
