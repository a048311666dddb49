import Testing

@testable import Events

@Suite struct JSONWriterTests {
    private func text(_ writer: JSONWriter) -> String {
        String(decoding: writer.bytes, as: UTF8.self)
    }

    @Test func `commas stand between members and elements only`() {
        var writer = JSONWriter(reserving: 64)
        writer.beginObject()
        writer.key("a")
        writer.beginArray()
        writer.integer(1)
        writer.beginObject()
        writer.endObject()
        writer.beginArray()
        writer.endArray()
        writer.null()
        writer.bool(true)
        writer.bool(false)
        writer.string("x" as String)
        writer.endArray()
        writer.key("b" as String)
        writer.beginObject()
        writer.key("c")
        writer.raw(Array("[ 1 ]".utf8))
        writer.key("d")
        writer.string("a \"literal\"")
        writer.endObject()
        writer.endObject()
        #expect(
            text(writer)
                == #"{"a":[1,{},[],null,true,false,"x"],"b":{"c":[ 1 ],"d":"a \"literal\""}}"#
        )
    }

    @Test(arguments: [
        ("", #""""#), ("plain", #""plain""#), ("\"", #""\"""#), ("\\", #""\\""#),
        ("/", #""/""#), ("\u{8}\t\n\u{C}\r", #""\b\t\n\f\r""#),
        ("\0\u{1F}\u{7F}", "\"\\u0000\\u001f\u{7F}\""), ("zwölf 支付宝 😀", #""zwölf 支付宝 😀""#),
        ("12345678\"", #""12345678\"""#), ("1234567\n9", #""1234567\n9""#),
        (
            String(repeating: "é", count: 9) + "\\",
            "\"" + String(repeating: "é", count: 9) + "\\\\\""
        ),
    ])
    func `only what must be escaped is`(value: String, json: String) {
        var writer = JSONWriter()
        writer.string(value)
        #expect(text(writer) == json)
        #expect(JSONValue.string(value).canonical == writer.bytes)
    }

    @Test(arguments: [0, 1, -1, 9, 10, 99, 100, 12345, .max, .min] as [Int64])
    func `whole numbers are decimal`(number: Int64) {
        var writer = JSONWriter()
        writer.integer(number)
        #expect(text(writer) == "\(number)")
    }

    @Test func `numbers beyond Int are written whole`() {
        var writer = JSONWriter()
        writer.integer(UInt64.max)
        #expect(text(writer) == "18446744073709551615")
    }

    @Test func `days, times and countries are texts`() throws {
        var writer = JSONWriter()
        writer.beginArray()
        writer.string(Day(number: 18632))
        writer.string(Timestamp(microseconds: 1_500_000))
        writer.string(try #require(CountryCode("US")))
        writer.endArray()
        #expect(text(writer) == #"["2021-01-05","1970-01-01T00:00:01.500Z","US"]"#)
    }

    @Test func `removing everything begins a new text`() {
        var writer = JSONWriter()
        writer.integer(1)
        writer.removeAll(keepingCapacity: true)
        writer.integer(2)
        #expect(text(writer) == "2")
    }
}
