import Events
import Testing

@testable import Operator

@Suite struct SheetTests {
    @Test(arguments: [
        ("plain", "plain"), ("", ""), ("a b", "a b"), ("a,b", "\"a,b\""),
        ("say \"hi\"", "\"say \"\"hi\"\"\""), ("two\nlines", "\"two\nlines\""),
        ("cr\r\nlf", "\"cr\r\nlf\""), ("支付宝", "支付宝"),
    ])
    func `CSV quotes what RFC 4180 wants quoted`(field: String, expected: String) {
        var csv = CSVText()
        csv.append([field, "1"])
        #expect(csv.text == expected + ",1\n")
    }

    @Test func `columns align by display width and numbers have commas`() throws {
        var sheet = Sheet([.text("app"), .number("count")])
        sheet.append([.text("支付宝"), .number(1_234_567)])
        sheet.append([.text("WPS Office"), .number(-12)])
        sheet.append([.absent, .money(try #require(Money("1234.5")))])
        sheet.total = [.text("total"), .number(9)]
        #expect(
            sheet.table == """
                APP             COUNT
                支付宝      1,234,567
                WPS Office        -12
                             1,234.50
                total               9

                """
        )
    }

    @Test func `what could steer a terminal is taken out of a table but not out of CSV`() {
        var sheet = Sheet([.text("app")])
        sheet.append([.text("a\u{1B}[31mb\u{202E}c\u{7}")])
        #expect(sheet.table == "APP\na·[31mb·c·\n")
        #expect(sheet.csv == "app\na\u{1B}[31mb\u{202E}c\u{7}\n")
    }

    @Test func `JSON leaves absent cells out and the total with them`() {
        var sheet = Sheet([.text("app"), .text("title"), .number("count")])
        sheet.append([.text("a\"b"), .absent, .number(.min)])
        sheet.total = [.text("total"), .absent, .number(1)]
        #expect(sheet.json == #"[{"app":"a\"b","count":-9223372036854775808}]"# + "\n")
    }

    @Test(arguments: [
        ("0", "0"), ("1000", "1,000"), ("1234567.5", "1,234,567.50"), ("0.25", "0.25"),
        ("999999999999999999.999999999", "999,999,999,999,999,999.999999999"),
    ])
    func `money is grouped and never rounded`(amount: String, expected: String) throws {
        #expect(try #require(Money(amount)).grouped == expected)
    }
}
